import { addDays, type CivilDate } from './civil-date';
import { countInclusive, inclusiveDaysIn, splitByDays } from './days-share';
import { type Price, type Quantity, quantityOf, type Ratio, ratioOf } from './decimal';
import { charge, type Money, moneyOf, negate, PRODUCT_PER_MINOR, subtractMoney, sum } from './money';
import { daysIn, type Month } from './month';
import { divideHalfAway } from './rounding';

const ONE = 100_000_000n;
const UNIT = 1_000_000n;
const HUNDRED_PERCENT = 100n * ONE;
/** A per cent times hours is exact in this many parts. */
const FINE_HUNDRED_PERCENT = HUNDRED_PERCENT * UNIT;

/** How a closed month's charge changes. */
export interface MonthDelta {
  readonly month: Month;
  readonly quantity: Quantity;
  readonly newAmount: Money;
  readonly delta: Money;
}

/**
 * A reading that comes after estimated months: what was counted since the last one is spread over them by days, each
 * is charged anew, and the differences are the recalculation (specification B.7, REDISTRIBUTE).
 */
export function trueUp(
  total: Quantity,
  months: readonly { readonly month: Month; readonly price: Price; readonly charged: Money }[],
): { months: MonthDelta[]; recalculation: Money } {
  const volumes = splitByDays(
    total,
    months.map((one) => daysIn(one.month)),
  );
  const deltas = months.map(({ month, price, charged }, place): MonthDelta => {
    const quantity = volumes[place] ?? quantityOf(0n);
    const newAmount = charge(quantity, price);
    return { month, quantity, newAmount, delta: subtractMoney(newAmount, charged) };
  });
  return { months: deltas, recalculation: sum(deltas.map((one) => one.delta)) };
}

/**
 * A reading of closed months corrected: each month is charged anew by its old price, the next month's beginning moves
 * with it, and the differences are the recalculation (B.8).
 */
export function readingCorrection(
  months: readonly { readonly price: Price; readonly old: Quantity; readonly corrected: Quantity }[],
): { months: { old: Money; corrected: Money; delta: Money }[]; recalculation: Money } {
  const deltas = months.map(({ price, old, corrected }) => {
    const before = charge(old, price);
    const after = charge(corrected, price);
    return { old: before, corrected: after, delta: subtractMoney(after, before) };
  });
  return { months: deltas, recalculation: sum(deltas.map((one) => one.delta)) };
}

/** What flowed past while a meter was being replaced: the monthly average for the days between (B.8). */
export function replacementGap(average: Quantity, gapDays: number, month: Month): Quantity {
  return quantityOf(divideHalfAway(average * BigInt(gapDays), BigInt(daysIn(month))));
}

/**
 * Temporary absence, for services by norm without a meter: full days stand strictly between departure and arrival,
 * and only more than so many of them count (PP 354 part VIII, specification B.9.1). The reduction is negative.
 */
export function absence(given: {
  month: Month;
  departure: CivilDate;
  arrival: CivilDate;
  norm: Ratio;
  people: bigint;
  price: Price;
  /** The law's number of full days that do not count yet. */
  moreThan: number;
}): { fullDays: number; days: number; recalculation: Money } {
  const away = { from: addDays(given.departure, 1), to: addDays(given.arrival, -1) };
  const fullDays = countInclusive(away);
  const days = fullDays > given.moreThan ? inclusiveDaysIn(given.month, away) : 0;
  const exact = given.norm * given.price * given.people * BigInt(days);
  const reduction = divideHalfAway(exact, PRODUCT_PER_MINOR * 100n * BigInt(daysIn(given.month)));
  return { fullDays, days, recalculation: moneyOf(-reduction) };
}

/** An interruption: hours above the allowed ones reduce the month's charge by a per cent each (B.10.1). */
export function interruption(given: {
  charged: Money;
  hours: Quantity;
  allowedHours: Quantity;
  percentPerHour: Ratio;
}): { excessHours: Quantity; reduction: Money } {
  const excess = given.hours > given.allowedHours ? given.hours - given.allowedHours : 0n;
  return {
    excessHours: quantityOf(excess),
    reduction: reduced(given.charged, excess * given.percentPerHour),
  };
}

/** Hours during which hot water had a temperature. */
export interface TemperatureSlot {
  /** Millionths of a degree and of an hour. */
  readonly temperature: Quantity;
  readonly hours: Quantity;
  readonly night: boolean;
}

const STEP = 3n * UNIT;
const COLD_BELOW = 40n * UNIT;
const TENTH_OF_PERCENT = ONE / 10n;

/**
 * Hot water that was not hot enough: 0.1 % for each full three degrees below the lowest allowed and hour, at most all;
 * hours below 40 °C are counted apart, to be charged as cold water (B.10.2).
 */
export function hotWaterTemperature(given: {
  charged: Money;
  /** The lowest allowed, tolerance already taken. */
  dayMinimum: Quantity;
  nightMinimum: Quantity;
  steps: 'FLOOR' | 'CEIL';
  slots: readonly TemperatureSlot[];
}): { percent: Ratio; hoursAtColdTariff: Quantity; reduction: Money } {
  let exact = 0n;
  let cold = 0n;
  for (const { temperature, hours, night } of given.slots) {
    const missing = (night ? given.nightMinimum : given.dayMinimum) - temperature;
    if (temperature < COLD_BELOW) cold += hours;
    else if (missing > 0n) exact += ((missing + (given.steps === 'CEIL' ? STEP - 1n : 0n)) / STEP) * hours;
  }
  const all = exact * TENTH_OF_PERCENT;
  const percent = all > FINE_HUNDRED_PERCENT ? FINE_HUNDRED_PERCENT : all;
  return {
    percent: ratioOf(divideHalfAway(percent, UNIT)),
    hoursAtColdTariff: quantityOf(cold),
    reduction: reduced(given.charged, percent),
  };
}

/** A part of a charge taken away, at most all of it; the per cent in parts of `FINE_HUNDRED_PERCENT`. */
function reduced(charged: Money, finePercent: bigint): Money {
  const percent = finePercent > FINE_HUNDRED_PERCENT ? FINE_HUNDRED_PERCENT : finePercent;
  return moneyOf(-divideHalfAway(charged * percent, FINE_HUNDRED_PERCENT));
}

/** A benefit as a negative line: the part of the volume that it covers, at a per cent of its price (B.11). */
export function benefit(given: {
  quantity: Quantity;
  /** Undefined where the whole volume counts. */
  normQuantity: Quantity | undefined;
  share: { readonly beneficiaries: bigint; readonly people: bigint } | undefined;
  price: Price;
  percent: Ratio;
}): { baseQuantity: Quantity; baseAmount: Money; benefit: Money } {
  const { quantity, normQuantity, share } = given;
  const covered = normQuantity !== undefined && normQuantity < quantity ? normQuantity : quantity;
  const base = share ? divideHalfAway(covered * share.beneficiaries, share.people) : covered;
  const baseQuantity = quantityOf(base);
  const baseAmount = charge(baseQuantity, given.price);
  const reduction = moneyOf(divideHalfAway(baseAmount * given.percent, HUNDRED_PERCENT));
  return { baseQuantity, baseAmount, benefit: negate(reduction) };
}
