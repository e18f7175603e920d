import { civilDate, dateOfDayNumber } from '../../civil-date';
import { ratio, ratioText } from '../../decimal';
import { money, moneyText, ZERO } from '../../money';
import { type PenaltyTerms } from '../../penalty';
import { PENALTY_SCHEMES } from '../../vectors/penalty-schemes';
import { type DaySpan } from '../snapshot';
import { on } from '../testing';
import { type LotPayment, penaltiesUntil, penaltyUntil, settle, tracedLots } from './penalty-line';

/** 9.5 % a year for a debt of 5000 of 10 October: 1/300 from 10 November, 1/130 from 9 January. */
const terms: PenaltyTerms = {
  scheme: PENALTY_SCHEMES.HOUSING,
  keyRates: [{ from: civilDate('2020-01-01'), rate: ratio('9.5') }],
  rateRules: [],
  moratoria: [],
};
const lot = { id: '1', due: on('2025-10-10'), principal: money('5000'), accrued: ZERO };
const FEBRUARY = on('2026-02-01');
const days = (from: string, to: string): DaySpan => ({ from: on(from), to: on(to) });
const paid = (date: string, amount: string): LotPayment => ({ on: on(date), amount: money(amount) });
const until = (suspended: DaySpan[], payments: LotPayment[] = [], given = terms) =>
  moneyText(penaltyUntil({ ...lot, suspended }, payments, given, FEBRUARY));
const parts = (given: PenaltyTerms, suspended: DaySpan[], payments: LotPayment[] = []) =>
  tracedLots({ terms: given, lots: [{ ...lot, suspended }], payments }, FEBRUARY)[0]?.parts.map(
    ({ from, to, balance, rate, numerator, denominator }) =>
      [
        `${dateOfDayNumber(from)}..${dateOfDayNumber(to)}`,
        moneyText(balance),
        `${ratioText(rate)} %`,
        `${numerator}/${denominator}`,
      ].join(' '),
  );

describe('days on which a debt costs nothing by agreement', () => {
  it('are left out, also where they begin before the debt costs or end after the month', () => {
    // 5000 × 9.5 % × (60 / 300 + 23 / 130)
    expect(until([])).toBe('179.04');
    // ten days at 1/300 are 15.8333
    expect(until([days('2025-12-01', '2025-12-11')])).toBe('163.21');
    expect(until([days('2025-10-01', '2025-11-20')])).toBe('163.21');
    // ten days at 1/130 are 36.5385
    expect(until([days('2026-01-22', '2026-03-01')])).toBe('142.50');
    expect(until([days('2025-12-01', '2025-12-11'), days('2026-01-22', '2026-03-01')])).toBe('126.67');
    expect(until([days('2026-02-01', '2026-03-01')])).toBe('179.04');
  });

  it('are left out of what was owed on them', () => {
    // 22 days of 5000, then 38 and 23 of 3000
    const payments = [paid('2025-12-01', '2000')];
    expect(until([], payments)).toBe('121.36');
    // ten days of 3000 at 1/300 are 9.50; five of 5000 before and five of 3000 after are 7.9167 and 4.75
    expect(until([days('2025-12-11', '2025-12-21')], payments)).toBe('111.86');
    expect(until([days('2025-11-27', '2025-12-07')], payments)).toBe('108.69');
  });

  it('part the days that cost', () =>
    expect(parts(terms, [days('2025-12-01', '2025-12-11'), days('2026-01-05', '2026-01-20')])).toEqual([
      '2025-11-10..2025-12-01 5000.00 9.5 % 1/300',
      '2025-12-11..2026-01-05 5000.00 9.5 % 1/300',
      '2026-01-20..2026-02-01 5000.00 9.5 % 1/130',
    ]));
});

