import { price, quantity, quantityText, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { type AccountService } from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  COLD,
  HOT,
  lineOf,
  linesOf,
  MARCH,
  monthOf,
  norms,
  on,
  prices,
  readAfterEstimates,
  registerOf,
  serviceOf,
} from '../testing';

describe('registers that are not read as usual, in the month', () => {
  const metered = serviceOf('METER', { ...COLD, tariffs: prices('43.27'), norms: norms('4.56') });
  const history = ['5', '5', '5'].map(quantity);

  it('count no reading of a day on which they were no longer verified', () => {
    const unusable = { since: on('2026-04-10'), why: 'VERIFICATION_EXPIRED' } as const;
    const expired = registerOf({ unusable, history });
    expect(lineOf(metered, { registers: [expired] })).toMatchObject({
      method: 'ESTIMATE_AVERAGE',
      quantity: '5',
    });
    const before = registerOf({ unusable, current: { value: quantity('402'), on: on('2026-04-09') } });
    expect(lineOf(metered, { registers: [before] })).toMatchObject({ method: 'METER', quantity: '6' });
    const next = registerOf({ unusable: { ...unusable, since: on('2026-05-01') } });
    expect(lineOf(metered, { registers: [next] })).toMatchObject({ method: 'METER' });
    const long = registerOf({
      ...{ history, missed: 4, previous: { value: quantity('396'), on: on('2025-12-30') } },
      unusable: { ...unusable, since: on('2026-01-10') },
    });
    expect(lineOf(metered, { registers: [long] })).toMatchObject({
      method: 'ESTIMATE_NORM',
      quantity: '9.12',
    });
    expect(lineOf(metered, { registers: [registerOf({ unusable, previous: null })] })).toMatchObject({
      method: 'ESTIMATE_NORM',
    });
  });

  const replacedBy = (final: string, started: string, changes: object = {}) =>
    registerOf({
      previous: { value: quantity('0.120'), on: on(started) },
      current: { value: quantity('2.345'), on: APRIL.to - 1 },
      replaced: {
        registerId: 'old',
        shape: { digits: 5, decimals: 3 },
        previous: { value: quantity('396'), on: APRIL.from - 1 },
        final: { value: quantity('398.250'), on: on(final) },
        average: quantity('5.1'),
      },
      ...changes,
    });

  it('are charged over a replacement, with the average of the days between', () => {
    expect(lineOf(metered, { registers: [replacedBy('2026-04-10', '2026-04-10')] })).toMatchObject({
      quantity: '4.475',
      charged: '193.63',
    });
    // 5.1 × 6 / 30 more
    expect(lineOf(metered, { registers: [replacedBy('2026-04-10', '2026-04-16')] })).toMatchObject({
      quantity: '5.495',
    });
  });

  it('are estimated after a replacement for the days that are left', () => {
    const unread = replacedBy('2026-04-10', '2026-04-16', { current: null, history, missed: 1 });
    // 2.25 + 1.02 + 5 × 14 / 30
    expect(lineOf(metered, { registers: [unread] })).toMatchObject({
      method: 'ESTIMATE_AVERAGE',
      quantity: '5.603333',
    });
  });

  it('are charged over a replacement less what was estimated before the old one was read', () => {
    const estimatedSince = quantity('1.5');
    const silentBefore = (current: object) => {
      const register = replacedBy('2026-04-10', '2026-04-16', current);
      return {
        ...register,
        ...(register.replaced && { replaced: { ...register.replaced, estimatedSince } }),
      };
    };
    // 5.495 less 1.5, 5.603333 less 1.5
    expect(lineOf(metered, { registers: [silentBefore({})] })).toMatchObject({ quantity: '3.995' });
    expect(
      lineOf(metered, { registers: [silentBefore({ current: null, history, missed: 1 })] }),
    ).toMatchObject({ method: 'ESTIMATE_AVERAGE', quantity: '4.103333' });
  });

  it('are split by a reading on the day of a new price', () => {
    const changing = serviceOf('METER', {
      ...COLD,
      tariffs: [
        { from: 0, to: on('2026-04-11'), value: price('10') },
        { from: on('2026-04-11'), to: 1_000_000, value: price('20') },
      ],
    });
    const read = registerOf({ between: [{ value: quantity('397'), on: on('2026-04-10') }] });
    // 1 × 10 + 5.418 × 20
    expect(lineOf(changing, { registers: [read] })).toMatchObject({ quantity: '6.418', charged: '118.36' });
    // 6.418 by days: 2.139333 × 10 + 4.278667 × 20
    expect(lineOf(changing, { registers: [registerOf()] })).toMatchObject({ charged: '106.96' });
  });

  it('are split each by the days between its own readings, where there are several', () => {
    const changing = serviceOf('METER', {
      ...COLD,
      tariffs: [
        { from: 0, to: on('2026-04-11'), value: price('10') },
        { from: on('2026-04-11'), to: 1_000_000, value: price('20') },
      ],
    });
    const bath = registerOf({ between: [{ value: quantity('397'), on: on('2026-04-10') }] });
    const kitchen = (changes: Parameters<typeof registerOf>[0]) =>
      registerOf({ registerId: 'kitchen', ...changes });
    const to399 = (day: number) => kitchen({ current: { value: quantity('399'), on: day } });
    // of three more by days a third before the new price: (1 + 1) × 10 + (5.418 + 2) × 20
    const both = { quantity: '9.418', charged: '168.36' };
    expect(lineOf(changing, { registers: [bath, to399(APRIL.to - 1)] })).toMatchObject(both);
    expect(lineOf(changing, { registers: [to399(APRIL.to - 1), bath] })).toMatchObject(both);
    // read on the last day of the old price: (1 + 3) × 10 + 5.418 × 20
    expect(lineOf(changing, { registers: [bath, to399(on('2026-04-10'))] })).toMatchObject({
      charged: '148.36',
    });
    // not read: its average is of all days of the month
    const silent = kitchen({ current: null, history: ['3', '3', '3'].map(quantity), missed: 1 });
    expect(lineOf(changing, { registers: [bath, silent] })).toMatchObject({
      ...both,
      method: 'ESTIMATE_AVERAGE',
    });
    // what estimates of 3.5 have been charged for comes off the month's days: (1 − 0.166667) × 10 + (5.418 − 0.333333) × 20
    const corrected = kitchen({
      current: { value: quantity('399'), on: APRIL.to - 1 },
      estimatedSince: quantity('3.5'),
    });
    expect(lineOf(changing, { registers: [bath, corrected] })).toMatchObject({
      quantity: '5.918',
      charged: '110.02',
    });
  });

  it('give back what the others did not count on the days of each price too', () => {
    const changing = serviceOf('METER', {
      ...COLD,
      tariffs: [
        { from: 0, to: on('2026-04-11'), value: price('10') },
        { from: on('2026-04-11'), to: 1_000_000, value: price('20') },
      ],
    });
    const kitchen = registerOf({
      registerId: 'kitchen',
      current: { value: quantity('397'), on: on('2026-04-10') },
    });
    const bath = registerOf({ estimatedSince: quantity('12.418') });
    // 1 m³ at the old price; 6 m³ less than was estimated, 2 of them at the old price and 4 at the new one
    expect(lineOf(changing, { registers: [kitchen, bath] })).toMatchObject({
      quantity: '-5',
      charged: '-90.00',
    });
  });

  it('that water the garden take its water out of the drain', () => {
    const services = [
      serviceOf('METER', { serviceId: 'cold', ...COLD, tariffs: prices('10') }),
      serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('204.50') }),
    ];
    const registers = [
      registerOf({ current: { value: quantity('421'), on: APRIL.to - 1 } }),
      registerOf({
        registerId: 'garden',
        isIrrigation: true,
        current: { value: quantity('403.5'), on: APRIL.to - 1 },
      }),
    ];
    expect(linesOf(accountOf(services, { registers }))).toEqual([
      ['cold', '25', '250.00'],
      ['drain', '17.5', '3578.75'],
    ]);
  });

  it('do not count where an act sets the volume', () => {
    const acts = [{ ...COLD, quantity: quantity('120'), id: 'act' }];
    expect(lineOf(metered, { registers: [registerOf()], acts })).toMatchObject({
      method: 'ACT',
      quantity: '120',
    });
  });
});

