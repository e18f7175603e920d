import { type Quantity, quantityOf, type Ratio } from './decimal';
import { divideHalfAway } from './rounding';

/** How far an average carries, as the law of the country says (PP 354 p. 59, 60): dated rows, months each. */
export interface AverageTerms {
  /** How many months by readings it is taken of, the last ones. */
  readonly of: number;
  /** How many there must be. */
  readonly needs: number;
  /** How many months in a row it may stand for, the one being charged included. */
  readonly lasts: number;
}

const ONE = 100_000_000n;

/**
 * The average of the last months that were charged by readings, rounded to a millionth. Undefined where it may not be
 * taken: too many months missed in a row, or too short a history.
 */
export function averageVolume(
  history: readonly Quantity[],
  missed: number,
  { of, needs, lasts }: AverageTerms,
): Quantity | undefined {
  if (missed > lasts || history.length < needs || history.length === 0) return undefined;
  const first = Math.max(0, history.length - of);
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
  averages: AverageTerms;
  norm: Ratio;
  people: bigint;
  coefficient?: Ratio;
}): { method: 'AVERAGE' | 'NORM'; quantity: Quantity } {
  const average = averageVolume(given.history, given.missed, given.averages);
  if (average !== undefined) return { method: 'AVERAGE', quantity: average };
  return { method: 'NORM', quantity: normVolume(given.norm, given.people, given.coefficient) };
}
