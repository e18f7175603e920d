import { price, quantity, quantityText, ratio } from '../decimal';
import { moneyText } from '../money';
import { consumption } from './consumption';
import { type AccountService, type AccountSnapshot, type Dated } from './snapshot';
import {
  accountOf,
  always,
  APRIL,
  COLD,
  HOT,
  monthOf,
  norms,
  on,
  people,
  prices,
  registerOf,
  serviceOf,
} from './testing';

const used = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) =>
  consumption(accountOf(services, changes)).map(
    ({ resource, zone, basis, quantity: volume }) => `${resource} ${zone} ${basis} ${quantityText(volume)}`,
  );
const charged = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) =>
  monthOf(accountOf(services, changes)).lines.map((line) => [
    quantityText(line.quantity),
    moneyText(line.charged),
  ]);
const byNorm = (changes: object = {}, days: object = {}) =>
  serviceOf('NORM_PERSON', { ...COLD, norms: norms('4'), tariffs: prices('10'), ...changes }, days);
const drain = (days: object = {}) =>
  serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('20') }, days);
const halves = { first: { to: on('2026-04-16') }, second: { from: on('2026-04-16') } };

describe('what an account uses', () => {
  const changing: Dated<ReturnType<typeof ratio>>[] = [
    { from: 0, to: on('2026-04-11'), value: ratio('4') },
    { from: on('2026-04-11'), to: 1_000_000, value: ratio('5') },
  ];

  it('by norm follows the norm and the people by days, rounded once', () => {
    // (4 × 2 × 10 + 5 × 2 × 20) / 30
    expect(used([byNorm({ norms: changing })])).toEqual(['COLD_WATER SINGLE NORM_PERSON 9.333333']);
    const grown = [
      { from: 0, to: on('2026-04-21'), value: quantity('1') },
      { from: on('2026-04-21'), to: 1_000_000, value: quantity('4') },
    ];
    // 4 × (1 × 10 + 4 × 10) / 30 on the days of the account
    expect(used([byNorm({}, { from: on('2026-04-11') })], { residents: grown })).toEqual([
      'COLD_WATER SINGLE NORM_PERSON 6.666667',
    ]);
    expect(used([byNorm({ norms: changing.slice(1) })])).toEqual(['COLD_WATER SINGLE NORM_PERSON 6.666667']);
  });

  it('by a norm that changes with the price is charged by each norm at its own price', () => {
    const tariffs = [
      { from: 0, to: on('2026-04-11'), value: price('10') },
      { from: on('2026-04-11'), to: 1_000_000, value: price('30') },
    ];
    // 4 × 2 × 10 / 30 at 10.00 and 5 × 2 × 20 / 30 at 30.00, of 9.333333 together
    expect(charged([byNorm({ norms: changing, tariffs })])).toEqual([['9.333333', '226.67']]);
    // down the drain before the sixteenth (4 × 2 × 10 + 5 × 2 × 5) / 30, and 5 × 2 × 15 / 30 since
    const halved = [drain(halves.first), drain(halves.second)];
    expect(charged([byNorm({ serviceId: 'cold', norms: changing }), ...halved])[1]).toEqual([
      '9.333333',
      '186.67',
    ]);
  });

  it('is of services that a meter or a norm gives, on their days', () => {
    expect(used([byNorm({}, { to: APRIL.from })])).toEqual([]);
    const shared = serviceOf('HEATING_HOUSE_METER', { resource: 'HEAT', zone: 'SINGLE', norms: norms('1') });
    expect(used([shared, drain(), serviceOf('NORM_PERSON', { resource: 'GAS' })])).toEqual([]);
  });

  it('is set by an act of its own resource and zone', () => {
    const act = { ...COLD, quantity: quantity('7'), id: 'act' };
    expect(used([byNorm()], { acts: [act] })).toEqual(['COLD_WATER SINGLE ACT 7']);
    const others = [
      { ...act, ...HOT },
      { ...act, zone: 'NIGHT' },
    ] as const;
    expect(used([byNorm()], { acts: others })).toEqual(['COLD_WATER SINGLE NORM_PERSON 8']);
  });

  it('is counted by registers of its own resource and zone', () => {
    const metered = serviceOf('METER', { ...COLD, norms: norms('4') });
    const others = [registerOf(HOT), registerOf({ zone: 'NIGHT' })];
    expect(used([metered], { registers: others })).toEqual(['COLD_WATER SINGLE ESTIMATE_NORM 8']);
    expect(used([metered], { registers: [...others, registerOf()] })).toEqual([
      'COLD_WATER SINGLE METER 6.418',
    ]);
  });
});

