import { type CivilDate, civilDate, compareDates, daysBetween, earlierDate, laterDate } from './civil-date';
import { firstDay, type Month, nextMonth } from './month';

/** Civil days from `from` up to, but without, `to`; null is an open end. The shape of PostgreSQL's daterange. */
export interface DateRange {
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

/** A range with both ends. */
export interface Days extends DateRange {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** The days of a month, `[first day, first day of the next)`. */
export function daysOf(whole: Month): Days {
  return { from: firstDay(whole), to: firstDay(nextMonth(whole)) };
}

/** Whether a day lies in a range. */
export function rangeContains(range: DateRange, date: CivilDate): boolean {
  return (range.from === null || range.from <= date) && (range.to === null || date < range.to);
}

/** How many days a range with both ends has. */
export function countDays(range: Days): number {
  return daysBetween(range.from, range.to);
}

/** What two ranges share, or undefined where that is nothing. */
export function overlap(one: Days, other: DateRange): Days | undefined;
export function overlap(one: DateRange, other: DateRange): DateRange | undefined;
export function overlap(one: DateRange, other: DateRange): DateRange | undefined {
  const from = one.from && other.from ? laterDate(one.from, other.from) : (one.from ?? other.from);
  const to = one.to && other.to ? earlierDate(one.to, other.to) : (one.to ?? other.to);
  return from !== null && to !== null && from >= to ? undefined : { from, to };
}

/** Cuts a range at every change: at each end of the given ranges that lies inside it. Covers it without gaps. */
export function segments(whole: Days, ranges: Iterable<DateRange>): Days[] {
  const cuts = new Set<CivilDate>([whole.from]);
  for (const range of ranges) {
    for (const end of [range.from, range.to]) if (end !== null && rangeContains(whole, end)) cuts.add(end);
  }
  const starts = [...cuts].sort(compareDates);
  return starts.map((from, place) => ({ from, to: starts[place + 1] ?? whole.to }));
}

/** Reads PostgreSQL's canonical text of a daterange, `[2026-01-01,)`. @throws RangeError on anything else */
export function parseDateRange(text: string): DateRange {
  const ends = /^[[(]([\d-]*),([\d-]*)\)$/.exec(text);
  const [, from, to] = ends ?? [];
  if (from === undefined || to === undefined)
    throw new RangeError(`Not a date range: ${JSON.stringify(text)}`);
  return { from: from === '' ? null : civilDate(from), to: to === '' ? null : civilDate(to) };
}

/** A range as PostgreSQL reads it: `[2026-01-01,2026-02-01)`. */
export function dateRangeText(range: DateRange): string {
  return `[${range.from ?? ''},${range.to ?? ''})`;
}
