import { type Quantity, quantityOf, type Ratio } from './decimal';
import { divideHalfAway } from './rounding';

/** How far an average carries (PP 354 p. 59, 60): organisations may set other numbers. */
const AVERAGE_MONTHS = 6;
const LEAST_HISTORY = 3;
const MOST_MISSED = 3;
const ONE = 100_000_000n;

/**
 * The average of the last six months that were charged by readings, rounded to a millionth. Undefined where it may
 * not be taken: more than three months missed in a row (the one being charged counts), or a history of less than
 * three.
 */
export function averageVolume(history: readonly Quantity[], missed: number): Quantity | undefined {
  if (missed > MOST_MISSED || history.length < LEAST_HISTORY) return undefined;
  const first = Math.max(0, history.length - AVERAGE_MONTHS);
  let total = 0n;
  for (let place = first; place < history.length; place += 1) total += history[place] ?? 0n;
  return quantityOf(divideHalfAway(total, BigInt(history.length - first)));
}

/** Norm times people times coefficient, rounded once to a millionth. */
export function normVolume(norm: Ratio, people: bigint, coefficient: bigint = ONE): Quantity {
  return quantityOf(divideHalfAway(norm * people * coefficient, ONE * 100n));
}

/** What stands for a reading that is missing: the average while it may be taken, then the norm (specification B.7). */
export function estimate(given: {
  history: readonly Quantity[];
  missed: number;
  norm: Ratio;
  people: bigint;
  coefficient?: Ratio;
}): { method: 'AVERAGE' | 'NORM'; quantity: Quantity } {
  const average = averageVolume(given.history, given.missed);
  if (average !== undefined) return { method: 'AVERAGE', quantity: average };
  return { method: 'NORM', quantity: normVolume(given.norm, given.people, given.coefficient) };
}
