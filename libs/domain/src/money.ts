import { type Price, type Quantity, decimalText, parseDecimal } from './decimal';
import { divideHalfAway } from './rounding';

declare const unit: unique symbol;

/** An amount in minor units: kopeks, tiyn. Debt is positive, an overpayment negative. */
export type Money = bigint & { readonly [unit]: 'money' };

export const moneyOf = (minorUnits: bigint): Money => minorUnits as Money;
export const ZERO: Money = moneyOf(0n);

/** `money('164.40')`. Throws RangeError on garbage and on more than two decimals. */
export const money = (text: string): Money => moneyOf(parseDecimal(text, 2));

/** "164.40": always two decimals, a point, a hyphen for minus. */
export const moneyText = (amount: Money): string => decimalText(amount, 2, 2);

/** The sum of amounts, exact. */
export function sum(amounts: Iterable<Money>): Money {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return moneyOf(total);
}

export const addMoney = (...amounts: Money[]): Money => sum(amounts);
export const negate = (amount: Money): Money => moneyOf(-amount);
export const maxMoney = (a: Money, b: Money): Money => (a >= b ? a : b);
export const minMoney = (a: Money, b: Money): Money => (a <= b ? a : b);

/** An amount rounded once, half away from zero: `numerator / denominator` minor units, both exact. */
export const roundedRatio = (numerator: bigint, denominator: bigint): Money =>
  moneyOf(divideHalfAway(numerator, denominator));

/** Volume times price, rounded once to the minor unit (domain rule B.1: never from the volume that is displayed). */
export const charge = (volume: Quantity, price: Price): Money =>
  roundedRatio(volume * price, 10_000_000_000n);
