import { price, quantity, quantityText, ratio } from '../decimal';
import { money, moneyText } from '../money';
import { consumption } from './consumption';
import { type DatedPlan } from './rules/plans';
import { type AccountService, type AccountSnapshot, type CommonTerms } from './snapshot';
import {
  accountOf,
  always,
  APRIL,
  COLD,
  commonOf,
  HOT,
  MARCH,
  monthOf,
  norms,
  on,
  prices,
  readAfterEstimates,
  registerOf,
  serviceOf,
} from './testing';

const first = { to: on('2026-04-16') };
const second = { from: on('2026-04-16') };
const dated = (before: string, after: string) => [
  { from: 0, to: second.from, value: price(before), id: 'before' },
  { from: second.from, to: 1_000_000, value: price(after), id: 'after' },
];
const charged = (
  services: AccountService[],
  changes: Partial<AccountSnapshot> = {},
  commons: CommonTerms[] = [],
) => {
  const { lines, missing } = monthOf(accountOf(services, changes), commons);
  expect(missing).toEqual([]);
  return lines.map((line) => [quantityText(line.quantity), moneyText(line.charged)]);
};
const used = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) =>
  consumption(accountOf(services, changes)).map(
    ({ basis, quantity: volume }) => `${basis} ${quantityText(volume)}`,
  );

describe('a service that takes a volume which was found in parts', () => {
  // 3 by the norm in the first half of April, and 6.418 by the meter that was put in then
  const hot = (method: 'NORM_PERSON' | 'METER', days: object) =>
    serviceOf(method, { ...HOT, serviceId: 'hot', norms: norms('3'), tariffs: prices('10') }, days);
  const parts = [hot('NORM_PERSON', first), hot('METER', second)];
  const read = (from: string, to: string) =>
    registerOf({
      ...HOT,
      previous: { value: quantity('0'), on: on(from) },
      current: { value: quantity('6.418'), on: on(to) },
    });
  const other = (changes: object, days: object = {}) =>
    serviceOf('METER', { ...HOT, serviceId: 'other', ...changes }, days);
  const withOther = (others: AccountService[], register = read('2026-04-15', '2026-04-28')) =>
    charged([...parts, ...others], { registers: [register] })[1];

  it('is charged for their sum, rounded once', () => {
    // 9.418 × 5.2525 = 49.468045; apart they were 15.76 and 33.71
    expect(withOther([other({ tariffs: prices('5.2525') })])).toEqual(['9.418', '49.47']);
    expect(withOther([other({ tariffs: prices('5.254') })])).toEqual(['9.418', '49.48']);
  });

  it('is charged for the heat in them, each at the heat of its days', () => {
    const tariffs = prices('1000');
    expect(withOther([other({ tariffs, heatNorms: always(ratio('0.06')) })])).toEqual(['0.56508', '565.08']);
    const heatNorms = [
      { from: 0, to: second.from, value: ratio('0.06') },
      { from: second.from, to: 1_000_000, value: ratio('0.05') },
    ];
    // 3 × 0.06 + 6.418 × 0.05
    expect(withOther([other({ tariffs, heatNorms })])).toEqual(['0.5009', '500.90']);
  });

  it('is charged by blocks for their sum, over the days from the first to the last', () => {
    const blocks = [
      { upTo: quantity('5'), price: price('10') },
      { upTo: null, price: price('20') },
    ];
    const inBlocks: DatedPlan[] = [
      { from: 0, to: 1_000_000, plan: { kind: 'BLOCKS', application: 'MARGINAL', perPerson: false, blocks } },
    ];
    // 5 × 10 + 4.418 × 20
    expect(withOther([other({ plans: inBlocks })])).toEqual(['9.418', '138.36']);
    const flat = ['10', '20'].map((at, place): DatedPlan => {
      const days = place === 0 ? { from: 0, to: second.from } : { from: second.from, to: 1_000_000 };
      return { ...days, plan: { kind: 'FLAT', price: price(at) } };
    });
    // 15 of the 28 days from the 1st to the 28th: 5.045357 × 10 + 4.372643 × 20
    expect(withOther([other({ plans: flat })])).toEqual(['9.418', '137.90']);
  });

  it('takes to its own days what flowed on them, and a metered part only where that was charged', () => {
    const rows = (day: string) => [
      other({ tariffs: prices('10') }, { to: on(day) }),
      other({ tariffs: prices('20') }, { from: on(day) }),
    ];
    // read from March on, though it is charged since the 16th
    const early = read('2026-03-24', '2026-04-23');
    // 3 × 10 + 6.418 × 20
    expect(withOther(rows('2026-04-16'), early)).toEqual(['9.418', '158.36']);
    // 2 × 10 + (1 + 6.418) × 20
    expect(withOther(rows('2026-04-11'), early)).toEqual(['9.418', '168.36']);
  });
});

