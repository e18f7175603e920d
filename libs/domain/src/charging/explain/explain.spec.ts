import { civilDate } from '../../civil-date';
import { price, quantity, ratio } from '../../decimal';
import { money, moneyText } from '../../money';
import { month } from '../../month';
import { PENALTY_SCHEMES } from '../../vectors/penalty-schemes';
import { calculateHouse } from '../house';
import { type AccountService, type AccountSnapshot, type CommonTerms, periodDays } from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  areas,
  COLD,
  commonOf,
  houseOf,
  norms,
  on,
  people,
  prices,
  registerOf,
  serviceOf,
} from '../testing';
import { type ChargedMonth, difference } from './difference';
import { explainStatement } from './explain';

const charged = (account: AccountSnapshot, commons: CommonTerms[] = []): ChargedMonth => ({
  account,
  share: calculateHouse(houseOf([account], commons)).share,
});
const explained = (account: AccountSnapshot, commons: CommonTerms[] = []) => {
  const given = charged(account, commons);
  const [first] = explainStatement(given.account, given.share);
  if (!first) throw new RangeError('nothing to explain');
  return first;
};
const changing = [
  { from: 0, to: on('2026-04-15'), value: price('31.77'), id: 'old' },
  { from: on('2026-04-15'), to: 1_000_000, value: price('34.02'), id: 'new' },
];

