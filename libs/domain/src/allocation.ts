import { type Ratio } from './decimal';
import { maxMoney, type Money, minMoney, moneyOf, subtractMoney, sum, ZERO } from './money';
import { type Month } from './month';
import { divideHalfAway, split } from './rounding';

/** Where the parts of a payment went, in the order of what they were allocated to, and what nothing took. */
export interface Allocation {
  readonly amounts: readonly Money[];
  readonly advance: Money;
}

/**
 * Splits a payment over debts in proportion to them by largest remainders; overpaid rows get nothing (specification
 * D.4, PROPORTIONAL, the default). What is above all debts is an advance. `amounts` and `advance` sum up to the
 * payment exactly.
 *
 * @throws RangeError on a payment below zero
 */
export function allocateProportional(payment: Money, balances: readonly Money[]): Allocation {
  if (payment < 0n) throw new RangeError('A payment below zero is a refund');
  const debts = balances.map((balance) => maxMoney(balance, ZERO));
  const owed = sum(debts);
  if (payment >= owed) return { amounts: debts, advance: subtractMoney(payment, owed) };
  return { amounts: split(payment, debts).map(moneyOf), advance: ZERO };
}

/**
 * Pays the month that the payer named, then the oldest; inside a month that the money does not cover, in proportion
 * (FIFO). `amounts` stand in the order of `debts`.
 */
export function allocateOldestFirst(
  payment: Money,
  debts: readonly { readonly month: Month; readonly amount: Money }[],
  named?: Month,
): Allocation {
  const months = [...new Set(debts.map(({ month }) => month))].sort();
  const amounts: Money[] = debts.map(() => ZERO);
  let left = payment;
  for (const month of [...months.filter((one) => one === named), ...months.filter((one) => one !== named)]) {
    const own = [...debts.entries()].filter(([, debt]) => debt.month === month);
    const given = allocateProportional(
      left,
      own.map(([, { amount }]) => amount),
    );
    for (const [index, [place]] of own.entries()) amounts[place] = given.amounts[index] ?? ZERO;
    left = given.advance;
  }
  return { amounts, advance: left };
}

/** Pays debts one after another in the order given (PRIORITY). */
export function allocateInOrder(payment: Money, balances: readonly Money[]): Allocation {
  let left = payment;
  const amounts = balances.map((balance) => {
    const part = minMoney(left, maxMoney(balance, ZERO));
    left = subtractMoney(left, part);
    return part;
  });
  return { amounts, advance: left };
}

/** What taking a payment costs: a per cent of it, at least a minimum (specification G.1). */
export function commission(amount: Money, percent: Ratio, minimum: Money = ZERO): Money {
  return maxMoney(minimum, moneyOf(divideHalfAway(amount * percent, 100n * 100_000_000n)));
}
