import { price, quantity, quantityText, type Ratio, ratio } from '../../decimal';
import { moneyText, money } from '../../money';
import { month } from '../../month';
import { calculateHouse } from '../house';
import {
  type AccountService,
  type AccountSnapshot,
  type CommonTerms,
  type Dated,
  periodDays,
} from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  areas,
  commonOf,
  houseOf,
  monthOf,
  norms,
  on,
  people,
  prices,
  registerOf,
  serviceOf,
} from '../testing';

const COLD = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;
const HOT = { resource: 'HOT_WATER', zone: 'SINGLE' } as const;
const shown = (account: AccountSnapshot, commons: CommonTerms[] = []) =>
  monthOf(account, commons).lines.map((line) => [
    line.serviceId,
    quantityText(line.quantity),
    moneyText(line.charged),
  ]);
const one = (
  service: AccountService,
  changes: Partial<AccountSnapshot> = {},
  commons: CommonTerms[] = [],
) => {
  const { line } = monthOf(accountOf([service], changes), commons);
  return { method: line.method, quantity: quantityText(line.quantity), charged: moneyText(line.charged) };
};

describe('electricity of three zones, in the month', () => {
  it('is a service and a register each', () => {
    const zones = ['PEAK', 'HALF_PEAK', 'NIGHT'] as const;
    const services = zones.map((zone, place) =>
      serviceOf('METER', { serviceId: zone, resource: 'ELECTRICITY', zone, tariffs: prices(`${6 - place}`) }),
    );
    const registers = zones.map((zone, place) =>
      registerOf({
        registerId: zone,
        resource: 'ELECTRICITY',
        zone,
        previous: { value: quantity('99990'), on: APRIL.from - 1 },
        // the night's register turns over
        current: { value: quantity(place === 2 ? '10' : `${99_995 + place}`), on: APRIL.to - 1 },
      }),
    );
    expect(shown(accountOf(services, { registers }))).toEqual([
      ['PEAK', '5', '30.00'],
      ['HALF_PEAK', '6', '30.00'],
      ['NIGHT', '20', '80.00'],
    ]);
  });
});

describe('hot water of two components, in the month', () => {
  const services = (heatNorms = always(ratio('0.0637'), 'K')) => [
    serviceOf('METER', { serviceId: 'water', ...HOT, tariffs: prices('13.03') }),
    serviceOf('METER', { serviceId: 'heat', ...HOT, tariffs: prices('1620.33'), heatNorms }),
    serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('10') }),
  ];
  const registers = [registerOf({ ...HOT, current: { value: quantity('406.16'), on: APRIL.to - 1 } })];

  it('is one volume and two lines, and goes down the drain once', () =>
    expect(shown(accountOf(services(), { registers }))).toEqual([
      ['water', '10.16', '132.38'],
      ['heat', '0.647192', '1048.66'],
      ['drain', '10.16', '101.60'],
    ]));

  it('takes the heat of a cubic metre by days where it changes', () => {
    const changing = [
      { from: 0, to: on('2026-04-16'), value: ratio('0.06') },
      { from: on('2026-04-16'), to: 1_000_000, value: ratio('0.05') },
    ];
    // 5.08 × 0.06 + 5.08 × 0.05
    expect(shown(accountOf(services(changing), { registers }))[1]).toEqual(['heat', '0.5588', '905.44']);
  });

  it('names the service where no heat is known, instead of charging nothing for it', () => {
    const ended = [{ from: 0, to: on('2026-04-20'), value: ratio('0.06') }];
    const missing = (heatNorms: Dated<Ratio>[]) => {
      const house = houseOf([accountOf(services(heatNorms), { registers })]);
      return calculateHouse(house).statements[0]?.missingNorms;
    };
    expect(missing(always(ratio('0.0637')))).toEqual([]);
    expect(missing([])).toEqual(['heat']);
    expect(missing(ended)).toEqual(['heat']);
  });
});

