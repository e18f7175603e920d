import { price, quantity, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { type AccountSnapshot } from '../snapshot';
import { accountOf, monthOf, on, serviceOf } from '../testing';
import { type BenefitRight } from './benefits';

const HALF = { from: 0, to: 1_000_000, percent: ratio('50') };
/** 50 m² at 10.00 until 15 April and at 20.00 since: 250.00 and 500.00. */
const tariffs = [
  { from: 0, to: on('2026-04-16'), value: price('10') },
  { from: on('2026-04-16'), to: 1_000_000, value: price('20') },
];
const benefit = (rights: BenefitRight[], changes: Partial<AccountSnapshot> = {}, days: object = {}) => {
  const service = { ...serviceOf('AREA', { tariffs }, days), benefits: rights };
  return moneyText(monthOf(accountOf([service], changes)).line.benefit);
};

describe('a benefit of a month in which the price changes', () => {
  it('takes each part at its own price', () => {
    expect(benefit([HALF])).toBe('-375.00');
    expect(benefit([{ ...HALF, from: on('2026-04-16') }])).toBe('-250.00');
    expect(benefit([{ ...HALF, to: on('2026-04-16') }])).toBe('-125.00');
    // 5 of the 15 days at 20.00: 166.67, and the half of a kopek goes up
    expect(benefit([{ ...HALF, from: on('2026-04-26') }])).toBe('-83.34');
  });

  it('covers of each part what the norm covers of the whole', () => {
    // 33 of 50 m²: 165.00 and 330.00
    expect(benefit([{ ...HALF, normQuantity: quantity('33') }])).toBe('-247.50');
    expect(benefit([{ ...HALF, normQuantity: quantity('60') }])).toBe('-375.00');
    expect(benefit([{ ...HALF, normQuantity: quantity('50') }])).toBe('-375.00');
  });

  it('has a norm of each person by the days that people live there', () => {
    const half = [{ from: on('2026-04-16'), to: 1_000_000, value: quantity('2') }];
    const right = { ...HALF, normPerPerson: ratio('20') };
    // 40 of 50 m² for two; 20 where they came in the middle of the month
    expect(benefit([right])).toBe('-300.00');
    expect(benefit([right], { residents: half })).toBe('-150.00');
  });

  it('is the share of who has it on the days of each part', () => {
    const right = { ...HALF, beneficiaries: quantity('1') };
    const grown = [
      { from: 0, to: on('2026-04-16'), value: quantity('2') },
      { from: on('2026-04-16'), to: 1_000_000, value: quantity('4') },
    ];
    expect(benefit([right])).toBe('-187.50');
    // a half of 125.00, a quarter of 250.00
    expect(benefit([right], { residents: grown })).toBe('-125.00');
  });

  it('of several rights adds up to what is charged and no more', () => {
    expect(benefit([HALF, { ...HALF, percent: ratio('25') }])).toBe('-562.50');
    expect(benefit([HALF, { ...HALF, percent: ratio('75') }, HALF])).toBe('-750.00');
  });

  it('is nothing where nothing is charged', () => {
    expect(benefit([HALF], {}, { to: on('2026-04-01') })).toBe('0.00');
    expect(benefit([HALF], { areas: [] })).toBe('0.00');
  });
});