describe('the days of a debt', () => {
  it('end with a scheme that ends', () => {
    const bands = [{ fromDay: 31, toDay: 60, numerator: 1n, denominator: 300n }];
    const short = { ...terms, scheme: { bands } };
    // 30 days of 1.58333
    expect(until([], [], short)).toBe('47.50');
    expect(parts(short, [])).toEqual(['2025-11-10..2025-12-10 5000.00 9.5 % 1/300']);
  });

  it('are parted where only the numerator of the fraction is another', () => {
    const bands = [
      { fromDay: 31, toDay: 60, numerator: 1n, denominator: 300n },
      { fromDay: 61, toDay: null, numerator: 2n, denominator: 300n },
    ];
    const rising = { ...terms, scheme: { bands } };
    // 47.50 and 53 days of 3.16667
    expect(until([], [], rising)).toBe('215.33');
    expect(parts(rising, [])).toEqual([
      '2025-11-10..2025-12-10 5000.00 9.5 % 1/300',
      '2025-12-10..2026-02-01 5000.00 9.5 % 2/300',
    ]);
  });

  it('are parted once where a payment and a new rate meet', () => {
    const falling = {
      ...terms,
      keyRates: [...terms.keyRates, { from: civilDate('2025-12-22'), rate: ratio('8') }],
    };
    expect(parts(falling, [], [paid('2025-12-21', '2000')])).toEqual([
      '2025-11-10..2025-12-22 5000.00 9.5 % 1/300',
      '2025-12-22..2026-01-09 3000.00 8 % 1/300',
      '2026-01-09..2026-02-01 3000.00 8 % 1/130',
    ]);
  });

  it('cost nothing once more than the debt was paid', () => {
    // 5000 over 22 days
    expect(until([], [paid('2025-12-01', '5000')])).toBe('34.83');
    expect(until([], [paid('2025-12-01', '7000')])).toBe('34.83');
  });

  it('do not count before the debt is due, nor on its last day in time', () => {
    const immediate = {
      ...terms,
      scheme: { bands: [{ fromDay: 1, toDay: null, numerator: 1n, denominator: 100n }] },
    };
    const upTo = (day: number) => moneyText(penaltyUntil(lot, [], immediate, day));
    // a day of 5000 × 9.5 % / 100
    expect([-5, 0, 1, 2, 3].map((late) => upTo(lot.due + late))).toEqual([
      ...['0.00', '0.00', '0.00'],
      ...['4.75', '9.50'],
    ]);
  });

  it('are counted anew where another day is asked about', () => {
    const debt = { terms, lots: [lot], payments: [] };
    const found = [FEBRUARY, on('2026-01-09'), FEBRUARY].map((day) =>
      penaltiesUntil(debt, day).map(moneyText),
    );
    expect(found).toEqual([['179.04'], ['95.00'], ['179.04']]);
  });
});

describe('money that names a lot', () => {
  const lots = ['1', '2', '3'].map((id) => ({ ...lot, id, principal: money('100') }));
  const shown = (...payments: [on: number, amount: string, lot?: string][]) =>
    settle({
      lots,
      payments: payments.map(([day, amount, id]) => ({
        ...{ on: day, amount: money(amount) },
        ...(id === undefined ? {} : { lot: id }),
      })),
    }).map((taken) => taken.map(({ on: day, amount }) => `${day}:${moneyText(amount)}`).join(' '));

  it('serves that lot before all others, and then the oldest', () => {
    expect(shown([1, '30', '1'])).toEqual(['1:30.00', '', '']);
    expect(shown([1, '150', '1'])).toEqual(['1:100.00', '1:50.00', '']);
    expect(shown([1, '150', '3'])).toEqual(['1:50.00', '', '1:100.00']);
  });

  it('is given back of that lot and older ones, never of later ones', () => {
    expect(shown([1, '300'], [2, '-130', '2'])).toEqual([
      '1:100.00 2:-30.00',
      '1:100.00 2:-100.00',
      '1:100.00',
    ]);
    expect(shown([1, '300'], [2, '-130'])).toEqual(['1:100.00', '1:100.00 2:-30.00', '1:100.00 2:-100.00']);
  });
});
