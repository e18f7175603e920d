import { civilDate, dayNumber } from '../civil-date';
import { price, quantity, quantityText, ratio } from '../decimal';
import { money, moneyText } from '../money';
import { type HouseShare } from './common-area';
import { consumption } from './consumption';
import { calculateHouse } from './house';
import { type AccountService, type AccountSnapshot, type CommonTerms, type Dated } from './snapshot';
import { calculateStatement } from './statement';
import { accountOf, always, APRIL, areas, norms, people, prices, registerOf, serviceOf } from './testing';
import { TraceRecorder } from './trace';

const on = (date: string): number => dayNumber(civilDate(date));
const dayOf = (date: string) => ({ from: on(date), to: on(date) + 1 });
const noShare: HouseShare = { period: APRIL, commons: [] };
const WATER = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;
const HOT = { resource: 'HOT_WATER', zone: 'SINGLE' } as const;

function changed<T extends bigint>(before: T, date: string, after: T): Dated<T>[] {
  return [
    { from: -1_000_000, to: on(date), value: before, id: 'before' },
    { from: on(date), to: 1_000_000, value: after, id: 'after' },
  ];
}

function statementOf(services: AccountService[], changes: Partial<AccountSnapshot> = {}) {
  const account = accountOf(services, changes);
  return calculateStatement(account, consumption(account), noShare);
}

function lineOf(service: AccountService, changes: Partial<AccountSnapshot> = {}) {
  const statement = statementOf([service], changes);
  const [line] = statement.lines;
  if (!line) throw new Error('no line');
  const { method, tariffId } = line;
  return {
    method,
    tariffId,
    quantity: quantityText(line.quantity),
    charged: moneyText(line.charged),
    statement,
  };
}

describe('a service by area', () => {
  it('costs area times price', () => {
    const line = lineOf(serviceOf('AREA', { tariffs: prices('5.85') }), { areas: areas('74.80') });
    expect(line).toMatchObject({ method: 'AREA', quantity: '74.8', charged: '437.58', tariffId: 'T' });
  });

  it('is charged for the days of the account, both ends counted', () => {
    const service = serviceOf('AREA', { tariffs: prices('31.77') }, { from: on('2026-04-12') });
    // 54.30 × 31.77 × 19 / 30
    expect(lineOf(service, { areas: areas('54.30') })).toMatchObject({
      charged: '1092.57',
      quantity: '34.39',
    });
  });

  it('is cut where the price or the area changes, and rounded a part', () => {
    const service = serviceOf('AREA', { tariffs: changed(price('31.77'), '2026-04-15', price('34.02')) });
    // 61.40 × 31.77 × 14 / 30 + 61.40 × 34.02 × 16 / 30
    expect(lineOf(service, { areas: areas('61.40') })).toMatchObject({
      charged: '2024.36',
      tariffId: 'after',
    });
    const grown = lineOf(serviceOf('AREA', { tariffs: prices('10') }), {
      areas: changed(quantity('50'), '2026-04-16', quantity('60')),
    });
    expect(grown).toMatchObject({ charged: '550.00', quantity: '55' });
  });

  it('takes the heated area where it is asked for and known', () => {
    const service = serviceOf('AREA', { areaKind: 'HEATED' });
    expect(lineOf(service, { heatedAreas: areas('40') }).charged).toBe('400.00');
    expect(lineOf(service).charged).toBe('500.00');
  });

  it('costs nothing on days without a fact, and is not whole on days without a tariff', () => {
    const half = [{ from: on('2026-04-16'), to: on('2026-05-01'), value: quantity('50') }];
    expect(lineOf(serviceOf('AREA'), { areas: half }).charged).toBe('250.00');
    const from16 = [{ from: on('2026-04-16'), to: on('2026-05-01'), value: price('10'), id: 'T' }];
    const line = lineOf(serviceOf('AREA', { tariffs: from16 }));
    expect(line.charged).toBe('250.00');
    expect(line.statement.missingTariffs).toEqual(['service']);
  });
});

describe('services by piece and by person', () => {
  it('cost a price a flat', () =>
    expect(lineOf(serviceOf('FIXED', { tariffs: prices('62') }))).toMatchObject({
      quantity: '1',
      charged: '62.00',
    }));

  it('cost a price a person, by the days that people live there', () => {
    const service = serviceOf('PERSON_FEE', { tariffs: prices('128.94') });
    expect(lineOf(service, { residents: people(3) })).toMatchObject({ quantity: '3', charged: '386.82' });
    const born = changed(quantity('2'), '2026-04-12', quantity('3'));
    // 128.94 × 79 / 30
    expect(lineOf(service, { residents: born })).toMatchObject({ quantity: '2.633333', charged: '339.54' });
  });

  it('cost a norm of heat a square metre', () => {
    const service = serviceOf('HEATING_NORM', { norms: norms('0.0285'), tariffs: prices('2463.15') });
    expect(lineOf(service, { areas: areas('54.30') })).toMatchObject({
      quantity: '1.54755',
      charged: '3811.85',
    });
  });

  it('cost a norm of something that nobody measures', () => {
    const service = serviceOf('NORM_PERSON', { norms: norms('4.56'), tariffs: prices('43.27') });
    expect(lineOf(service, { residents: people(3) })).toMatchObject({ quantity: '13.68', charged: '591.93' });
  });
});

