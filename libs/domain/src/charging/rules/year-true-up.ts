import { type Price, type Quantity, quantityOf } from '../../decimal';
import { charge, type Money, moneyOf } from '../../money';
import { divideHalfAway } from '../../rounding';

/** A month of a house's year: what its meter counted, null where it was not read, and what its premises used. */
export interface MeteredMonth {
  readonly counted: Quantity | null;
  readonly individual: Quantity;
}

/**
 * What a house used beyond its premises in each month of a year, up to the last one that its meter was read in. What a
 * meter counted over months without a reading stands in the month of the next one; months after the last reading are not
 * known yet and are left out.
 */
export function measuredYear(months: readonly MeteredMonth[]): Quantity[] {
  const last = months.findLastIndex(({ counted }) => counted !== null);
  return months.slice(0, last + 1).map(({ counted, individual }) => quantityOf((counted ?? 0n) - individual));
}

/** A month of an account that a year's readings settle: its line, and what its house shared then. */
export interface YearMonth {
  /** What the house used beyond its premises, by its meter; below zero where that stands in a later month. */
  readonly measured: Quantity;
  /** What was shared instead: by the norm, or by the average of the year before. */
  readonly distributed: Quantity;
  /** The account's part of that. */
  readonly quantity: Quantity;
  /** What a unit cost when the month ended. */
  readonly price: Price;
  readonly id?: string;
}

/**
 * What a year of readings changes about months that were charged by a norm or an average (specification B.5, modes 1 and
 * 2; B.3, HEATING_PREV_YEAR_AVG; ЖК РФ art. 156 p. 9.2): of each month the account's part of what was measured, by the
 * part that it was charged, less what it was charged, at the month's own price. No norm caps it. Volumes are rounded to a
 * millionth, money once a month. Months of which nothing was shared stay as they are.
 */
export function yearTrueUp(months: readonly YearMonth[]): Money {
  let total = 0n;
  for (const { measured, distributed, quantity, price } of months) {
    if (distributed === 0n) continue;
    const part = divideHalfAway(measured * quantity, distributed);
    total += charge(quantityOf(part - quantity), price);
  }
  return moneyOf(total);
}