describe('heating, in the month', () => {
  const norm = { norms: norms('0.0285'), tariffs: prices('2463.15') };
  const flat = { areas: areas('54.30') };
  const season = [{ from: on('2025-10-15'), to: on('2026-04-16') }];

  it('by norm is charged in the season, by its days', () => {
    const half = serviceOf('HEATING_NORM', { ...norm, heating: { seasons: season } });
    // 54.30 × 0.0285 × 15 / 30
    expect(one(half, flat)).toMatchObject({ quantity: '0.773775', charged: '1905.92' });
    const whole = serviceOf('HEATING_NORM', { ...norm, heating: { seasons: [{ from: 0, to: 1_000_000 }] } });
    expect(one(whole, flat)).toMatchObject({ quantity: '1.54755', charged: '3811.85' });
    const summer = serviceOf('HEATING_NORM', { norms: [], tariffs: [], heating: { seasons: [] } });
    const { line, missing } = monthOf(accountOf([summer], flat));
    expect([moneyText(line.charged), missing]).toEqual(['0.00', []]);
  });

  it('by norm is spread over the year where that is decided', () => {
    const spread = { seasons: season, spreadMonths: always(7n, 'M') };
    expect(one(serviceOf('HEATING_NORM', { ...norm, heating: spread }), flat)).toMatchObject({
      quantity: '0.902738',
      charged: '2223.58',
    });
  });

  it('in the season needs a tariff', () => {
    const service = serviceOf('HEATING_NORM', { ...norm, tariffs: [], heating: { seasons: season } });
    expect(monthOf(accountOf([service], flat)).missing).toEqual(['service']);
  });

  const byHouse = serviceOf('HEATING_HOUSE_METER', {
    serviceId: 'heat',
    resource: 'HEAT',
    zone: 'SINGLE',
    tariffs: prices('1750.44'),
  });
  const heat = (changes: Partial<CommonTerms> = {}) =>
    commonOf({
      serviceId: 'heat',
      resource: 'HEAT',
      houseMeter: quantity('184.237'),
      totalArea: quantity('23932'),
      ...changes,
    });

  it('by the house’s meter is shared by area', () => {
    expect(one(byHouse, { areas: areas('74.80') }, [heat()])).toEqual({
      method: 'HEATING_HOUSE_METER',
      quantity: '0.575837',
      charged: '1007.97',
    });
    const { line } = monthOf(accountOf([byHouse], { areas: areas('74.80') }), [heat()]);
    expect(line.commonQuantity).toBe(0n);
  });

  it('by the house’s meter counts the heated area, and the last year’s month where the meter is silent', () => {
    const sharedBy = { kind: 'HEATED_AREA', whole: quantity('20000') * 30n } as const;
    const silent = heat({ houseMeter: null, average: quantity('100'), sharedBy });
    expect(one(byHouse, { areas: areas('74.80'), heatedAreas: areas('70') }, [silent])).toMatchObject({
      quantity: '0.35',
    });
    expect(one(byHouse, { areas: areas('80') }, [silent])).toMatchObject({ quantity: '0.4' });
  });

  it('with meters in the flats is what each counted and a share of the rest', () => {
    const own = serviceOf('METER', {
      serviceId: 'heat',
      resource: 'HEAT',
      zone: 'SINGLE',
      tariffs: prices('100'),
      takesShare: true,
    });
    const flatOf = (accountId: string, counted: string) =>
      accountOf([own], {
        accountId,
        registers: [
          registerOf({
            resource: 'HEAT',
            previous: { value: quantity('1'), on: APRIL.from - 1 },
            current: { value: quantity(counted), on: APRIL.to - 1 },
          }),
        ],
      });
    const house = houseOf(
      [flatOf('1', '2'), flatOf('2', '3')],
      [heat({ houseMeter: quantity('4'), totalArea: quantity('100') })],
    );
    const lines = calculateHouse(house).statements.flatMap((statement) => statement.lines);
    // 1 and 2 of the flats, and half of the 1 that is left
    expect(lines.map((line) => [quantityText(line.quantity), quantityText(line.commonQuantity)])).toEqual([
      ['1.5', '0.5'],
      ['2.5', '0.5'],
    ]);
  });
});

