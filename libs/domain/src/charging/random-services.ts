import { civilDate } from '../civil-date';
import { type Price, price, quantity, quantityOf, type Ratio, ratio } from '../decimal';
import { moneyOf } from '../money';
import { type PenaltyTerms } from '../penalty';
import { type TemperatureSlot } from '../recalculations';
import { PENALTY_SCHEMES } from '../vectors/penalty-schemes';
import { type LotPayment } from './rules/penalty-line';
import { type DatedPlan, type TariffPlan } from './rules/plans';
import {
  type AccountService,
  type Dated,
  type DaySpan,
  type PeriodDays,
  type ServiceTerms,
} from './snapshot';
import { serviceOf } from './testing';
import { aNorm, aPrice, dated, Dice, spanIn } from './random-values';

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

/** One list of twelve ends within the month. */
function randomTariffs(dice: Dice, period: PeriodDays): Dated<Price>[] {
  const tariffs = dated(dice, period, aPrice(dice));
  if (!dice.is(12)) return tariffs;
  return tariffs
    .map((one) => ({ ...one, to: Math.min(one.to, period.from + 15) }))
    .filter(({ from, to }) => from < to);
}

export function randomServices(dice: Dice, period: PeriodDays): AccountService[] {
  const of = (method: AccountService['method'], changes: Partial<ServiceTerms>): AccountService =>
    randomService(dice, period, { method, changes });
  const cold = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;
  const hot = { resource: 'HOT_WATER', zone: 'SINGLE' } as const;
  const redistributes = dice.is(2);
  const measured = dice.among<AccountService['method']>('METER', 'NORM_PERSON');
  const services = [
    of('AREA', { wholeMonths: dice.is(5) }),
    of('FIXED', {}),
    of('PERSON_FEE', { chargesOwners: dice.is(2) }),
    of(dice.is(4) ? 'NORM_PERSON' : 'METER', {
      serviceId: 'cold',
      ...cold,
      takesShare: dice.is(3),
      redistributes,
      plans: dice.is(4) ? randomPlans(dice, period) : undefined,
    }),
    // by the same registers
    ...(dice.is(2) ? [of('METER', { serviceId: 'more cold', ...cold, redistributes })] : []),
    of(measured, { serviceId: 'hot', ...hot, plans: undefined }),
    of(measured, {
      serviceId: 'heat of water',
      ...hot,
      plans: undefined,
      heatNorms: dated(dice, period, aNorm(dice)),
      redistributes,
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
  return services.flatMap((service) => inParts(dice, period, service));
}

const CHARGED_BY_HEAD: readonly AccountService['method'][] = ['METER', 'NORM_PERSON'];

/** One service of six is charged otherwise from some day on: at other prices, or by a meter that was put in. */
function inParts(dice: Dice, period: PeriodDays, service: AccountService): AccountService[] {
  const { from, to, method, terms } = service;
  if (method === 'PENALTY' || to - from < 2 || !dice.is(6)) return [service];
  const on = from + 1 + dice.roll(to - from - 1);
  const { year: _, ...later } = service;
  const isMetered = CHARGED_BY_HEAD.includes(method) && terms.resource !== 'GAS';
  return [
    { ...service, to: on },
    {
      ...later,
      from: on,
      method: isMetered ? dice.among<AccountService['method']>('METER', 'NORM_PERSON') : method,
      terms: { ...terms, tariffs: randomTariffs(dice, period) },
    },
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
  ...dice.among<object>({}, { normsPerPerson: someNorms(dice, period) }, { normQuantity: dice.volume(20) }),
});

/** Norms by days, which now and then nobody knows before some day. */
function someNorms(dice: Dice, period: PeriodDays): Dated<Ratio>[] {
  const norms = dated(dice, period, aNorm(dice));
  return norms.length > 1 && dice.is(3) ? norms.slice(1) : norms;
}

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

function randomOutage(dice: Dice): NonNullable<AccountService['outages']>[number] {
  const slot = (): TemperatureSlot => ({
    temperature: quantityOf(30_000_000n + dice.volume(35)),
    hours: dice.volume(30),
    night: dice.is(2),
  });
  return dice.among<NonNullable<AccountService['outages']>[number]>(
    {
      kind: 'INTERRUPTION',
      hours: dice.volume(700),
      allowedHours: quantity('8'),
      percentPerHour: ratio('0.15'),
      id: 'outage',
    },
    {
      kind: 'HOT_WATER_TEMPERATURE',
      dayMinimum: quantity('57'),
      nightMinimum: quantity('55'),
      steps: dice.among('FLOOR', 'CEIL'),
      slots: Array.from({ length: dice.roll(4) }, slot),
      coldPrice: aPrice(dice)(),
      hoursOfMonth: quantity('720'),
      id: 'outage',
    },
    {
      kind: 'HEATING_TEMPERATURE',
      degreeHours: dice.volume(900),
      percentPerDegreeHour: ratio('0.15'),
      id: 'outage',
    },
  );
}

export function randomPlans(dice: Dice, { from, to }: DaySpan): DatedPlan[] {
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

/** Nobody has paid more of a lot than it was. */
const MOST_PAID = 300_000n;

/** What was paid of a lot, some of it given back later. */
function randomPaid(dice: Dice, due: number): LotPayment[] {
  const amount = moneyOf(1n + BigInt(dice.roll(Number(MOST_PAID))));
  const paid = { on: due + dice.roll(60) - 10, amount };
  const back = { on: paid.on + dice.roll(40), amount: moneyOf(-paid.amount / 2n) };
  return dice.is(2) ? [paid, back] : [paid];
}

function randomPenalty(dice: Dice, period: PeriodDays): AccountService {
  const kopeks = (upTo: number): ReturnType<typeof moneyOf> => moneyOf(BigInt(1 + dice.roll(upTo)));
  const debts = SCHEMES.slice(0, dice.roll(4)).map((terms) => ({
    terms,
    lots: [200, 120, 90, 40, 12].slice(0, dice.roll(6)).map((back, place) => ({
      id: String(place),
      due: period.from - back,
      principal: moneyOf(MOST_PAID + kopeks(900_000)),
      accrued: kopeks(3_000),
      ...(dice.is(3) ? { payments: randomPaid(dice, period.from - back) } : {}),
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