describe('an explanation', () => {
  it('tells the days, the formula with the account’s numbers, and the rounding', () => {
    const line = explained(accountOf([serviceOf('AREA', { tariffs: changing })], { areas: areas('61.40') }));
    expect(line.rule.section).toBe('B.3 AREA');
    expect(line.formulas).toEqual(['Σ R2(S × T × d / D)']);
    expect(line.inputs).toEqual([
      { name: 'AREA', value: '61.4', source: 'S', days: { from: '2026-04-01', to: '2026-04-30' } },
    ]);
    expect(line.segments).toEqual([
      {
        from: '2026-04-01',
        to: '2026-04-14',
        expression: '61.4 × 31.77 × 14 / 30',
        exact: '910.3164',
        amount: money('910.32'),
        tariffId: 'old',
      },
      {
        from: '2026-04-15',
        to: '2026-04-30',
        expression: '61.4 × 34.02 × 16 / 30',
        exact: '1114.0416',
        amount: money('1114.04'),
        tariffId: 'new',
      },
    ]);
    expect(line.charged).toBe(line.line.charged);
  });

  it('tells readings with their days, and people with theirs', () => {
    const metered = serviceOf('METER', { ...COLD, tariffs: prices('18.84') });
    const register = registerOf({ current: { value: quantity('402.418'), on: on('2026-04-20'), id: '17' } });
    const { inputs, segments } = explained(accountOf([metered], { registers: [register] }));
    expect(inputs[1]).toEqual({
      name: 'CURRENT_READING',
      value: '402.418',
      source: '17',
      days: { from: '2026-04-20', to: '2026-04-20' },
    });
    expect(segments[0]).toMatchObject({ expression: '6.418 × 18.84', exact: '120.91512' });
    const until14 = [{ from: 0, to: on('2026-04-15'), value: quantity('2'), id: 'R1' }];
    const fee = explained(
      accountOf([serviceOf('PERSON_FEE', { tariffs: prices('100') })], { residents: until14 }),
    );
    expect(fee.inputs).toEqual([
      { name: 'RESIDENTS', value: '2', source: 'R1', days: { from: '2026-04-01', to: '2026-04-14' } },
    ]);
    expect(fee.segments[0]?.expression).toBe('28 × 100.00 / 30');
  });

  it('tells norms, coefficients and who is silent', () => {
    const metered = {
      ...serviceOf('METER', { ...COLD, norms: norms('4.56'), tariffs: prices('43.27') }),
      coefficients: always(ratio('1.5'), 'act'),
    };
    const silent = registerOf({ current: null, missed: 4 });
    const { inputs, additions, charged: total } = explained(accountOf([metered], { registers: [silent] }));
    expect(inputs).toEqual([
      { name: 'AVERAGE', value: '0', source: 'register', days: null },
      { name: 'MISSED', value: '4', source: 'register', days: null },
      { name: 'NORM', value: '4.56', source: 'N', days: { from: '2026-04-01', to: '2026-04-30' } },
      { name: 'RESIDENTS', value: '2', source: 'R', days: { from: '2026-04-01', to: '2026-04-30' } },
      { name: 'COEFFICIENT', value: '1.5', source: 'act', days: { from: '2026-04-01', to: '2026-04-30' } },
    ]);
    expect(additions.map(({ kind, amount }) => [kind, moneyText(amount)])).toEqual([['EXCESS', '197.31']]);
    expect(moneyText(total)).toBe('591.93');
    const expired = registerOf({
      unusable: { since: on('2026-04-02'), why: 'BROKEN', id: '5' },
      previous: null,
    });
    expect(explained(accountOf([metered], { registers: [expired] })).inputs).toContainEqual({
      name: 'UNUSABLE_SINCE',
      value: '2026-04-02',
      source: '5',
      days: null,
    });
  });

  it('tells what an under-delivery takes off as a product, its act and the number of the law', () => {
    const act = { id: 'act', law: 'rate' };
    const percentPerDegreeHour = ratio('0.15');
    const hot = {
      ...{ kind: 'HOT_WATER_TEMPERATURE' as const, dayMinimum: quantity('57'), nightMinimum: quantity('55') },
      ...{ steps: 'FLOOR' as const, coldPrice: price('10'), hoursOfMonth: quantity('720') },
    };
    const slot = { temperature: quantity('50'), hours: quantity('12'), night: false };
    const outages: AccountService['outages'] = [
      {
        ...{ ...act, kind: 'INTERRUPTION', hours: quantity('12'), allowedHours: quantity('8') },
        percentPerHour: ratio('0.15'),
      },
      { ...act, kind: 'HEATING_TEMPERATURE', degreeHours: quantity('20'), percentPerDegreeHour },
      { ...hot, slots: [slot] },
      { ...hot, slots: [{ ...slot, temperature: quantity('39') }] },
      { kind: 'HEATING_TEMPERATURE', degreeHours: quantity('9000'), percentPerDegreeHour },
    ];
    const { additions } = explained(accountOf([{ ...serviceOf('AREA'), outages }]));
    expect(
      additions.map(({ expression, amount, source, law }) => [expression, moneyText(amount), source, law]),
    ).toEqual([
      // 50 m² × 10.00: four hours too many, twenty degrees times hours, two steps of 0.1 % in twelve hours
      ['500.00 × 4 × 0.15 %', '-3.00', 'act', 'rate'],
      ['500.00 × 20 × 0.15 %', '-15.00', 'act', 'rate'],
      ['500.00 × 2.4 %', '-12.00', null, null],
      // twelve of 720 hours: 8.33 less 8.33 of cold water costs nothing more
      [null, '-470.00', null, null],
    ]);
  });

  it('tells the parts of a penalty', () => {
    const debts = [
      {
        terms: {
          scheme: PENALTY_SCHEMES.HOUSING,
          keyRates: [{ from: civilDate('2020-01-01'), rate: ratio('9.5') }],
          rateRules: [],
          moratoria: [],
        },
        lots: [{ id: '9', due: on('2025-12-10'), principal: money('5000'), accrued: money('1') }],
        payments: [],
      },
    ];
    const { lots, rule } = explained(accountOf([{ ...serviceOf('PENALTY'), debts }]));
    expect(rule.section).toBe('C.5');
    expect(lots).toEqual([
      {
        id: '9',
        due: '2025-12-10',
        principal: money('5000'),
        cumulative: money('281.35'),
        accrued: money('1'),
        amount: money('280.35'),
        parts: [
          { from: '2026-01-10', to: '2026-03-10', expression: '5000.00 × 9.5 % × 60 × 1/300' },
          { from: '2026-03-11', to: '2026-04-30', expression: '5000.00 × 9.5 % × 51 × 1/130' },
        ],
      },
    ]);
  });

  it('tells a service of several parts as one line', () => {
    const parts = [
      serviceOf('AREA', { tariffs: prices('10') }, { to: on('2026-04-16') }),
      serviceOf('FIXED', { tariffs: prices('60') }, { from: on('2026-04-16') }),
    ];
    const { formulas, segments, charged: total } = explained(accountOf(parts));
    expect([formulas.length, segments.length, moneyText(total)]).toEqual([2, 2, '280.00']);
  });
});