describe('a common volume, in the month', () => {
  const merged = serviceOf('METER', {
    serviceId: 'cold',
    ...COLD,
    tariffs: prices('18.84'),
    takesShare: true,
  });
  const drain = serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('15.78') });
  const water = (changes: Partial<CommonTerms>) =>
    commonOf({ serviceId: 'cold', totalArea: quantity('100'), ...changes });

  it('stands in the row of the water itself where that is decided, and went down the drain', () => {
    const account = accountOf([merged, drain], { registers: [registerOf()] });
    // 6.418 of the meter, half of 8 in common: the third manual's rows
    expect(shown(account, [water({ houseMeter: quantity('14.418') })])).toEqual([
      ['cold', '10.418', '196.28'],
      ['drain', '10.418', '164.40'],
    ]);
    expect(monthOf(account, [water({ houseMeter: quantity('14.418') })]).line.commonQuantity).toBe(
      quantity('4'),
    );
    expect(shown(account, [])).toEqual([
      ['cold', '6.418', '120.92'],
      ['drain', '6.418', '101.28'],
    ]);
  });

  it('below zero takes off the row as far as the account used any', () => {
    const account = accountOf([merged], { registers: [registerOf()] });
    const distributed = water({
      houseMeter: quantity('0'),
      negativePolicy: 'DISTRIBUTE',
      carryIn: quantity('-20'),
    });
    expect(shown(account, [distributed])).toEqual([['cold', '0', '0.00']]);
  });

  it('is shared by people where that is decided', () => {
    const service = serviceOf('COMMON_AREA', { serviceId: 'common', tariffs: prices('10') });
    const sharedBy = { kind: 'PEOPLE', whole: quantity('10') * 30n } as const;
    const common = commonOf({ houseMeter: quantity('20'), sharedBy });
    expect(one(service, { residents: people(3) }, [common])).toMatchObject({
      quantity: '6',
      charged: '60.00',
    });
  });

  it('is last year’s average where the organisation charges by that', () => {
    const service = serviceOf('COMMON_AREA', { serviceId: 'common', tariffs: prices('10') });
    const common = commonOf({ average: quantity('30'), norm: ratio('1'), commonArea: quantity('9') });
    expect(one(service, {}, [common])).toMatchObject({ quantity: '15' });
    expect(calculateHouse(houseOf([accountOf([service])], [common])).share.commons[0]?.basis).toBe('AVERAGE');
  });
});

describe('a raised norm, in the month', () => {
  const terms = { ...COLD, norms: norms('4.56'), tariffs: prices('43.27') };
  const raised = (coefficient: string, from = 0) => ({
    coefficients: [{ from, to: 1_000_000, value: ratio(coefficient), id: 'act' }],
  });
  const excessOf = (service: AccountService, more: AccountService[] = []) =>
    monthOf(accountOf([service, ...more])).lines.map((line) => [
      quantityText(line.quantity),
      moneyText(line.charged),
      moneyText(line.excess),
    ]);

  it('is the plain norm and a figure of its own above it', () => {
    const byNorm = { ...serviceOf('NORM_PERSON', terms), ...raised('1.5') };
    expect(excessOf(byNorm)).toEqual([['9.12', '591.93', '197.31']]);
    expect(excessOf({ ...serviceOf('METER', terms), ...raised('10') })).toEqual([
      ['9.12', '3946.22', '3551.60'],
    ]);
  });

  it('begins on the day of the act', () => {
    const half = { ...serviceOf('NORM_PERSON', terms), ...raised('1.5', on('2026-04-16')) };
    expect(excessOf(half)).toEqual([['9.12', '493.28', '98.66']]);
  });

  it('is money, not water: the drain does not see it', () => {
    const drain = serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('10') });
    const estimated = serviceOf('METER', { ...terms, estimateCoefficient: ratio('1.5') });
    expect(excessOf(estimated, [drain])).toEqual([
      ['9.12', '591.93', '197.31'],
      ['9.12', '91.20', '0.00'],
    ]);
  });
});