describe('a reading after estimated months', () => {
  const register = readAfterEstimates('cold');
  const water = (redistributes: boolean): AccountService => ({
    ...serviceOf('METER', { serviceId: 'cold', ...COLD, tariffs: prices('43.27'), redistributes }),
    from: MARCH.from,
    to: MARCH.to,
  });
  const drain = (redistributes: boolean): AccountService => ({
    ...serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('10'), redistributes }),
    from: MARCH.from,
    to: MARCH.to,
  });
  const told = (redistributes: boolean) =>
    monthOf(
      accountOf([water(redistributes), drain(redistributes)], { period: MARCH, registers: [register] }),
    ).lines.map((line) => [
      quantityText(line.quantity),
      moneyText(line.charged),
      moneyText(line.recalculated),
    ]);

  it('corrects the heat in hot water by the heat in what it changes of the water', () => {
    const heat = {
      ...{ ...HOT, serviceId: 'heat', tariffs: prices('1000'), redistributes: true },
      heatNorms: always(ratio('0.06')),
    };
    const days = { from: MARCH.from, to: MARCH.to };
    const services = [{ ...serviceOf('METER', heat), ...days }];
    const { line } = monthOf(accountOf(services, { period: MARCH, registers: [{ ...register, ...HOT }] }));
    // 6.544444 and 5.911111 of 19 m³ in place of 5.1 each: 0.086667 and 0.048667 Gcal more
    expect(moneyText(line.recalculated)).toBe('135.34');
  });

  it('is spread over them by days, each charged anew, where that is decided', () =>
    expect(told(true)).toEqual([
      // 62.50 for January, 35.09 for February
      ['6.544445', '283.18', '97.59'],
      // (1.444444 + 0.811111) × 10
      ['6.544445', '65.44', '22.55'],
    ]));

  it('is spread over them by the part of the month that has a meter, wherever that stands', () => {
    const on11 = on('2026-03-11');
    const norm = { ...water(true), method: 'NORM_PERSON', to: on11 } as const;
    const parts = [
      { ...norm, terms: { ...norm.terms, norms: norms('0') } },
      { ...water(true), from: on11 },
    ];
    const [line] = monthOf(accountOf(parts, { period: MARCH, registers: [register] })).lines;
    expect(line && [moneyText(line.charged), moneyText(line.recalculated)]).toEqual(['283.18', '97.59']);
  });

  it('concerns the service of its own register, and the drain of every water', () => {
    const others = [
      { ...register, ...HOT },
      { ...register, zone: 'NIGHT' } as const,
      { ...register, resource: 'GAS' } as const,
    ];
    const lines = monthOf(
      accountOf([water(true), drain(true)], { period: MARCH, registers: [register, ...others] }),
    ).lines.map((line) => moneyText(line.recalculated));
    // each register of water that was estimated gives 22.55 to the drain
    expect(lines).toEqual(['97.59', '67.65']);
  });

  it('stops where a month that was estimated has no tariff', () => {
    const without = { ...drain(true), terms: { ...drain(true).terms, tariffs: [] } };
    expect(() => monthOf(accountOf([without], { period: MARCH, registers: [register] }))).toThrow(
      'No tariff covers a month that was estimated',
    );
  });

  it('falls into its own month else', () =>
    expect(told(false)).toEqual([
      ['8.8', '380.78', '0.00'],
      ['8.8', '88.00', '0.00'],
    ]));
});
