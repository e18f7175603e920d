import fc from 'fast-check';
import { price, quantity, quantityOf, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { LAW } from '../../testing';
import { type AccountService, type AccountSnapshot } from '../snapshot';
import { calculateHouse } from '../house';
import { explainStatement } from '../explain/explain';
import {
  accountOf,
  always,
  APRIL,
  COLD,
  houseOf,
  monthOf,
  on,
  prices,
  registerOf,
  serviceOf,
} from '../testing';
import { type BenefitRight } from './benefits';
import { type DatedPlan } from './plans';

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
    const right = { ...HALF, normsPerPerson: always(ratio('20')) };
    // 40 of 50 m² for two; where they came in the middle of the month, those of its second half
    expect(benefit([right])).toBe('-300.00');
    expect(benefit([right], { residents: half })).toBe('-200.00');
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

describe('a benefit within a norm of the month', () => {
  const within = { ...HALF, normQuantity: quantity('30') };
  const perPerson = { ...HALF, normsPerPerson: always(ratio('15')) };
  const first = { to: on('2026-04-11') };
  const second = { from: on('2026-04-11') };
  const row = (days: object, rights: BenefitRight[], changes: object = {}) => ({
    ...serviceOf('AREA', changes, days),
    benefits: rights,
  });
  const benefits = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) =>
    monthOf(accountOf(services, changes)).lines.map((line) => moneyText(line.benefit));

  it('has the norm once where the service comes in parts: each has that of its days', () => {
    // half of 30 of the 50 m² at 10.00, for two people 15 m² each
    for (const right of [within, perPerson]) {
      expect(benefits([row({}, [right])])).toEqual(['-150.00']);
      expect(benefits([row(first, [right]), row(second, [right])])).toEqual(['-150.00']);
      const dear = row(second, [right], { tariffs: prices('20') });
      // 10 m² at 10.00 and 20 m² at 20.00
      expect(benefits([row(first, [right]), dear])).toEqual(['-250.00']);
      const next = row(second, [right], { supplierId: 'next' });
      expect(benefits([row(first, [right]), next])).toEqual(['-50.00', '-100.00']);
    }
  });

  it('has the norm of the days that the service is charged for', () => {
    // 20 of the 33.333333 m²
    for (const right of [within, perPerson]) expect(benefits([row(second, [right])])).toEqual(['-100.00']);
    expect(benefits([row(second, [within], { wholeMonths: true })])).toEqual(['-150.00']);
  });

  it('has the norm of its own days where the right itself changes', () => {
    const cut = [
      { ...within, ...first },
      { ...within, ...second },
    ];
    expect(benefits([row({}, cut)])).toEqual(['-150.00']);
    expect(benefits([row({}, cut.slice(1))])).toEqual(['-100.00']);
  });

  it('has the norm by the people who live there on the days of the right', () => {
    const grown = [
      { from: 0, to: on('2026-04-11'), value: quantity('1') },
      { from: on('2026-04-11'), to: 1_000_000, value: quantity('3') },
    ];
    // 15 m² for 10 days, 45 m² for 20
    const cut = [
      { ...perPerson, ...first },
      { ...perPerson, ...second },
    ];
    expect(benefits([row({}, cut)], { residents: grown })).toEqual(['-175.00']);
    expect(benefits([row(first, [perPerson]), row(second, [perPerson])], { residents: grown })).toEqual([
      '-175.00',
    ]);
    const tariffs = [
      { from: 0, to: on('2026-04-11'), value: price('10') },
      { from: on('2026-04-11'), to: 1_000_000, value: price('20') },
    ];
    // half of 5 at 10.00 and of 30 at 20.00
    expect(benefits([row({}, [perPerson], { tariffs })], { residents: grown })).toEqual(['-325.00']);
  });

  const changed = (before: string, after: string) => [
    { from: 0, to: on('2026-04-11'), value: ratio(before), id: 'before' },
    { from: on('2026-04-11'), to: 1_000_000, value: ratio(after), id: 'after' },
  ];

  it('has the norm of each day where that changes within the month', () => {
    const right = { ...HALF, normsPerPerson: changed('6', '15') };
    // two people: 12 m² for 10 days, 30 m² for 20, of which half is free
    expect(benefits([row({}, [right])])).toEqual(['-120.00']);
    expect(benefits([row({}, [{ ...right, ...first }])])).toEqual(['-20.00']);
    expect(benefits([row({}, [{ ...right, ...second }])])).toEqual(['-100.00']);
    expect(benefits([row(first, [right]), row(second, [right])])).toEqual(['-120.00']);
    const dear = row(second, [right], { tariffs: prices('20') });
    expect(benefits([row(first, [right]), dear])).toEqual(['-220.00']);
  });

  it('has the norm of each day for the people of that day', () => {
    const right = { ...HALF, normsPerPerson: changed('6', '15') };
    const grown = [
      { from: 0, to: on('2026-04-11'), value: quantity('3') },
      { from: on('2026-04-11'), to: 1_000_000, value: quantity('1') },
    ];
    // 18 m² for 10 days, 15 m² for 20
    expect(benefits([row({}, [right])], { residents: grown })).toEqual(['-80.00']);
    // it is the share of one of three for 10 days, and of the one for 20: 30 days of 50
    const own = { ...right, beneficiaries: quantity('1') };
    expect(benefits([row({}, [own])], { residents: grown })).toEqual(['-48.00']);
  });

  it('has no norm on the days before there was one', () => {
    const right = { ...HALF, normsPerPerson: changed('6', '15').slice(1) };
    // all 50 m² for 10 days, 30 m² for 20
    expect(benefits([row({}, [right])])).toEqual(['-183.34']);
    expect(benefits([row({}, [{ ...right, ...first }])])).toEqual(['-83.34']);
    const last = { ...HALF, normsPerPerson: changed('6', '15').slice(0, 1) };
    // 12 m² for 10 days, all for 20
    expect(benefits([row({}, [last])])).toEqual(['-186.67']);
    expect(benefits([row({}, [{ ...HALF, normsPerPerson: [] }])])).toEqual(['-250.00']);
  });

  it('is told with the norms of its days', () => {
    const told = (right: BenefitRight, days: object = {}) => {
      const account = accountOf([row(days, [right])]);
      const { share } = calculateHouse(houseOf([account]));
      const [line] = explainStatement(account, share);
      expect(line?.additions.map(({ amount }) => amount)).toEqual([line?.line.benefit].filter(Boolean));
      return line?.inputs.flatMap(({ name, value, source }) =>
        name === 'NORM' ? `${value} of ${source}` : [],
      );
    };
    const right = { ...HALF, normsPerPerson: changed('6', '15') };
    expect(told(right)).toEqual(['6 of before', '15 of after']);
    expect(told({ ...right, ...first })).toEqual(['6 of before']);
    expect(told(right, second)).toEqual(['15 of after']);
    expect(told({ ...right, to: APRIL.from })).toEqual([]);
    expect(told({ ...HALF, normQuantity: quantity('5') })).toEqual([]);
  });

  it('has the norm of the month for what was counted in it, whichever days that flowed on', () => {
    const tariffs = [
      { from: 0, to: APRIL.from, value: price('10') },
      { from: APRIL.from, to: 1_000_000, value: price('20') },
    ];
    const water = {
      ...serviceOf('METER', { ...COLD, tariffs }),
      benefits: [{ ...HALF, normQuantity: quantity('4') }],
    };
    const counted = registerOf({
      previous: { value: quantity('100'), on: on('2026-03-21') },
      current: { value: quantity('108'), on: on('2026-04-20') },
    });
    // 4 of 8 m³, of which a third of the days was in March: half of 1.333333 × 10 and of 2.666667 × 20
    expect(benefits([water], { registers: [counted] })).toEqual(['-33.34']);
  });

  it('has it of a volume by blocks, by what each of them has', () => {
    const blocks = [
      { upTo: quantity('4'), price: price('10') },
      { upTo: null, price: price('20') },
    ];
    const plans: DatedPlan[] = [
      { from: 0, to: 1_000_000, plan: { kind: 'BLOCKS', application: 'MARGINAL', perPerson: false, blocks } },
    ];
    const right = { ...HALF, normQuantity: quantity('4') };
    const water = { ...serviceOf('METER', { ...COLD, plans }), benefits: [right] };
    const counted = registerOf({ current: { value: quantity('404'), on: APRIL.to - 1 } });
    // half of 2 of the first 4 m³ and of 2 of the second 4
    expect(benefits([water], { registers: [counted] })).toEqual(['-30.00']);
  });

  it('is the same however often its service is cut, to a kopek a part', () => {
    const day = fc.integer({ min: APRIL.from + 1, max: APRIL.to - 1 });
    const norm = fc.integer({ min: 1, max: 60_000_000 });
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 4 }), norm, (days, size) => {
        const right = { ...HALF, normQuantity: quantityOf(BigInt(size)) };
        const begins = [APRIL.from, ...days.sort((one, other) => one - other)];
        const rows = begins.map((from, place) => row({ from, to: begins[place + 1] ?? APRIL.to }, [right]));
        const taken = (services: AccountService[]) => monthOf(accountOf(services)).line.benefit;
        const apart = taken(rows) - taken([row({}, [right])]);
        expect(apart <= BigInt(begins.length) && -apart <= BigInt(begins.length)).toBe(true);
      }),
      LAW,
    );
  });
});