describe('a metered service', () => {
  const metered = serviceOf('METER', { ...WATER, tariffs: prices('18.84'), norms: norms('4.56') });

  it('costs what the meter counted', () =>
    expect(lineOf(metered, { registers: [registerOf()] })).toMatchObject({
      method: 'METER',
      quantity: '6.418',
      charged: '120.92',
    }));

  it('adds up several meters of a resource', () => {
    const second = registerOf({
      registerId: 'kitchen',
      current: { value: quantity('397'), on: APRIL.to - 1 },
    });
    expect(lineOf(metered, { registers: [registerOf(), second] })).toMatchObject({ quantity: '7.418' });
  });

  it('charges day and night as two services of one meter', () => {
    const zone = (name: 'DAY' | 'NIGHT', from: string, to: string) =>
      registerOf({
        resource: 'ELECTRICITY',
        zone: name,
        previous: { value: quantity(from), on: APRIL.from - 1 },
        current: { value: quantity(to), on: APRIL.to - 1 },
      });
    const { lines } = statementOf(
      [
        serviceOf('METER', {
          serviceId: 'day',
          resource: 'ELECTRICITY',
          zone: 'DAY',
          tariffs: prices('4.09'),
        }),
        serviceOf('METER', {
          serviceId: 'night',
          resource: 'ELECTRICITY',
          zone: 'NIGHT',
          tariffs: prices('2.49'),
        }),
      ],
      { registers: [zone('DAY', '6858', '7011'), zone('NIGHT', '1915', '1969')] },
    );
    expect(lines.map((line) => [line.serviceId, moneyText(line.charged)])).toEqual([
      ['day', '625.77'],
      ['night', '134.46'],
    ]);
  });

  it('splits what was used between two readings where the price changes between them', () => {
    const service = serviceOf('METER', {
      ...WATER,
      tariffs: changed(price('43.27'), '2026-04-01', price('48.11')),
    });
    const register = registerOf({
      previous: { value: quantity('100'), on: on('2026-03-24') },
      current: { value: quantity('110.418'), on: on('2026-04-23') },
    });
    // 7 of 30 days: 2.430867 at 43.27, the remainder 7.987133 at 48.11
    expect(lineOf(service, { registers: [register] })).toMatchObject({
      charged: '489.44',
      quantity: '10.418',
    });
  });

  it('is charged by the first tariff before there is one', () => {
    const later = [{ from: on('2026-04-01'), to: 1_000_000, value: price('10'), id: 'T' }];
    const register = registerOf({ previous: { value: quantity('396'), on: on('2026-02-20') } });
    const line = lineOf(serviceOf('METER', { ...WATER, tariffs: later }), { registers: [register] });
    expect(line).toMatchObject({ charged: '64.18' });
    expect(line.statement.missingTariffs).toEqual([]);
  });

  it('takes away what estimates have been charged for, even below zero', () => {
    const register = registerOf({ estimatedSince: quantity('10') });
    expect(lineOf(metered, { registers: [register] })).toMatchObject({
      method: 'METER',
      quantity: '-3.582',
      charged: '-67.48',
    });
  });
});

describe('a missing reading', () => {
  const metered = serviceOf('METER', { ...WATER, tariffs: prices('43.27'), norms: norms('4.56') });
  const history = ['9', '1', '1', '1', '1', '1', '2'].map(quantity);
  const unread = (changes: object) => registerOf({ current: null, missed: 1, history, ...changes });

  it('is estimated by the average of the last six months', () =>
    expect(lineOf(metered, { registers: [unread({})] })).toMatchObject({
      method: 'ESTIMATE_AVERAGE',
      quantity: '1.166667',
      charged: '50.48',
    }));

  it.each([
    ['after three months', { missed: 4 }],
    ['with less than three months of history', { history: history.slice(0, 2) }],
  ])('falls to the norm %s', (_when, changes) =>
    expect(lineOf(metered, { registers: [unread(changes)] })).toMatchObject({
      method: 'ESTIMATE_NORM',
      quantity: '9.12',
      charged: '394.62',
    }),
  );

  it('falls to the norm with its coefficient, and without a meter at all', () => {
    const raised = serviceOf('METER', { ...metered.terms, estimateCoefficient: ratio('1.5') });
    expect(lineOf(raised, { registers: [unread({ missed: 4 })] })).toMatchObject({ charged: '591.93' });
    expect(lineOf(metered)).toMatchObject({ method: 'ESTIMATE_NORM', quantity: '9.12' });
  });

  it('makes the norm stand for all meters of the resource, unless the others counted more', () => {
    const silent = unread({ registerId: 'kitchen', missed: 4 });
    expect(lineOf(metered, { registers: [registerOf(), silent] })).toMatchObject({ quantity: '9.12' });
    const busy = registerOf({ current: { value: quantity('406'), on: APRIL.to - 1 } });
    expect(lineOf(metered, { registers: [busy, silent] })).toMatchObject({
      quantity: '10',
      method: 'ESTIMATE_NORM',
    });
  });

  it('is estimated for the days of the account', () => {
    const half = serviceOf('METER', metered.terms, { from: on('2026-04-16') });
    expect(lineOf(half, { registers: [unread({ history: history.slice(1, 4) })] })).toMatchObject({
      quantity: '0.5',
    });
  });
});