describe('a service in parts', () => {
  const water = (method: 'METER' | 'NORM_PERSON', days: object, changes: object = {}) =>
    serviceOf(method, { ...COLD, norms: norms('4'), tariffs: prices('10'), ...changes }, days);

  it('has its volumes in the order of the days', () => {
    const register = registerOf({ current: { value: quantity('397'), on: on('2026-04-15') } });
    expect(used([water('METER', first), water('NORM_PERSON', second)], { registers: [register] })).toEqual([
      'METER 1',
      'NORM_PERSON 4',
    ]);
  });

  it('is charged once for what an act sets, whatever each part is charged by', () => {
    const parts = [water('NORM_PERSON', first), water('METER', second, { tariffs: prices('20') })];
    const act = { ...COLD, quantity: quantity('30'), id: 'act' };
    expect(used(parts, { acts: [act] })).toEqual(['ACT 15', 'ACT 15']);
    expect(charged(parts, { acts: [act] })).toEqual([['30', '450.00']]);
    const others = [
      { ...act, ...HOT },
      { ...act, zone: 'NIGHT' },
    ] as const;
    expect(used(parts, { acts: others })).toEqual(['NORM_PERSON 4', 'ESTIMATE_NORM 4']);
  });

  it('shares a raised norm between its parts', () => {
    const raised = { estimateCoefficient: ratio('1.5') };
    const parts = [
      water('METER', first, raised),
      water('METER', second, { ...raised, tariffs: prices('20') }),
    ];
    const { line } = monthOf(accountOf(parts));
    // 4 × 10 + 4 × 20, and half as much above
    expect([line.quantity, line.charged, line.excess]).toEqual([quantity('8'), money('180'), money('60')]);
  });

  it('keeps the registers of its zones apart', () => {
    const zone = (name: 'SINGLE' | 'NIGHT', days: object) =>
      serviceOf('METER', { resource: 'ELECTRICITY', zone: name }, days);
    const count = (name: 'SINGLE' | 'NIGHT', value: string) =>
      registerOf({
        ...{ resource: 'ELECTRICITY', zone: name },
        current: { value: quantity(value), on: APRIL.to - 1 },
      });
    const registers = [count('SINGLE', '399'), count('NIGHT', '401')];
    expect(used([zone('SINGLE', first), zone('NIGHT', second)], { registers })).toEqual([
      'METER 3',
      'METER 5',
    ]);
    const gas = serviceOf('METER', { resource: 'GAS', zone: 'SINGLE' }, second);
    expect(used([zone('SINGLE', first), gas], { registers: registers.slice(0, 1) })[0]).toBe('METER 3');
  });

  it('has nothing of a volume that had ended before its days', () => {
    const register = registerOf({ current: { value: quantity('400'), on: on('2026-04-10') } });
    const parts = [water('METER', first), water('METER', second, { tariffs: prices('99') })];
    expect(charged(parts, { registers: [register] })).toEqual([['4', '40.00']]);
  });

  it('of two suppliers is a line of each', () => {
    const parts = [water('METER', first), water('METER', second, { supplierId: 'next' })];
    expect(charged(parts, { registers: [registerOf()] })).toEqual([
      ['3.209', '32.09'],
      ['3.209', '32.09'],
    ]);
  });

  it('that is over is charged nothing, though its water flows on for another', () => {
    const over = water('METER', { to: APRIL.from });
    const next = water('METER', {}, { serviceId: 'next' });
    expect(charged([over, next], { registers: [registerOf()] })).toEqual([
      ['0', '0.00'],
      ['6.418', '64.18'],
    ]);
  });

  it('takes the water of its own resource', () => {
    const hot = serviceOf('NORM_PERSON', { ...HOT, serviceId: 'hot', norms: norms('3') });
    expect(charged([water('NORM_PERSON', {}), hot])).toEqual([
      ['8', '80.00'],
      ['6', '60.00'],
    ]);
  });
});

