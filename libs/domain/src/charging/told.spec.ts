import { decimalText, quantity, type Ratio, ratio } from '../decimal';
import { moneyText } from '../money';
import { calculateHouse } from './house';
import { consumption } from './consumption';
import { type AccountService, type AccountSnapshot, type CommonTerms } from './snapshot';
import { calculateStatement } from './statement';
import {
  accountOf,
  always,
  APRIL,
  areas,
  COLD,
  commonOf,
  HOT,
  houseOf,
  norms,
  on,
  people,
  registerOf,
  serviceOf,
  terms,
} from './testing';
import { FORMULAS, TraceRecorder } from './trace';

const RATIOS = ['NORM', 'HEAT_NORM', 'COEFFICIENT', 'USUAL_COEFFICIENT'];
const COUNTS = ['MISSED', 'HEATING_MONTHS'];

/** The formula of each line, and what went into it: of its volumes first. */
function told(account: AccountSnapshot, commons: CommonTerms[] = []): [string, ...string[]][] {
  const recorder = new TraceRecorder();
  const { share } = calculateHouse(houseOf([account], commons));
  calculateStatement(account, consumption(account, recorder), share, recorder);
  return recorder.lines.map(({ formula, inputs, volumes }) => [
    formula,
    ...[...volumes.flatMap((volume) => volume.inputs), ...inputs].map(
      ({ name, value, source }) =>
        `${name} ${text(name, value)}${source === undefined ? '' : ` of ${source}`}`,
    ),
  ]);
}

/** Values as people write them: a norm has eight decimals, a volume six. */
function text(name: string, value: bigint): string {
  if (COUNTS.includes(name)) return value.toString();
  return decimalText(value, RATIOS.includes(name) ? 8 : 6);
}

const one = (
  method: AccountService['method'],
  changes: object = {},
  account: Partial<AccountSnapshot> = {},
) => told(accountOf([serviceOf(method, { norms: norms('4'), ...changes })], account))[0];

describe('what a line by a price tells', () => {
  const heated = {
    areas: areas('50'),
    heatedAreas: [{ from: 0, to: 1_000_000, value: quantity('40'), id: 'H' }],
  };

  it('is what it is charged for, and the norm where there is one', () => {
    expect(one('AREA')).toEqual([FORMULAS.AREA, 'AREA 50 of S']);
    expect(one('FIXED')).toEqual([FORMULAS.FIXED]);
    expect(one('PERSON_FEE')).toEqual([FORMULAS.PERSON_FEE, 'RESIDENTS 2 of R']);
    expect(one('NORM_PERSON')).toEqual([FORMULAS.NORM_PERSON, 'RESIDENTS 2 of R', 'NORM 4 of N']);
    expect(one('HEATING_NORM')).toEqual([FORMULAS.HEATING_NORM, 'AREA 50 of S', 'NORM 4 of N']);
  });

  it('is the area that counts: the heated one only where it is asked for', () => {
    expect(one('AREA', { areaKind: 'HEATED' }, heated)).toEqual([FORMULAS.AREA, 'AREA 40 of H']);
    expect(one('AREA', {}, heated)).toEqual([FORMULAS.AREA, 'AREA 50 of S']);
  });

  it('is the season, or how many months of heating the year is spread over', () => {
    const seasons = [{ from: 0, to: 1_000_000 }];
    expect(one('HEATING_NORM', { heating: { seasons } })).toEqual([
      FORMULAS.HEATING_SEASON,
      'AREA 50 of S',
      'NORM 4 of N',
    ]);
    expect(one('HEATING_NORM', { heating: { seasons, spreadMonths: always(7n, 'M') } })).toEqual([
      FORMULAS.HEATING_YEAR,
      'AREA 50 of S',
      'NORM 4 of N',
      'HEATING_MONTHS 7 of M',
    ]);
  });
});

