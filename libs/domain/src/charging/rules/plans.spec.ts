import { price, quantity, quantityText, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { month } from '../../month';
import { periodDays, type AccountSnapshot } from '../snapshot';
import { accountOf, monthOf, on, people, registerOf, serviceOf } from '../testing';
import { TraceRecorder } from '../trace';
import { consumption } from '../consumption';
import { calculateStatement } from '../statement';
import { type DatedPlan, type TariffPlan } from './plans';

const WATER = { resource: 'COLD_WATER', zone: 'SINGLE', tariffs: [] } as const;
const BLOCKS = [
  { upTo: quantity('3'), price: price('100') },
  { upTo: quantity('5'), price: price('120') },
  { upTo: quantity('10'), price: price('150') },
  { upTo: null, price: price('200') },
];
const blocks = (changes: object = {}): TariffPlan => ({
  kind: 'BLOCKS',
  application: 'MARGINAL',
  perPerson: false,
  blocks: BLOCKS,
  ...changes,
});
const always = (plan: TariffPlan): DatedPlan[] => [{ from: 0, to: 1_000_000, plan, id: 'T' }];

function used(volume: string, plans: DatedPlan[], changes: Partial<AccountSnapshot> = {}): AccountSnapshot {
  const period = changes.period ?? periodDays(month('2026-04'));
  const register = registerOf({
    previous: { value: quantity('100'), on: period.from - 1 },
    current: { value: quantity(volume), on: period.to - 1 },
  });
  const service = { ...serviceOf('METER', { ...WATER, plans }), from: period.from, to: period.to };
  return accountOf([service], { registers: [register], period, ...changes });
}
const chargedFor = (account: AccountSnapshot): string => moneyText(monthOf(account).line.charged);

describe('a tariff by blocks, in the month', () => {
  it('charges each slice at its own price', () => {
    const account = used('112.5', always(blocks()));
    expect(chargedFor(account)).toBe('1790.00');
    const recorder = new TraceRecorder();
    calculateStatement(account, consumption(account), { period: account.period, commons: [] }, recorder);
    expect(
      recorder.lines[0]?.segments.map((part) => [quantityText(part.quantity), moneyText(part.amount)]),
    ).toEqual([
      ['3', '300.00'],
      ['2', '240.00'],
      ['5', '750.00'],
      ['2.5', '500.00'],
    ]);
  });

  it('has limits for each person, by the days that people live there', () => {
    expect(chargedFor(used('112.5', always(blocks({ perPerson: true })), { residents: people(3) }))).toBe(
      '1320.00',
    );
    // 2 people until the 15th, 4 from the 16th: 3 on the average
    const grown = [
      { from: 0, to: on('2026-04-16'), value: quantity('2') },
      { from: on('2026-04-16'), to: 1_000_000, value: quantity('4') },
    ];
    expect(chargedFor(used('112.5', always(blocks({ perPerson: true })), { residents: grown }))).toBe(
      '1320.00',
    );
  });

  it('charges the whole volume at the price of its block where that is decided', () =>
    expect(chargedFor(used('112.5', always(blocks({ application: 'WHOLE' }))))).toBe('2500.00'));

  it('follows a flat price, its limits cut with the days', () => {
    const plans: DatedPlan[] = [
      { from: 0, to: on('2026-04-16'), plan: { kind: 'FLAT', price: price('100') }, id: 'flat' },
      { from: on('2026-04-16'), to: 1_000_000, plan: blocks(), id: 'blocks' },
    ];
    // 6 × 100, then 1.5 × 100 + 1 × 120 + 2.5 × 150 + 1 × 200
    expect(chargedFor(used('112', plans))).toBe('1445.00');
  });

  it('takes a correction below zero back at the first price, and no day without a plan', () => {
    const account = used('102', always(blocks()));
    const corrected = {
      ...account,
      registers: account.registers.map((one) => ({ ...one, estimatedSince: quantity('5') })),
    };
    expect(chargedFor(corrected)).toBe('-300.00');
    const ended = always(blocks()).map((plan) => ({ ...plan, to: on('2026-04-16') }));
    expect(monthOf(used('102', ended)).missing).toEqual(['service']);
  });

  it('says so where no block takes the volume', () => {
    const short = always(blocks({ blocks: BLOCKS.slice(0, 2) }));
    expect(() => chargedFor(used('112.5', short))).toThrow(RangeError);
    expect(() =>
      chargedFor(used('112.5', always(blocks({ application: 'WHOLE', blocks: BLOCKS.slice(0, 2) })))),
    ).toThrow(RangeError);
  });
});

describe('limits of an account that is charged for half the month', () => {
  const half = (plan: TariffPlan, volume: string) => {
    const account = used(volume, always(plan));
    const services = account.services.map((one) => ({ ...one, from: on('2026-04-16') }));
    return chargedFor({ ...account, services });
  };

  it('are half of those of the month', () => {
    // 1.5 × 100 + 0.5 × 120
    expect(half(blocks(), '102')).toBe('210.00');
    // 3 × 100 + 1 × 120 for two people
    expect(half(blocks({ perPerson: true }), '104')).toBe('420.00');
    // 15 × 2 × 0.1 = 3 within, 1 above at 1.5
    const daily = { kind: 'DAILY_LIMIT', limitPerPersonAndDay: ratio('0.1') } as const;
    expect(half({ ...daily, price: price('10'), overCoefficient: ratio('1.5') }, '104')).toBe('45.00');
    // 96 for two people
    const social = { kind: 'SOCIAL_NORM', normPerPerson: ratio('96') } as const;
    expect(half({ ...social, price: price('3'), priceOver: price('4') }, '200')).toBe('304.00');
  });

  it('belong to what lies below them', () => {
    expect(half(blocks(), '101.5')).toBe('150.00');
    expect(half(blocks({ application: 'WHOLE' }), '101.5')).toBe('150.00');
    expect(half(blocks({ application: 'WHOLE' }), '101.501')).toBe('180.12');
  });

  it('of nothing used are nothing', () => expect(half(blocks(), '100')).toBe('0.00'));
});

describe('a daily limit, in the month', () => {
  const plans = always({
    kind: 'DAILY_LIMIT',
    limitPerPersonAndDay: ratio('0.140'),
    price: price('135.50'),
    overCoefficient: ratio('1.3'),
  });

  it.each([
    ['2028-02', '1431.42'],
    ['2027-02', '1442.80'],
  ])('counts the days of %s', (period, charged) =>
    expect(chargedFor(used('110', plans, { period: periodDays(month(period)) }))).toBe(charged),
  );
});

describe('a social norm, in the month', () => {
  const plans = always({
    kind: 'SOCIAL_NORM',
    normPerPerson: ratio('96'),
    price: price('3.21'),
    priceOver: price('4.09'),
  });

  it.each([
    ['303.5', '663.36'],
    ['250', '481.50'],
  ])('charges %s kWh within and above it', (value, charged) =>
    expect(chargedFor(used(value, plans))).toBe(charged),
  );

  it('has no part within it where nobody lives', () =>
    expect(chargedFor(used('110', plans, { residents: [] }))).toBe('40.90'));
});
