import { price, type Quantity, quantity, quantityText, ratio } from '../../decimal';
import { money, moneyText } from '../../money';
import { always, accountOf, monthOf, serviceOf } from '../testing';
import { measuredYear, type YearMonth, yearTrueUp } from './year-true-up';

const month = (measured: string, changes: Partial<YearMonth> = {}): YearMonth => ({
  measured: quantity(measured),
  distributed: quantity('91.449'),
  quantity: quantity('0.246473'),
  price: price('18.84'),
  ...changes,
});

describe('a year of what a house uses in common', () => {
  const read = (counted: string | null, individual: string) => ({
    counted: counted === null ? null : quantity(counted),
    individual: quantity(individual),
  });
  const measured = (...months: ReturnType<typeof read>[]): string[] =>
    measuredYear(months).map((volume: Quantity) => quantityText(volume));

  it('is what its meter counted less the premises, month by month', () => {
    expect(measured(read('1850', '1702.35'), read('1600', '1702.35'))).toEqual(['147.65', '-102.35']);
  });

  it('waits for the next reading where the meter was not read, and leaves out what none has counted yet', () => {
    const months = [read('1850', '1702.35'), read(null, '1700'), read('3500', '1700'), read(null, '1700')];
    expect(measured(...months)).toEqual(['147.65', '-1700', '1800']);
  });

  it('is not known where the meter was never read', () => expect(measured(read(null, '1'))).toEqual([]));
});

describe('a yearly true-up', () => {
  it('charges the part of what was measured above the norm, which caps it no more', () => {
    // 147.65 × 0.246473 / 91.449 = 0.397942; 0.151469 × 18.84
    expect(moneyText(yearTrueUp([month('147.65')]))).toBe('2.85');
  });

  it('gives back what was measured below it', () => {
    // 45.3 × 0.246473 / 91.449 = 0.122092; −0.124381 × 18.84
    expect(moneyText(yearTrueUp([month('45.3')]))).toBe('-2.34');
  });

  it('settles each month at its own price, and nothing where nothing was shared', () => {
    const none = { distributed: quantity('0'), quantity: quantity('0') };
    const months = [month('147.65'), month('147.65', { price: price('20') }), month('147.65', none)];
    // 2.85 and 0.151469 × 20 = 3.03
    expect(moneyText(yearTrueUp(months))).toBe('5.88');
  });

  it('is a recalculation of the month that settles the year, with the tax that comes on top', () => {
    const vat = { mode: 'EXCLUSIVE' as const, rates: always(ratio('20')) };
    const service = { ...serviceOf('AREA', { vat }), year: [month('147.65')] };
    const { charged, recalculated, closing } = monthOf(accountOf([service])).line;
    expect([charged, recalculated, closing].map(moneyText)).toEqual(['600.00', '3.42', '603.42']);
  });

  it('is nothing of a year that was charged by what was measured', () => {
    expect(yearTrueUp([month('91.449')])).toBe(money('0'));
  });
});