describe('what a line by a volume tells', () => {
  const metered = (register: object, changes: object = {}) =>
    one('METER', { ...COLD, ...changes }, { registers: [registerOf(register)] });
  const readings = ['PREVIOUS_READING 396 of before', 'CURRENT_READING 402.418 of now'];

  it('is the readings', () => expect(metered({})).toEqual([FORMULAS.METER, ...readings]));

  it('is the readings in the order of their days, over a replacement and between', () => {
    const replaced = {
      registerId: 'old',
      shape: { digits: 5, decimals: 3 },
      previous: { value: quantity('90'), on: APRIL.from - 1, id: '1' },
      final: { value: quantity('92'), on: on('2026-04-10'), id: '2' },
      average: quantity('5'),
      estimatedSince: quantity('1.5'),
    };
    const previous = { value: quantity('0'), on: on('2026-04-10'), id: '3' };
    const between = [{ value: quantity('1'), on: on('2026-04-20'), id: '4' }];
    const current = { value: quantity('2.5'), on: APRIL.to - 1, id: '5' };
    expect(metered({ replaced, previous, between, current })).toEqual([
      FORMULAS.METER,
      'PREVIOUS_READING 90 of 1',
      'CURRENT_READING 92 of 2',
      'GAP 5 of old',
      'ESTIMATED_SINCE 1.5 of old',
      'PREVIOUS_READING 0 of 3',
      'CURRENT_READING 1 of 4',
      'CURRENT_READING 2.5 of 5',
    ]);
  });

  it('is the factor of the meter, and what estimates have been charged for', () => {
    const shape = { digits: 5, decimals: 3, factor: quantity('40') };
    expect(metered({ shape, estimatedSince: quantity('3') })).toEqual([
      FORMULAS.METER,
      ...readings,
      'FACTOR 40 of register',
      'ESTIMATED_SINCE 3 of register',
    ]);
  });

  it('is the norm of the days that have one', () => {
    const later = [{ from: on('2026-04-16'), to: 1_000_000, value: ratio('4'), id: 'N' }];
    expect(one('NORM_PERSON', { ...COLD, norms: later })).toEqual([
      FORMULAS.NORM_PERSON,
      'NORM 4 of N',
      'RESIDENTS 2 of R',
    ]);
  });

  it('is the coefficient of an estimate, which a norm without a meter has not', () => {
    const raised = { ...COLD, estimateCoefficient: ratio('1.5'), estimateCoefficientId: 'K' };
    const byNorm = ['NORM 4 of N', 'RESIDENTS 2 of R'];
    expect(one('METER', raised)).toEqual([FORMULAS.ESTIMATE_NORM, ...byNorm, 'USUAL_COEFFICIENT 1.5 of K']);
    expect(one('NORM_PERSON', raised)).toEqual([FORMULAS.NORM_PERSON, ...byNorm]);
  });

  it('is the heat of a cubic metre', () => {
    const heatNorms = always(ratio('0.06'), 'G');
    const registers = [registerOf(HOT)];
    expect(one('METER', { ...HOT, heatNorms }, { registers })).toEqual([
      FORMULAS.METER,
      ...readings,
      'HEAT_NORM 0.06 of G',
    ]);
  });

  it('is all water for the drain, and what the garden took', () => {
    const services = [
      serviceOf('METER', { serviceId: 'cold', ...COLD }),
      serviceOf('NORM_PERSON', { serviceId: 'hot', ...HOT, norms: norms('3') }),
      serviceOf('SUM_OF_WATER', { serviceId: 'drain' }),
    ];
    const garden = registerOf({ registerId: 'garden', isIrrigation: true });
    const lines = told(accountOf(services, { registers: [registerOf(), garden] }));
    expect(lines[2]).toEqual([
      FORMULAS.SUM_OF_WATER,
      ...readings,
      'NORM 3 of N',
      'RESIDENTS 2 of R',
      'IRRIGATION 6.418 of garden',
    ]);
  });
});