describe('a service whose terms change within the month', () => {
  it('is charged once for the volume of the month, by its first part', () =>
    expect(charged([byNorm({ serviceId: 'cold' }), drain(halves.first), drain(halves.second)])).toEqual([
      ['8', '80.00'],
      ['8', '160.00'],
    ]));

  it('is charged by each part for its days, where nothing flows', () => {
    const none = { resource: null, zone: null };
    expect(charged([byNorm(none, halves.first), byNorm(none, halves.second)])).toEqual([['8', '80.00']]);
  });
});

describe('the drain', () => {
  it('takes no water of a service that is over, nor what is no water', () => {
    const cold = byNorm({ serviceId: 'cold' });
    const over = byNorm({ serviceId: 'hot', ...HOT }, { to: APRIL.from });
    const gas = byNorm({ serviceId: 'gas', resource: 'GAS' });
    expect(charged([cold, over, gas, drain()]).at(-1)).toEqual(['8', '160.00']);
  });

  it('gets back nothing of a garden that was not read', () => {
    const garden = registerOf({ isIrrigation: true, current: null });
    expect(charged([byNorm({ serviceId: 'cold' }), drain()], { registers: [garden] }).at(-1)).toEqual([
      '8',
      '160.00',
    ]);
  });

  it('gets back what the garden took between two readings of one day', () => {
    const on20 = (value: string) => ({ value: quantity(value), on: on('2026-04-20') });
    const garden = registerOf({ isIrrigation: true, previous: on20('1'), current: on20('3') });
    expect(charged([byNorm({ serviceId: 'cold' }), drain()], { registers: [garden] }).at(-1)).toEqual([
      '6',
      '120.00',
    ]);
  });
});

describe('a fee by head or by a norm that nobody measures', () => {
  const fee = (tariffs: AccountService['terms']['tariffs']) => serviceOf('PERSON_FEE', { tariffs });
  const tariffs = [
    { from: 0, to: on('2026-04-16'), value: price('30') },
    { from: on('2026-04-16'), to: 1_000_000, value: price('60') },
  ];

  it('is cut where the price changes, each part rounded', () => {
    expect(charged([fee(tariffs)])).toEqual([['2', '90.00']]);
    const { line, missing } = monthOf(accountOf([fee(tariffs.slice(1))]));
    expect([quantityText(line.quantity), moneyText(line.charged), missing]).toEqual([
      '2',
      '60.00',
      ['service'],
    ]);
  });

  it('is cut where the norm changes, each part rounded', () => {
    const changing = [
      { from: 0, to: on('2026-04-11'), value: ratio('4') },
      { from: on('2026-04-11'), to: 1_000_000, value: ratio('5') },
    ];
    // 2.666667 and 6.666667
    expect(charged([byNorm({ resource: null, norms: changing })])).toEqual([['9.333334', '93.34']]);
  });

  it('of nobody is nothing', () =>
    expect(charged([fee(prices('30'))], { residents: people(0) })).toEqual([['0', '0.00']]));
});