describe('drainage', () => {
  const services = [
    serviceOf('METER', { serviceId: 'cold', ...WATER, norms: norms('4.56') }),
    serviceOf('NORM_PERSON', { serviceId: 'hot', ...HOT, norms: norms('2') }),
    serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('15.78') }),
  ];
  const drain = (account: Partial<AccountSnapshot>, changes = services) =>
    statementOf(changes, account).lines.find((line) => line.serviceId === 'drain');

  it('is all water that flowed in, rounded once', () => {
    const line = drain({ registers: [registerOf()] });
    expect(line && quantityText(line.quantity)).toBe('10.418');
    expect(line && moneyText(line.charged)).toBe('164.40');
  });

  it('counts water that two services charge once', () => {
    const twice = [...services, serviceOf('METER', { serviceId: 'heat', ...HOT, norms: norms('2') })];
    expect(drain({ registers: [registerOf()] }, twice)?.quantity).toBe(quantity('10.418'));
  });

  it('is split at a change of its price, each water over its own days', () => {
    const changing = serviceOf('SUM_OF_WATER', {
      serviceId: 'drain',
      tariffs: changed(price('10'), '2026-04-16', price('20')),
    });
    const line = drain({ registers: [registerOf()] }, [...services.slice(0, 2), changing]);
    // (3.209 + 2) × 10 + (3.209 + 2) × 20
    expect(line && moneyText(line.charged)).toBe('156.27');
  });

  it('is nothing without water', () => expect(drain({}, services.slice(2))?.charged).toBe(0n));
});

describe('common consumption', () => {
  const terms: CommonTerms = {
    serviceId: 'common',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    houseMeter: quantity('30'),
    carryIn: quantity('0'),
    norm: ratio('0.03'),
    commonArea: quantity('100'),
    totalArea: quantity('100'),
    capByNorm: false,
    negativePolicy: 'CARRY',
  };
  const member = (accountId: string): AccountSnapshot =>
    accountOf(
      [
        serviceOf('METER', { serviceId: 'cold', ...WATER }),
        serviceOf('COMMON_AREA', { serviceId: 'common', tariffs: prices('18.84') }),
      ],
      { accountId, registers: [registerOf()] },
    );
  const house = (changes: Partial<CommonTerms>) =>
    calculateHouse({
      houseId: 'house',
      period: APRIL,
      commons: [{ ...terms, ...changes }],
      accounts: [member('1'), member('2')],
    });
  const commonLine = (month: ReturnType<typeof house>) => {
    const line = month.statements[0]?.lines[1];
    return line && { volume: quantityText(line.commonQuantity), charged: moneyText(line.charged) };
  };

  it('is what the house meter counted above its premises, by area', () => {
    const month = house({});
    expect(month.share.commons[0]).toMatchObject({
      houseVolume: quantity('17.164'),
      distributed: quantity('17.164'),
    });
    expect(commonLine(month)).toEqual({ volume: '8.582', charged: '161.68' });
  });

  it('is capped by the norm where that is decided', () => {
    const month = house({ capByNorm: true });
    expect(month.share.commons[0]).toMatchObject({ distributed: quantity('3'), excess: quantity('14.164') });
    expect(commonLine(month)).toEqual({ volume: '1.5', charged: '28.26' });
  });

  it('is the norm in a house without a meter', () => {
    const month = house({ houseMeter: null, carryIn: quantity('-2') });
    expect(month.share.commons[0]).toMatchObject({
      basis: 'NORM',
      distributed: quantity('3'),
      carryOut: quantity('-2'),
    });
    expect(commonLine(month)).toEqual({ volume: '1.5', charged: '28.26' });
  });

  it('below zero is carried, with what was carried in', () => {
    const month = house({ houseMeter: quantity('10'), carryIn: quantity('-1') });
    expect(month.share.commons[0]).toMatchObject({ distributed: 0n, carryOut: quantity('-3.836') });
    expect(commonLine(month)).toEqual({ volume: '0', charged: '0.00' });
  });

  it('below zero is taken as nothing with ZERO', () =>
    expect(house({ houseMeter: quantity('10'), negativePolicy: 'ZERO' }).share.commons[0]).toMatchObject({
      houseVolume: 0n,
      distributed: 0n,
      carryOut: 0n,
    }));

  it('below zero reduces the volumes with DISTRIBUTE, down to nothing', () => {
    const distribute = { negativePolicy: 'DISTRIBUTE' } as const;
    expect(commonLine(house({ ...distribute, houseMeter: quantity('10') }))).toEqual({
      volume: '-1.418',
      charged: '-26.72',
    });
    const huge = house({ ...distribute, houseMeter: quantity('10'), carryIn: quantity('-100') });
    expect(commonLine(huge)).toEqual({ volume: '-6.418', charged: '-120.92' });
  });

  it('is shared by the days that an account is charged for', () => {
    const account = accountOf([
      serviceOf('COMMON_AREA', { serviceId: 'common' }, { from: on('2026-04-16') }),
    ]);
    const { share } = house({});
    const [line] = calculateStatement(account, [], share).lines;
    expect(line?.commonQuantity).toBe(quantity('4.291'));
  });
});

