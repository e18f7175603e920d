import { quantity, quantityText, type Ratio, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { calculateHouse } from '../house';
import { type AccountService, type CommonTerms, type Dated } from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  areas,
  COLD,
  commonOf,
  HOT,
  houseOf,
  lineOf,
  linesOf,
  monthOf,
  norms,
  on,
  people,
  prices,
  registerOf,
  serviceOf,
} from '../testing';

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
    expect(linesOf(accountOf(services, { registers }))).toEqual([
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
    expect(linesOf(accountOf(services(), { registers }))).toEqual([
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
    expect(linesOf(accountOf(services(changing), { registers }))[1]).toEqual(['heat', '0.5588', '905.44']);
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
    expect(lineOf(half, flat)).toMatchObject({ quantity: '0.773775', charged: '1905.92' });
    const whole = serviceOf('HEATING_NORM', { ...norm, heating: { seasons: [{ from: 0, to: 1_000_000 }] } });
    expect(lineOf(whole, flat)).toMatchObject({ quantity: '1.54755', charged: '3811.85' });
    const summer = serviceOf('HEATING_NORM', { norms: [], tariffs: [], heating: { seasons: [] } });
    const { line, missing } = monthOf(accountOf([summer], flat));
    expect([moneyText(line.charged), missing]).toEqual(['0.00', []]);
  });

  it('by norm is spread over the year where that is decided', () => {
    const spread = { seasons: season, spreadMonths: always(7n, 'M') };
    expect(lineOf(serviceOf('HEATING_NORM', { ...norm, heating: spread }), flat)).toMatchObject({
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
    expect(lineOf(byHouse, { areas: areas('74.80') }, [heat()])).toEqual({
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
    expect(lineOf(byHouse, { areas: areas('74.80'), heatedAreas: areas('70') }, [silent])).toMatchObject({
      quantity: '0.35',
    });
    expect(lineOf(byHouse, { areas: areas('80') }, [silent])).toMatchObject({ quantity: '0.4' });
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
    expect(linesOf(account, [water({ houseMeter: quantity('14.418') })])).toEqual([
      ['cold', '10.418', '196.28'],
      ['drain', '10.418', '164.40'],
    ]);
    expect(monthOf(account, [water({ houseMeter: quantity('14.418') })]).line.commonQuantity).toBe(
      quantity('4'),
    );
    expect(linesOf(account, [])).toEqual([
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
    expect(linesOf(account, [distributed])).toEqual([['cold', '0', '0.00']]);
  });

  it('is shared by people where that is decided', () => {
    const service = serviceOf('COMMON_AREA', { serviceId: 'common', tariffs: prices('10') });
    const sharedBy = { kind: 'PEOPLE', whole: quantity('10') * 30n } as const;
    const common = commonOf({ houseMeter: quantity('20'), sharedBy });
    expect(lineOf(service, { residents: people(3) }, [common])).toMatchObject({
      quantity: '6',
      charged: '60.00',
    });
  });

  it('is last year’s average where the organisation charges by that', () => {
    const service = serviceOf('COMMON_AREA', { serviceId: 'common', tariffs: prices('10') });
    const common = commonOf({ average: quantity('30'), norm: ratio('1'), commonArea: quantity('9') });
    expect(lineOf(service, {}, [common])).toMatchObject({ quantity: '15' });
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