describe('registers that are not read as usual, in the month', () => {
  const metered = serviceOf('METER', { ...COLD, tariffs: prices('43.27'), norms: norms('4.56') });
  const history = ['5', '5', '5'].map(quantity);

  it('count no reading of a day on which they were no longer verified', () => {
    const unusable = { since: on('2026-04-10'), why: 'VERIFICATION_EXPIRED' } as const;
    const expired = registerOf({ unusable, history });
    expect(one(metered, { registers: [expired] })).toMatchObject({
      method: 'ESTIMATE_AVERAGE',
      quantity: '5',
    });
    const before = registerOf({ unusable, current: { value: quantity('402'), on: on('2026-04-09') } });
    expect(one(metered, { registers: [before] })).toMatchObject({ method: 'METER', quantity: '6' });
    const next = registerOf({ unusable: { ...unusable, since: on('2026-05-01') } });
    expect(one(metered, { registers: [next] })).toMatchObject({ method: 'METER' });
    const long = registerOf({
      unusable,
      history,
      previous: { value: quantity('396'), on: on('2025-12-30') },
    });
    expect(one(metered, { registers: [long] })).toMatchObject({ method: 'ESTIMATE_NORM', quantity: '9.12' });
    expect(one(metered, { registers: [registerOf({ unusable, previous: null })] })).toMatchObject({
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
    expect(one(metered, { registers: [replacedBy('2026-04-10', '2026-04-10')] })).toMatchObject({
      quantity: '4.475',
      charged: '193.63',
    });
    // 5.1 × 6 / 30 more
    expect(one(metered, { registers: [replacedBy('2026-04-10', '2026-04-16')] })).toMatchObject({
      quantity: '5.495',
    });
  });

  it('are estimated after a replacement for the days that are left', () => {
    const unread = replacedBy('2026-04-10', '2026-04-16', { current: null, history, missed: 1 });
    // 2.25 + 1.02 + 5 × 14 / 30
    expect(one(metered, { registers: [unread] })).toMatchObject({
      method: 'ESTIMATE_AVERAGE',
      quantity: '5.603333',
    });
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
    expect(one(changing, { registers: [read] })).toMatchObject({ quantity: '6.418', charged: '118.36' });
    // 6.418 by days: 2.139333 × 10 + 4.278667 × 20
    expect(one(changing, { registers: [registerOf()] })).toMatchObject({ charged: '106.96' });
    const twice = registerOf({
      registerId: 'kitchen',
      current: { value: quantity('396'), on: APRIL.to - 1 },
    });
    expect(one(changing, { registers: [read, twice] })).toMatchObject({ charged: '106.96' });
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
    expect(shown(accountOf(services, { registers }))).toEqual([
      ['cold', '25', '250.00'],
      ['drain', '17.5', '3578.75'],
    ]);
  });

  it('do not count where an act sets the volume', () => {
    const acts = [{ ...COLD, quantity: quantity('120'), id: 'act' }];
    expect(one(metered, { registers: [registerOf()], acts })).toMatchObject({
      method: 'ACT',
      quantity: '120',
    });
  });
});

describe('a reading after estimated months', () => {
  const march = periodDays(month('2026-03'));
  const estimated = ['2026-01', '2026-02'].map((text) => {
    const { from, to } = periodDays(month(text));
    return { from, to, quantity: quantity('5.1'), charged: money('220.68') };
  });
  const register = registerOf({
    previous: { value: quantity('402'), on: on('2025-12-31') },
    current: { value: quantity('421'), on: on('2026-03-31') },
    estimatedSince: quantity('10.2'),
    estimated,
  });
  const water = (redistributes: boolean): AccountService => ({
    ...serviceOf('METER', { serviceId: 'cold', ...COLD, tariffs: prices('43.27'), redistributes }),
    from: march.from,
    to: march.to,
  });
  const drain = (redistributes: boolean): AccountService => ({
    ...serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('10'), redistributes }),
    from: march.from,
    to: march.to,
  });
  const told = (redistributes: boolean) =>
    monthOf(
      accountOf([water(redistributes), drain(redistributes)], { period: march, registers: [register] }),
    ).lines.map((line) => [
      quantityText(line.quantity),
      moneyText(line.charged),
      moneyText(line.recalculated),
    ]);

  it('is spread over them by days, each charged anew, where that is decided', () =>
    expect(told(true)).toEqual([
      // 62.50 for January, 35.09 for February
      ['6.544445', '283.18', '97.59'],
      // (1.444444 + 0.811111) × 10
      ['6.544445', '65.44', '22.55'],
    ]));

  it('concerns the service of its own register, and the drain of every water', () => {
    const others = [
      { ...register, ...HOT },
      { ...register, zone: 'NIGHT' } as const,
      { ...register, resource: 'GAS' } as const,
    ];
    const lines = monthOf(
      accountOf([water(true), drain(true)], { period: march, registers: [register, ...others] }),
    ).lines.map((line) => moneyText(line.recalculated));
    // each register of water that was estimated gives 22.55 to the drain
    expect(lines).toEqual(['97.59', '67.65']);
  });

  it('stops where a month that was estimated has no tariff', () => {
    const without = { ...drain(true), terms: { ...drain(true).terms, tariffs: [] } };
    expect(() => monthOf(accountOf([without], { period: march, registers: [register] }))).toThrow(
      'No tariff covers a month that was estimated',
    );
  });

  it('falls into its own month else', () =>
    expect(told(false)).toEqual([
      ['8.8', '380.78', '0.00'],
      ['8.8', '88.00', '0.00'],
    ]));
});
