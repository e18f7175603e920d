import type { CivilDate } from './civil-date';
import { compareDates } from './civil-date';
import { type DateRange, rangeContains } from './date-range';

/** What becomes of dated values when another one is to hold from a day on. */
export interface Succession<T extends DateRange> {
  /** The value that held on that day; undefined where none did. */
  readonly ends: T | undefined;
  /** The days before, for which what ends goes on to hold; undefined where there are none. */
  readonly remains: DateRange | undefined;
  /** The days of the new value: up to what was stated to come next. */
  readonly begins: DateRange;
}

/**
 * A value that holds from `since` on, among values whose days do not overlap. What was stated for later stays: the new
 * value ends where the one it replaces ended, or, where none held on that day, where the next one begins.
 */
export function succeed<T extends DateRange>(standing: readonly T[], since: CivilDate): Succession<T> {
  const ends = standing.find((one) => rangeContains(one, since));
  const [next] = standing
    .flatMap(({ from }) => (from !== null && from > since ? [from] : []))
    .sort(compareDates);
  return {
    ends,
    remains: ends && ends.from !== since ? { from: ends.from, to: since } : undefined,
    begins: { from: since, to: ends ? ends.to : (next ?? null) },
  };
}

/** The days from `since` on for which none of the values holds, earliest first. */
export function uncovered(standing: readonly DateRange[], since: CivilDate): DateRange[] {
  const holes: DateRange[] = [];
  let reached: CivilDate | null = since;
  const inOrder = [...standing].sort((one, other) => compareDates(one.from ?? since, other.from ?? since));
  for (const { from, to } of inOrder) {
    if (reached === null) break;
    if (from !== null && from > reached) holes.push({ from: reached, to: from });
    if (to === null) reached = null;
    else if (to > reached) reached = to;
  }
  return reached === null ? holes : [...holes, { from: reached, to: null }];
}
