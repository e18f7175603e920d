import { addDays, type CivilDate, dateOfDayNumber, dayNumber } from './civil-date';
import { type Money, minMoney, moneyOf, subtractMoney, sum, ZERO } from './money';
import { bandOn, type KeyRate, type PenaltyScheme, rateOn, type RateRule } from './penalty-rates';
import { divideHalfAway } from './rounding';

/** Money on a day; a payment's day is the payer's. */
export interface DatedMoney {
  readonly date: CivilDate;
  readonly amount: Money;
}

/** A debt of one month and service: what was due, until when, and what has been paid of it. */
export interface DebtLot {
  readonly id: string;
  readonly amount: Money;
  /** The last day on which a payment is in time. */
  readonly due: CivilDate;
  readonly payments: readonly DatedMoney[];
  /** Days without accrual, both ends counted: an instalment agreement. */
  readonly suspended?: readonly PenaltyFreeDays[];
}

/** Days on which nothing accrues; the delay goes on being counted. */
export interface PenaltyFreeDays {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** By what a penalty is found: rates, rules, moratoria, and one rate for all days where a court wants that. */
export interface PenaltyTerms {
  readonly scheme: PenaltyScheme;
  readonly keyRates: readonly KeyRate[];
  readonly rateRules: readonly RateRule[];
  readonly moratoria: readonly PenaltyFreeDays[];
  /** RATE_DATE: the rate of this day serves every day. */
  readonly rateDate?: CivilDate;
}

const HUNDRED_PERCENT = 100n * 100_000_000n;

/**
 * The penalty of a lot over days, both ends counted: Σ balance × rate × fraction as an exact fraction, rounded once
 * (specification C.5). The day of a payment still counts on what is paid; the balance falls from the next day.
 *
 * @throws RangeError where a day that costs has no key rate
 */
export function penalty(lot: DebtLot, from: CivilDate, to: CivilDate, terms: PenaltyTerms): Money {
  const due = dayNumber(lot.due);
  const fixedRate = terms.rateDate && rateOn(terms.rateDate, terms.keyRates, terms.rateRules);
  const { scheme, moratoria } = terms;
  const denominator = scheme.bands.reduce(
    (common, band) => leastCommonMultiple(common, band.denominator),
    1n,
  );
  let exact = 0n;
  for (let day = Math.max(dayNumber(from), due + 1); day <= dayNumber(to); day += 1) {
    const band = bandOn(scheme, day - due);
    if (!band) continue;
    const date = dateOfDayNumber(day);
    const balance = balanceBefore(lot, date);
    if (balance <= 0n || isFree(date, moratoria) || isFree(date, lot.suspended ?? [])) continue;
    const rate = fixedRate ?? rateOn(date, terms.keyRates, terms.rateRules);
    exact += balance * rate * band.numerator * (denominator / band.denominator);
  }
  const rounded = moneyOf(divideHalfAway(exact, HUNDRED_PERCENT * denominator));
  return scheme.upToPrincipal ? minMoney(rounded, lot.amount) : rounded;
}

/** An accrual of a penalty at a day. */
export interface Accrual {
  readonly asOf: CivilDate;
  /** Since the debt was due. */
  readonly cumulative: Money;
  /** What is new: negative where a payment with an earlier date came in later. */
  readonly accrued: Money;
}

/** Accruals at several days: each is the whole penalty so far less what has been accrued, so nothing drifts. */
export function accruals(lot: DebtLot, days: readonly CivilDate[], terms: PenaltyTerms): Accrual[] {
  let before = ZERO;
  return days.map((asOf) => {
    const cumulative = penalty(lot, addDays(lot.due, 1), asOf, terms);
    const accrued = subtractMoney(cumulative, before);
    before = cumulative;
    return { asOf, cumulative, accrued };
  });
}

/** A lot after payments were given to lots. */
export interface SettledLot extends DebtLot {
  readonly remaining: Money;
}

/** Gives payments, by their dates, to the lots that fell due first; what no lot takes is an advance. */
export function settleOldestFirst(
  lots: readonly Omit<DebtLot, 'payments'>[],
  payments: readonly DatedMoney[],
): { lots: SettledLot[]; advance: Money } {
  const open = lots.map((lot) => ({ lot, left: lot.amount, taken: new Array<DatedMoney>() }));
  const oldest = [...open].sort((one, other) => dayNumber(one.lot.due) - dayNumber(other.lot.due));
  let advance = ZERO;
  for (const { date, amount } of [...payments].sort(
    (one, other) => dayNumber(one.date) - dayNumber(other.date),
  )) {
    let rest = amount;
    for (const place of oldest) {
      const part = minMoney(rest, place.left);
      if (part <= 0n) continue;
      place.taken.push({ date, amount: part });
      place.left = subtractMoney(place.left, part);
      rest = subtractMoney(rest, part);
    }
    advance = moneyOf(advance + rest);
  }
  return {
    lots: open.map(({ lot, left, taken }) => ({ ...lot, payments: taken, remaining: left })),
    advance,
  };
}

function balanceBefore(lot: DebtLot, date: CivilDate): Money {
  return subtractMoney(
    lot.amount,
    sum(lot.payments.filter((one) => one.date < date).map((one) => one.amount)),
  );
}

function isFree(date: CivilDate, free: readonly PenaltyFreeDays[]): boolean {
  return free.some(({ from, to }) => from <= date && (to === null || date <= to));
}

function leastCommonMultiple(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return (one / a) * other;
}
