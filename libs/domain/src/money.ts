import { decimalText, parseDecimal, type Price, type Quantity } from './decimal';
import { divideHalfAway } from './rounding';

/** Money in minor units (kopeks, tiyn). Debt is positive, a reduction or an overpayment negative. */
export type Money = bigint & { readonly unit: 'money' };

const MONEY_DECIMALS = 2;
/** A quantity times a price is in millionths of millionths; this many of them make one minor unit. */
export const PRODUCT_PER_MINOR = 10_000_000_000n;

export const ZERO: Money = moneyOf(0n);

/** Money from a plain decimal, `164.40`. @throws RangeError on more than two decimals or on anything else */
export function money(text: string): Money {
  return moneyOf(parseDecimal(text, MONEY_DECIMALS));
}

/** Gives an integer of minor units its unit. */
export function moneyOf(minor: bigint): Money;
export function moneyOf(minor: bigint): bigint {
  return minor;
}

/** Money as a plain decimal with exactly two decimals, `164.40`. */
export function moneyText(value: Money): string {
  return decimalText(value, MONEY_DECIMALS, MONEY_DECIMALS);
}

/** The sum of the sums given. */
export function addMoney(...sums: Money[]): Money {
  return sum(sums);
}

/** The sum of a list. */
export function sum(sums: Iterable<Money>): Money {
  let total = 0n;
  for (const one of sums) total += one;
  return moneyOf(total);
}

/** The first sum less the second. */
export function subtractMoney(from: Money, what: Money): Money {
  return moneyOf(from - what);
}

/** The opposite sum: a debt of it becomes an overpayment. */
export function negate(value: Money): Money {
  return moneyOf(-value);
}

/** The larger of two sums. */
export function maxMoney(one: Money, other: Money): Money {
  return one < other ? other : one;
}

/** The smaller of two sums. */
export function minMoney(one: Money, other: Money): Money {
  return one < other ? one : other;
}

/** Quantity times price, rounded once to the minor unit, half away from zero (specification 0.2, rules 3 and 4). */
export function charge(quantity: Quantity, price: Price): Money {
  return moneyOf(divideHalfAway(quantity * price, PRODUCT_PER_MINOR));
}
