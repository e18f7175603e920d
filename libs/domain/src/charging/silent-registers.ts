import { type Quantity, quantityOf } from '../decimal';
import { divideHalfAway, split } from '../rounding';
import { type DaySpan } from './snapshot';

/** What a service was charged for a resource in a month, on the days that it was charged for; nothing that a house shared. */
export interface ChargedVolume extends DaySpan {
  readonly quantity: bigint;
}

/**
 * What each of the registers that were silent in a month was taken to have counted in it (specification B.7): what
 * flowed, less what the others counted, evenly. Services of one resource are charged for the same water: a day's counts
 * once, by the service of the most days, whoever else was charged for it. None where the others counted more than all.
 */
export function silentVolumes(
  lines: readonly ChargedVolume[],
  { counted, silent }: { counted: bigint; silent: number },
): Quantity[] {
  const left = flowedBy(lines) - counted;
  if (lines.length === 0 || silent === 0 || left < 0n) return [];
  return split(
    left,
    Array.from({ length: silent }, () => 1n),
  ).map(quantityOf);
}

function flowedBy(lines: readonly ChargedVolume[]): bigint {
  const known = new Set<number>();
  let total = 0n;
  for (const { from, to, quantity } of [...lines].sort((one, other) => daysOf(other) - daysOf(one))) {
    let own = 0n;
    for (let day = from; day < to; day += 1) {
      if (!known.has(day)) own += 1n;
      known.add(day);
    }
    if (own > 0n) total += divideHalfAway(quantity * own, BigInt(to - from));
  }
  return total;
}

const daysOf = ({ from, to }: DaySpan): number => to - from;
