import { type Dated, type DaySpan } from './snapshot';

/** The fact that is true on a day. */
export function factOn<T extends bigint>(facts: readonly Dated<T>[], day: number): Dated<T> | undefined {
  for (const fact of facts) if (fact.from <= day && day < fact.to) return fact;
  return undefined;
}

/**
 * The first day after `day` on which the value is another, or there begins or ends to be one. Neighbours of equal
 * value count as one fact: how facts were cut must not change money.
 */
export function changeAfter<T extends bigint>(facts: readonly Dated<T>[], day: number): number {
  let end: number | undefined;
  let value: T | undefined;
  for (const fact of facts) {
    if (end === undefined) {
      if (day < fact.from) return fact.from;
      if (day >= fact.to) continue;
      end = fact.to;
      value = fact.value;
    } else if (fact.from === end && fact.value === value) end = fact.to;
    else return end;
  }
  return end ?? Number.MAX_SAFE_INTEGER;
}

/** Value times days, summed over days `[from, to)`: square metre days, person days. Days without a fact count as zero. */
export function weightOver(facts: readonly Dated<bigint>[], from: number, to: number): bigint {
  let weight = 0n;
  for (const fact of facts) {
    const days = Math.min(fact.to, to) - Math.max(fact.from, from);
    if (days > 0) weight += fact.value * BigInt(days);
  }
  return weight;
}

/** The fact that covers all days `[from, to)`, or undefined where it changes or is missing inside. */
export function onlyFact<T extends bigint>(
  facts: readonly Dated<T>[],
  from: number,
  to: number,
): Dated<T> | undefined {
  const fact = factOn(facts, from);
  return fact && (fact.to >= to || changeAfter(facts, from) >= to) ? fact : undefined;
}

/** Whether something counts on a day without a fact: people or square metres where no norm is known. */
export function isUncovered(
  facts: readonly Dated<bigint>[],
  { from, to }: DaySpan,
  bases: readonly Dated<bigint>[],
  isCharged: (day: number) => boolean = () => true,
): boolean {
  if (onlyFact(facts, from, to)) return false;
  for (let day = from; day < to; day += 1)
    if (!factOn(facts, day) && weightOver(bases, day, day + 1) !== 0n && isCharged(day)) return true;
  return false;
}