describe('heat that takes the house’s share', () => {
  it('is the heat in both, and its share is told in heat', () => {
    const service = serviceOf('METER', {
      serviceId: 'heat',
      ...HOT,
      tariffs: prices('1000'),
      heatNorms: always(ratio('0.06'), 'K'),
      takesShare: true,
    });
    const common = {
      ...{ serviceId: 'heat', ...HOT, houseMeter: quantity('14.418'), carryIn: quantity('0'), norm: null },
      ...{ commonArea: quantity('0'), totalArea: quantity('100'), capByNorm: false },
      negativePolicy: 'CARRY',
    } as const;
    const { line } = monthOf(accountOf([service], { registers: [registerOf(HOT)] }), [common]);
    // (6.418 + 4) × 0.06, and 4 × 0.06
    expect([line.quantity, line.commonQuantity].map((one) => quantityText(one))).toEqual(['0.62508', '0.24']);
    expect(moneyText(line.charged)).toBe('625.08');
  });
});

describe('a service that is charged otherwise from a day within the month', () => {
  const { first, second } = halves;
  const byMeter = (days: object) =>
    serviceOf('METER', { ...COLD, norms: norms('4'), tariffs: prices('10') }, days);
  const history = ['6', '6', '6'].map(quantity);

  it('by the norm is charged on all its days', () => {
    expect(charged([byNorm({}, first), byNorm({}, second)])).toEqual([['8', '80.00']]);
  });

  it('is by the norm until its meter was put in, and by the meter since', () => {
    const put = registerOf({
      previous: { value: quantity('0'), on: on('2026-04-15'), id: '1' },
      current: { value: quantity('6.418'), on: on('2026-04-28'), id: '2' },
    });
    expect(used([byNorm({}, first), byMeter(second)], { registers: [put] })).toEqual([
      'COLD_WATER SINGLE NORM_PERSON 4',
      'COLD_WATER SINGLE METER 6.418',
    ]);
    // 4 × 10 and 6.418 × 10; all of it goes down the drain
    expect(charged([byNorm({}, first), byMeter(second), drain()], { registers: [put] })).toEqual([
      ['10.418', '104.18'],
      ['10.418', '208.36'],
    ]);
  });

  it('takes the average of all its days once, however they are cut', () => {
    const unread = registerOf({ current: null, history });
    expect(charged([byMeter(first), byMeter(second)], { registers: [unread] })).toEqual([['6', '60.00']]);
  });

  it('is charged for what flowed on the days of each price', () => {
    const dear = serviceOf('METER', { ...COLD, norms: norms('4'), tariffs: prices('20') }, second);
    const unread = registerOf({ current: null, history });
    expect(charged([byMeter(first), dear], { registers: [unread] })).toEqual([['6', '90.00']]);
    // 4 m³ by the norm in each half of the month
    const later = serviceOf('NORM_PERSON', { ...COLD, norms: norms('4'), tariffs: prices('20') }, second);
    expect(charged([byNorm({}, first), later])).toEqual([['8', '120.00']]);
  });

  it('shares what went down the drain between the parts of that service', () => {
    const dear = serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('40') }, second);
    expect(charged([byNorm(), drain(first), dear])[1]).toEqual(['8', '240.00']);
  });

  it('takes what went to the garden off the drain once, by its days', () => {
    const dear = serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('40') }, second);
    const garden = registerOf({
      registerId: 'garden',
      isIrrigation: true,
      current: { value: quantity('399'), on: APRIL.to - 1 },
    });
    // 8 m³ in, 3 m³ to the garden, half of each on the days of either price
    expect(charged([byNorm(), drain(first), dear], { registers: [garden] })[1]).toEqual(['5', '150.00']);
  });

  it('is heated on its days, whichever service the volume was found by', () => {
    const heat = (days: object) =>
      serviceOf(
        'METER',
        { ...HOT, serviceId: 'heat', heatNorms: always(ratio('0.05')), tariffs: prices('2000') },
        days,
      );
    const hot = serviceOf('NORM_PERSON', {
      ...HOT,
      serviceId: 'hot',
      norms: norms('3'),
      tariffs: prices('30'),
    });
    expect(charged([hot, heat(first), heat(second)])).toEqual([
      ['6', '180.00'],
      ['0.3', '600.00'],
    ]);
  });
});
