import { civilDate } from '../civil-date';
import {
  type Price,
  price,
  priceOf,
  type Quantity,
  quantity,
  quantityOf,
  type Ratio,
  ratio,
  ratioOf,
} from '../decimal';
import { moneyOf } from '../money';
import { month } from '../month';
import { type PenaltyTerms } from '../penalty';
import { PENALTY_SCHEMES } from '../vectors/penalty-schemes';
import { type DatedPlan, type TariffPlan } from './rules/plans';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type CommonTerms,
  type Dated,
  type DaySpan,
  type HouseSnapshot,
  type PeriodDays,
  periodDays,
  type ServiceTerms,
} from './snapshot';
import { serviceOf } from './testing';

/*
 * Houses for laws and for the second opinion: every rule of the month turns up in them, with facts that change on any
 * day. The same seed gives the same house.
 */

/** Numbers that look random, by a seed. */
class Dice {
  constructor(private state: number) {}

  /** From 0 to below `sides`. */
  roll(sides: number): number {
    this.state = (Math.imul(this.state ^ (this.state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(this.state ^ (this.state >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % sides;
  }

  among<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.roll(choices.length)] ?? choices[0];
  }

  is(oneOf: number): boolean {
    return this.roll(oneOf) === 0;
  }

  volume(upTo: number): Quantity {
    return quantityOf(BigInt(this.roll(upTo * 1000)) * 1000n);
  }
}

const MONTHS = ['2026-01', '2026-02', '2026-04', '2028-02'] as const;
const PENALTY: PenaltyTerms = {
  scheme: PENALTY_SCHEMES.HOUSING,
  keyRates: [
    { from: civilDate('2020-01-01'), rate: ratio('17') },
    { from: civilDate('2025-12-10'), rate: ratio('16.5') },
  ],
  rateRules: [
    { from: civilDate('2023-01-01'), to: civilDate('2026-12-31'), mode: 'MIN', rate: ratio('9.5') },
  ],
  moratoria: [{ from: civilDate('2025-12-01'), to: civilDate('2025-12-07') }],
};
const SCHEMES = [
  PENALTY,
  { ...PENALTY, scheme: PENALTY_SCHEMES.CAPITAL_REPAIR },
  { ...PENALTY, scheme: PENALTY_SCHEMES.KZ_CONTRACT },
];

/** A house of one to three accounts in one of several months. */
export function randomHouse(seed: number): HouseSnapshot {
  const dice = new Dice(seed);
  const period = periodDays(month(dice.among<string>(...MONTHS)));
  const accounts = Array.from({ length: 1 + dice.roll(3) }, (_, place) =>
    randomAccount(dice, period, String(place)),
  );
  return { houseId: 'house', period, accounts, commons: randomCommons(dice, period) };
}

/** A value that changes on one day about the month, in one fact of three. */
function dated<T extends bigint>(dice: Dice, period: PeriodDays, value: () => T): Dated<T>[] {
  const ever = { from: period.from - 1000, to: period.to + 1000 };
  if (!dice.is(3)) return [{ ...ever, value: value(), id: 'always' }];
  const on = period.from - 10 + dice.roll(period.days + 10);
  return [
    { from: ever.from, to: on, value: value(), id: 'before' },
    { from: on, to: ever.to, value: value(), id: 'after' },
  ];
}

const aPrice = (dice: Dice) => (): Price => priceOf(BigInt(dice.roll(300_000)) * 1000n);
const aNorm = (dice: Dice) => (): Ratio => ratioOf(BigInt(dice.roll(700_000)) * 1000n);

/** One list of twelve ends within the month. */
function randomTariffs(dice: Dice, period: PeriodDays): Dated<Price>[] {
  const tariffs = dated(dice, period, aPrice(dice));
  if (!dice.is(12)) return tariffs;
  return tariffs
    .map((one) => ({ ...one, to: Math.min(one.to, period.from + 15) }))
    .filter(({ from, to }) => from < to);
}

function spanIn(dice: Dice, period: PeriodDays): DaySpan {
  const from = period.from - 3 + dice.roll(period.days);
  return { from, to: from + 1 + dice.roll(period.days) };
}

function randomAccount(dice: Dice, period: PeriodDays, accountId: string): AccountSnapshot {
  const people = (): Quantity => quantityOf(BigInt(dice.roll(5)) * 1_000_000n);
  return {
    accountId,
    period,
    areas: dated(dice, period, () => dice.volume(90)),
    heatedAreas: dice.is(2) ? [] : dated(dice, period, () => dice.volume(80)),
    residents: dated(dice, period, people),
    ...(dice.is(3) ? { owners: dated(dice, period, people) } : {}),
    ...(dice.is(4)
      ? { absences: [{ ...spanIn(dice, period), people: people(), moreThan: 4 + dice.roll(3), id: 'away' }] }
      : {}),
    ...(dice.is(9)
      ? { acts: [{ resource: 'GAS', zone: 'SINGLE', quantity: dice.volume(90), id: 'act' }] }
      : {}),
    registers: randomRegisters(dice, period),
    services: randomServices(dice, period),
  };
}

function randomRegisters(dice: Dice, period: PeriodDays): AccountRegister[] {
  const registers: AccountRegister[] = [];
  for (const [resource, zone] of [
    ['COLD_WATER', 'SINGLE'],
    ['COLD_WATER', 'SINGLE'],
    ['HOT_WATER', 'SINGLE'],
    ['ELECTRICITY', 'DAY'],
    ['ELECTRICITY', 'NIGHT'],
    ['HEAT', 'SINGLE'],
  ] as const)
    if (!dice.is(4))
      registers.push({ ...randomRegister(dice, period), resource, zone, registerId: `${registers.length}` });
  return registers;
}

function randomRegister(dice: Dice, period: PeriodDays): AccountRegister {
  const before = dice.volume(9000);
  const used = dice.volume(40);
  const on = period.from - 1 - dice.roll(12);
  const isRead = !dice.is(4);
  const way = isRead ? dice.roll(8) : 9;
  const register: AccountRegister = {
    registerId: '',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    shape: { digits: 5, decimals: 3, ...(dice.is(6) ? { factor: quantity('1.5') } : {}) },
    previous: { value: before, on, id: 'previous' },
    current: isRead
      ? { value: quantityOf(before + used), on: period.to - 1 - dice.roll(8), id: 'current' }
      : null,
    estimatedSince: quantityOf(0n),
    history: Array.from({ length: dice.roll(8) }, () => dice.volume(20)),
    missed: isRead ? 0 : 1 + dice.roll(5),
  };
  if (way === 0)
    return { ...register, unusable: { since: period.from + dice.roll(40), why: 'BROKEN', id: 'event' } };
  if (way === 1) return { ...register, isIrrigation: true };
  if (way === 2) return { ...register, ...replacement(dice, before, on) };
  if (way === 3) {
    const between = { value: quantityOf(before + used / 2n), on: on + 1 + dice.roll(10), id: 'between' };
    return { ...register, between: [between] };
  }
  return way === 4 ? { ...register, ...estimates(dice, period) } : register;
}

function replacement(dice: Dice, before: Quantity, on: number): Pick<AccountRegister, 'replaced'> {
  const previous = { value: quantity('400'), on: on - 9 };
  const final = { value: quantityOf(previous.value + before / 900n), on: on - dice.roll(5) };
  const shape = { digits: 5, decimals: 3 };
  return { replaced: { registerId: 'old', shape, previous, final, average: dice.volume(9) } };
}

function estimates(dice: Dice, period: PeriodDays): Pick<AccountRegister, 'estimatedSince' | 'estimated'> {
  const estimated = [2, 1].map((back) => {
    const from = period.from - 30 * back;
    return { from, to: from + 30, quantity: dice.volume(9), charged: moneyOf(BigInt(dice.roll(50_000))) };
  });
  return {
    estimated,
    estimatedSince: quantityOf(estimated.reduce((total, one) => total + one.quantity, 0n)),
  };
}

function randomServices(dice: Dice, period: PeriodDays): AccountService[] {
  const of = (method: AccountService['method'], changes: Partial<ServiceTerms>): AccountService =>
    randomService(dice, period, { method, changes });
  const cold = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;
  const hot = { resource: 'HOT_WATER', zone: 'SINGLE' } as const;
  const redistributes = dice.is(2);
  const measured = dice.among<AccountService['method']>('METER', 'NORM_PERSON');
  return [
    of('AREA', { wholeMonths: dice.is(5) }),
    of('FIXED', {}),
    of('PERSON_FEE', { chargesOwners: dice.is(2) }),
    of(dice.is(4) ? 'NORM_PERSON' : 'METER', {
      serviceId: 'cold',
      ...cold,
      takesShare: dice.is(3),
      redistributes,
    }),
    of(measured, { serviceId: 'hot', ...hot, plans: undefined }),
    of(measured, {
      serviceId: 'heat of water',
      ...hot,
      plans: undefined,
      heatNorms: dated(dice, period, aNorm(dice)),
    }),
    of('METER', { serviceId: 'day', resource: 'ELECTRICITY', zone: 'DAY' }),
    of('METER', { serviceId: 'night', resource: 'ELECTRICITY', zone: 'NIGHT' }),
    of('METER', { serviceId: 'gas', resource: 'GAS', zone: 'SINGLE', plans: randomPlans(dice, period) }),
    of('SUM_OF_WATER', { redistributes }),
    of('COMMON_AREA', { serviceId: 'common' }),
    of('HEATING_NORM', { areaKind: 'HEATED', ...randomHeating(dice, period) }),
    of('HEATING_HOUSE_METER', { serviceId: 'heat' }),
    randomPenalty(dice, period),
  ];
}

function randomService(
  dice: Dice,
  period: PeriodDays,
  { method, changes }: { method: AccountService['method']; changes: Partial<ServiceTerms> },
): AccountService {
  const terms = {
    serviceId: method,
    tariffs: randomTariffs(dice, period),
    norms: dated(dice, period, aNorm(dice)),
    ...(dice.is(4) ? { estimateCoefficient: ratio('1.5') } : {}),
    ...(dice.is(5)
      ? {
          vat: {
            mode: dice.among<'INCLUSIVE' | 'EXCLUSIVE'>('INCLUSIVE', 'EXCLUSIVE'),
            rates: dated(dice, period, () => ratio('12')),
          },
        }
      : {}),
    ...changes,
  };
  const kopeks = (): ReturnType<typeof moneyOf> => moneyOf(BigInt(dice.roll(100_000) - 50_000));
  const isWhole = !dice.is(3);
  const from = isWhole ? period.from : period.from + dice.roll(period.days);
  const opening = kopeks();
  return {
    ...serviceOf(method, terms, {
      opening,
      paid: kopeks(),
      recalculated: kopeks(),
      adjusted: kopeks(),
    }),
    from,
    to: isWhole ? period.to : from + dice.roll(period.to - from + 1),
    ...(dice.is(6) ? { coefficients: dated(dice, period, () => ratio('3')) } : {}),
    ...(dice.is(4) ? { benefits: [randomRight(dice, period)] } : {}),
    ...(dice.is(6) ? { outages: [randomOutage(dice)] } : {}),
    ...(method === 'COMMON_AREA' ? randomYear(new Dice(Number(opening))) : {}),
  };
}

const randomRight = (dice: Dice, period: PeriodDays): NonNullable<AccountService['benefits']>[number] => ({
  ...spanIn(dice, period),
  percent: ratio(dice.among('30', '50', '100')),
  id: 'right',
  ...(dice.is(2) ? { beneficiaries: quantity('1') } : {}),
  ...(dice.is(2) ? { normPerPerson: aNorm(dice)() } : {}),
});

/** Now and then some months of last year are settled. */
function randomYear(dice: Dice): Pick<AccountService, 'year'> {
  if (!dice.is(2)) return {};
  const year = Array.from({ length: 1 + dice.roll(12) }, () => ({
    measured: quantityOf(dice.volume(90) - 20_000_000n),
    distributed: dice.is(5) ? quantityOf(0n) : dice.volume(50),
    quantity: dice.volume(3),
    price: aPrice(dice)(),
  }));
  return { year };
}

const randomOutage = (dice: Dice): NonNullable<AccountService['outages']>[number] => ({
  kind: 'INTERRUPTION',
  hours: dice.volume(700),
  allowedHours: quantity('8'),
  percentPerHour: ratio('0.15'),
  id: 'outage',
});

function randomPlans(dice: Dice, { from, to }: PeriodDays): DatedPlan[] {
  const perPerson = dice.is(2);
  const blocks = [
    { upTo: quantity('3'), price: price('1') },
    { upTo: quantity('9.5'), price: price('1.37') },
    { upTo: null, price: price('2.11') },
  ];
  const plans: readonly [TariffPlan, ...TariffPlan[]] = [
    { kind: 'FLAT', price: aPrice(dice)() },
    { kind: 'BLOCKS', application: 'MARGINAL', perPerson, blocks },
    { kind: 'BLOCKS', application: 'WHOLE', perPerson, blocks },
    { kind: 'SOCIAL_NORM', normPerPerson: aNorm(dice)(), price: price('3.21'), priceOver: price('4.09') },
    {
      kind: 'DAILY_LIMIT',
      limitPerPersonAndDay: ratio('0.140'),
      price: price('135.50'),
      overCoefficient: ratio('1.3'),
    },
  ];
  const on = from + 1 + dice.roll(to - from - 1);
  return [
    { from: from - 1000, to: on, plan: dice.among(...plans), id: 'first' },
    { from: on, to: to + 1000, plan: dice.among(...plans), id: 'second' },
  ];
}

function randomHeating(dice: Dice, period: PeriodDays): Pick<ServiceTerms, 'heating'> {
  if (dice.is(3)) return {};
  const seasons = [{ from: period.from - 90, to: period.from + dice.roll(period.days + 9) }];
  return {
    heating: dice.is(2)
      ? { seasons }
      : { seasons, spreadMonths: dated(dice, period, () => BigInt(5 + dice.roll(4))) },
  };
}

function randomPenalty(dice: Dice, period: PeriodDays): AccountService {
  const kopeks = (upTo: number): ReturnType<typeof moneyOf> => moneyOf(BigInt(1 + dice.roll(upTo)));
  const debts = SCHEMES.slice(0, dice.roll(4)).map((terms) => ({
    terms,
    lots: [200, 120, 90, 40, 12].slice(0, dice.roll(6)).map((back, place) => ({
      id: String(place),
      due: period.from - back,
      principal: kopeks(900_000),
      accrued: kopeks(3_000),
      ...(dice.is(5)
        ? { suspended: [{ from: period.from - 60, to: period.from - 30 + dice.roll(30) }] }
        : {}),
    })),
    payments: Array.from({ length: dice.roll(4) }, () => ({
      on: period.from - dice.roll(120),
      amount: kopeks(900_000),
      ...(dice.is(3) ? { lot: String(dice.roll(5)) } : {}),
    })),
  }));
  return {
    ...randomService(dice, period, { method: 'PENALTY', changes: {} }),
    benefits: [],
    outages: [],
    debts,
  };
}

function randomCommons(dice: Dice, period: PeriodDays): CommonTerms[] {
  const common = (serviceId: string, resource: 'COLD_WATER' | 'HEAT'): CommonTerms => ({
    serviceId,
    resource,
    zone: 'SINGLE',
    houseMeter: dice.is(4) ? null : dice.volume(200),
    carryIn: quantityOf(-BigInt(dice.roll(9_000_000))),
    norm: dice.is(4) ? null : aNorm(dice)(),
    commonArea: dice.volume(300),
    totalArea: quantityOf(100_000_000n + dice.volume(900)),
    capByNorm: dice.is(2),
    negativePolicy: dice.among('CARRY', 'ZERO', 'DISTRIBUTE'),
    ...(dice.is(5) ? { average: dice.volume(50) } : {}),
    ...(dice.is(3)
      ? {
          sharedBy: {
            kind: dice.among('PEOPLE', 'HEATED_AREA'),
            whole: (100_000_000n + dice.volume(400)) * BigInt(period.days),
          },
        }
      : {}),
  });
  return [common('cold', 'COLD_WATER'), common('common', 'COLD_WATER'), common('heat', 'HEAT')];
}

/** The same house a month later or earlier, with other facts: what differences are told between. */
export function otherMonthOf(house: HouseSnapshot, seed: number): HouseSnapshot {
  const other = randomHouse(seed);
  const accounts = house.accounts.map((account, place) => ({
    ...(other.accounts[place] ?? other.accounts[0] ?? account),
    accountId: account.accountId,
  }));
  return { ...other, accounts };
}