describe('a difference', () => {
  const march = periodDays(month('2026-03'));
  const water = (tariff: string): AccountService =>
    serviceOf('METER', { serviceId: 'water', ...COLD, tariffs: prices(tariff) });
  const inMarch = (service: AccountService): AccountService => ({
    ...service,
    from: march.from,
    to: march.to,
  });
  const used = (value: string, period = APRIL) =>
    registerOf({
      previous: { value: quantity('100'), on: period.from - 1 },
      current: { value: quantity(value), on: period.to - 1 },
    });
  const told = (before: ChargedMonth, after: ChargedMonth) =>
    difference(before, after).map(({ serviceId, causes }) => [
      serviceId,
      ...causes.map(({ cause, amount }) => `${cause} ${moneyText(amount)}`),
    ]);

  it('is told by causes: tariff, people, volume', () => {
    const fee = serviceOf('PERSON_FEE', { serviceId: 'fee', tariffs: prices('12') });
    const before = accountOf([inMarch(water('20')), inMarch(fee)], {
      period: march,
      registers: [used('110', march)],
    });
    const after = accountOf([water('22'), fee], { registers: [used('107')], residents: people(3) });
    expect(told(charged(before), charged(after))).toEqual([
      ['water', 'TARIFF 20.00', 'VOLUME -66.00'],
      ['fee', 'PEOPLE 12.00'],
    ]);
    const [first] = difference(charged(before), charged(after));
    expect(first?.causes[0]?.price).toEqual({ before: price('20'), after: price('22') });
    expect(first?.causes[1]?.quantity).toEqual({ before: quantity('10'), after: quantity('7') });
    expect([first?.before, first?.after].map((sum) => sum && moneyText(sum))).toEqual(['200.00', '154.00']);
  });

  it('is none where only the number of days is another', () => {
    const area = serviceOf('AREA', {});
    const before = accountOf([inMarch(area)], { period: march });
    expect(told(charged(before), charged(accountOf([area])))).toEqual([['service']]);
  });

  it('tells days of an account, services that come and go, corrections and reductions', () => {
    const area = serviceOf('AREA', { serviceId: 'area' });
    const half = { ...inMarch(area), from: on('2026-03-17') };
    const later: AccountService = {
      ...area,
      recalculated: money('-7'),
      outages: [
        {
          kind: 'INTERRUPTION',
          hours: quantity('108'),
          allowedHours: quantity('8'),
          percentPerHour: ratio('0.15'),
        },
      ],
      benefits: [{ from: 0, to: 1_000_000, percent: ratio('50') }],
    };
    const gone = serviceOf('FIXED', { serviceId: 'gone' });
    const come = serviceOf('FIXED', { serviceId: 'come' });
    const before = accountOf([half, inMarch(gone)], { period: march });
    expect(told(charged(before), charged(accountOf([later, come])))).toEqual([
      ['area', 'CALENDAR -8.61', 'DAYS 266.67', 'OUTAGE -75.00', 'BENEFIT -250.00', 'CORRECTION -7.00'],
      ['gone', 'SERVICE -10.00'],
      ['come', 'SERVICE 10.00'],
    ]);
  });

  it('tells another month of a debt as its penalty', () => {
    const terms = {
      scheme: PENALTY_SCHEMES.HOUSING,
      keyRates: [{ from: civilDate('2020-01-01'), rate: ratio('9.5') }],
      rateRules: [],
      moratoria: [],
    };
    const line = (accrued: string): AccountService => ({
      ...serviceOf('PENALTY', { serviceId: 'penalty' }),
      debts: [
        {
          terms,
          payments: [],
          lots: [{ id: '9', due: on('2025-12-10'), principal: money('5000'), accrued: money(accrued) }],
        },
      ],
    });
    // 171.73 until March, of which 95.00 were charged before; 281.35 until April
    const before = accountOf([inMarch(line('95'))], { period: march });
    expect(told(charged(before), charged(accountOf([line('171.73')])))).toEqual([
      ['penalty', 'PENALTY 32.89'],
    ]);
  });

  it('tells what the house shared', () => {
    const account = accountOf([serviceOf('COMMON_AREA', { serviceId: 'common' })]);
    const common = (volume: string) => commonOf({ houseMeter: quantity(volume) });
    expect(told(charged(account, [common('10')]), charged(account, [common('14')]))).toEqual([
      ['common', 'COMMON_VOLUME 20.00'],
    ]);
  });
});