describe('a line', () => {
  it('carries what has moved it, and balances', () => {
    const service = serviceOf(
      'AREA',
      {},
      { opening: money('100'), paid: money('650'), recalculated: money('-0.50') },
    );
    const [line] = statementOf([service]).lines;
    expect(line).toMatchObject({ closing: money('-50.50'), due: 0n });
  });

  it('stays for a service that is no longer charged but owed', () => {
    const ended = serviceOf('AREA', {}, { opening: money('7.30'), from: APRIL.to });
    expect(statementOf([ended]).lines[0]).toMatchObject({
      charged: 0n,
      tariffId: null,
      closing: money('7.30'),
      due: 730n,
    });
    const late = serviceOf('PENALTY', {}, { opening: money('1') });
    expect(statementOf([late]).lines[0]).toMatchObject({ charged: 0n, closing: money('1') });
  });

  it('is one for a service whose terms change within the month', () => {
    const parts = [
      serviceOf('AREA', { tariffs: prices('10', 'first') }, { to: on('2026-04-16'), opening: money('1') }),
      serviceOf('FIXED', { tariffs: prices('60', 'second') }, { from: on('2026-04-16') }),
    ];
    const { lines } = statementOf(parts);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      charged: money('280'),
      tariffId: 'second',
      method: 'FIXED',
      closing: money('281'),
    });
  });

  it('charges a month’s volume once, however many parts its service has', () => {
    const half = { to: on('2026-04-16') };
    const parts = [serviceOf('METER', WATER, half), serviceOf('METER', WATER, { from: on('2026-04-16') })];
    const { lines } = statementOf(parts, { registers: [registerOf()] });
    expect(lines.map((line) => line.charged)).toEqual([money('64.18')]);
  });
});

describe('the trace', () => {
  it('says the same figures, from which rows they come, and how each part was rounded', () => {
    const account = accountOf(
      [
        serviceOf('METER', { ...WATER, tariffs: changed(price('43.27'), '2026-04-01', price('48.11')) }),
        serviceOf('AREA', { serviceId: 'area', tariffs: always(price('5.85'), 'T7') }),
      ],
      {
        registers: [registerOf({ previous: { value: quantity('396'), on: on('2026-03-24'), id: 'before' } })],
        areas: areas('74.80'),
      },
    );
    const recorder = new TraceRecorder();
    const traced = calculateStatement(account, consumption(account, recorder), noShare, recorder);
    expect(traced).toEqual(calculateStatement(account, consumption(account), noShare));
    const [water, area] = recorder.lines;
    expect(water?.formula).toContain('current − previous');
    expect(water?.volumes[0]?.inputs).toEqual([
      { name: 'PREVIOUS_READING', value: quantity('396'), source: 'before', days: dayOf('2026-03-24') },
      { name: 'CURRENT_READING', value: quantity('402.418'), source: 'now', days: dayOf('2026-04-30') },
    ]);
    expect(water?.segments.map(({ tariffId, amount }) => [tariffId, moneyText(amount)])).toEqual([
      ['before', '52.54'],
      ['after', '250.35'],
    ]);
    expect(area?.inputs).toEqual([
      { name: 'AREA', value: quantity('74.80'), source: 'S', days: { from: -1_000_000, to: 1_000_000 } },
    ]);
    expect(area?.line).toBe(traced.lines[1]);
    for (const { segments, line } of recorder.lines)
      expect(segments.reduce((total, { amount }) => total + amount, 0n)).toBe(line?.charged);
  });
});