describe('what a line of a house’s share tells', () => {
  const share = (changes: Partial<CommonTerms>, method: AccountService['method'] = 'COMMON_AREA') => {
    const account = accountOf([serviceOf(method, { serviceId: 'common' })], {
      heatedAreas: areas('45'),
      residents: people(2),
    });
    return told(account, [commonOf(changes)])[0];
  };
  const norm: Ratio | null = norms('0.02')[0]?.value ?? null;
  const ofNorm = { norm, commonArea: quantity('100') };

  it('is the meter, the premises, what was carried, the norm, and the area', () => {
    const houseMeter = quantity('12');
    const numbers = [
      'HOUSE_METER 12',
      'INDIVIDUAL_TOTAL 0',
      'CARRY_IN -1',
      'NORM_VOLUME 2',
      'DISTRIBUTED 11',
      'TOTAL_AREA 100',
      'AREA 50 of S',
    ];
    const given = { ...ofNorm, houseMeter, carryIn: quantity('-1') };
    expect(share(given)).toEqual([FORMULAS.COMMON_AREA, ...numbers]);
    expect(share(given, 'HEATING_HOUSE_METER')).toEqual([FORMULAS.COMMON_AREA, ...numbers]);
  });

  it('is the norm in a house without a meter', () =>
    expect(share(ofNorm)).toEqual([
      FORMULAS.COMMON_AREA_BY_NORM,
      'INDIVIDUAL_TOTAL 0',
      'CARRY_IN 0',
      'NORM_VOLUME 2',
      'DISTRIBUTED 2',
      'TOTAL_AREA 100',
      'AREA 50 of S',
    ]));

  it('is what it is shared by', () => {
    const by = (kind: 'HEATED_AREA' | 'PEOPLE') =>
      share({ ...ofNorm, sharedBy: { kind, whole: 3_000_000_000n } })?.slice(-2);
    expect(by('HEATED_AREA')).toEqual(['SHARED_WHOLE 3000', 'AREA 45 of S']);
    expect(by('PEOPLE')).toEqual(['SHARED_WHOLE 3000', 'RESIDENTS 2 of R']);
  });
});

describe('what further rules tell', () => {
  const shown = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) => {
    const recorder = new TraceRecorder();
    const account = accountOf(services, changes);
    const statement = calculateStatement(
      account,
      consumption(account, recorder),
      { period: APRIL, commons: [] },
      recorder,
    );
    const [line] = recorder.lines;
    expect(line?.line).toBe(statement.lines[0]);
    return {
      formula: line?.formula,
      volumes: line?.volumes.map(({ resource, zone }) => `${resource} ${zone}`),
      inputs: line?.inputs.map(({ name }) => name),
      additions: line?.additions.map(({ kind, amount, source }) => [kind, moneyText(amount), source]),
    };
  };
  const outage = {
    kind: 'INTERRUPTION',
    hours: quantity('108'),
    allowedHours: quantity('8'),
    percentPerHour: ratio('0.15'),
    id: 'act',
  } as const;

  it('leaves what the price tells', () => {
    const area = { ...serviceOf('AREA'), outages: [outage] };
    expect(shown([area])).toEqual({
      formula: FORMULAS.AREA,
      volumes: [],
      inputs: ['AREA'],
      // 500.00 × 15 %
      additions: [['OUTAGE', '-75.00', 'act']],
    });
    const water = { ...serviceOf('METER', COLD), outages: [{ ...outage, allowedHours: quantity('108') }] };
    expect(shown([water], { registers: [registerOf()] })).toEqual({
      formula: FORMULAS.METER,
      volumes: ['COLD_WATER SINGLE'],
      inputs: [],
      additions: [],
    });
  });

  it('is what a year of readings settles', () => {
    const month = { measured: quantity('30'), distributed: quantity('20'), quantity: quantity('2') };
    const { tariffs } = terms();
    const price = tariffs[0]?.value;
    const year = price === undefined ? [] : [{ ...month, price }];
    // (30 × 2 / 20 − 2) × 10
    expect(shown([{ ...serviceOf('AREA'), year }]).additions).toEqual([['TRUE_UP', '10.00', undefined]]);
  });
});