describe('the drain of several waters', () => {
  const cold = (changes: object = {}, method: 'METER' | 'NORM_PERSON' = 'NORM_PERSON') =>
    serviceOf(method, { serviceId: 'cold', ...COLD, norms: norms('4'), ...changes });
  const hot = serviceOf('NORM_PERSON', { serviceId: 'hot', ...HOT, norms: norms('3') });
  const drain = (days: object = {}, tariffs = prices('20')) =>
    serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs }, days);
  const halves = [drain(first), drain(second, prices('40'))];
  const common = (serviceId: string, resource: 'COLD_WATER' | 'HOT_WATER', counted: string) =>
    commonOf({ serviceId, resource, houseMeter: quantity(counted) });

  it('is cut at a new price, each on its own days, and keeps the later price', () => {
    const late = registerOf({ previous: { value: quantity('396'), on: on('2026-04-19') } });
    const services = [cold({}, 'METER'), hot, drain({}, dated('10', '20'))];
    // 3 × 10 + (3 + 6.418) × 20
    expect(charged(services, { registers: [late] })[2]).toEqual(['12.418', '218.36']);
    const { lines } = monthOf(accountOf(services, { registers: [late] }));
    expect(lines[2]).toMatchObject({ price: price('20'), tariffId: 'after' });
  });

  it('of an account without water is nothing, and lacks no tariff', () =>
    expect(charged([drain()])).toEqual([['0', '0.00']]));

  it('gets back what the garden took, once, however many parts it has', () => {
    const garden = registerOf({ isIrrigation: true, current: { value: quantity('402'), on: APRIL.to - 1 } });
    expect(charged([cold(), ...halves], { registers: [garden] })[1]).toEqual(['2', '60.00']);
  });

  it('gets back what the garden took on the days on which it did', () => {
    const garden = registerOf({
      isIrrigation: true,
      previous: { value: quantity('396'), on: on('2026-04-05') },
      current: { value: quantity('402'), on: on('2026-04-25') },
    });
    // 10 of its 20 days in each half: (4 − 3) × 20 + (4 − 3) × 40
    expect(charged([cold(), ...halves], { registers: [garden] })[1]).toEqual(['2', '60.00']);
    const early = { ...garden, current: { value: quantity('402'), on: on('2026-04-15') } };
    // (4 − 6) × 20 + 4 × 40
    expect(charged([cold(), ...halves], { registers: [early] })[1]).toEqual(['2', '120.00']);
    const late = { ...garden, previous: { value: quantity('396'), on: on('2026-04-15') } };
    // 4 × 20 + (4 − 6) × 40
    expect(charged([cold(), ...halves], { registers: [late] })[1]).toEqual(['2', '0.00']);
  });

  it('takes the house’s water that stands in a row of the account, once, and of its own row', () => {
    const commons = [common('hot', 'HOT_WATER', '99'), common('cold', 'COLD_WATER', '12')];
    // 50 of 100 m² have 2 of the 4 m³ that the house used beyond the account's 8: 5 in each half
    expect(charged([cold({ takesShare: true }), ...halves], {}, commons)[1]).toEqual(['10', '300.00']);
    const apart = serviceOf('COMMON_AREA', { serviceId: 'common', resource: 'COLD_WATER' });
    const lines = charged([cold(), apart, drain()], {}, [common('common', 'COLD_WATER', '12')]);
    expect(lines).toEqual([
      ['8', '80.00'],
      ['2', '20.00'],
      ['8', '160.00'],
    ]);
  });

  it('of a service that the house shares nothing of is the account’s own', () =>
    expect(charged([serviceOf('COMMON_AREA', { serviceId: 'common' })])).toEqual([['0', '0.00']]));
});

describe('a reading after estimated months, of a service in parts', () => {
  const middle = on('2026-03-16');
  const register = readAfterEstimates('service');
  const recalculated = (method: AccountService['method'], supplierId: string, changes: object) => {
    const row = (days: object, own: object = {}) =>
      serviceOf(method, { redistributes: true, ...changes, ...own }, { ...MARCH, ...days });
    const rows = [
      row({ from: MARCH.to }),
      row({ to: middle }, { wholeMonths: true }),
      row({ from: middle }, { supplierId }),
    ];
    return monthOf(accountOf(rows, { period: MARCH, registers: [register] })).lines.map((line) =>
      moneyText(line.recalculated),
    );
  };
  const metered = { ...COLD, tariffs: prices('43.27') };

  it('settles them once', () => {
    expect(recalculated('METER', 'supplier', metered)).toEqual(['97.59']);
    expect(recalculated('SUM_OF_WATER', 'supplier', { tariffs: prices('10') })).toEqual(['22.55']);
  });

  it('settles them with the supplier that they were charged for', () => {
    for (const [method, changes, sum] of [
      ['METER', metered, '97.59'],
      ['SUM_OF_WATER', { tariffs: prices('10') }, '22.55'],
    ] as const)
      expect(recalculated(method, 'next', changes)).toEqual([sum, '0.00']);
  });

  it('settles them with the part that is charged by the meter', () => {
    const water = (method: AccountService['method'], days: object) =>
      serviceOf(method, { ...metered, norms: norms('4'), redistributes: true }, { ...MARCH, ...days });
    const rows = [water('NORM_PERSON', { to: middle }), water('METER', { from: middle })];
    const { line } = monthOf(accountOf(rows, { period: MARCH, registers: [register] }));
    expect(moneyText(line.recalculated)).toBe('97.59');
  });
});
