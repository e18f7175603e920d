import { civilDate, type CivilDate, dateFrom, daysOfMonth } from './civil-date';

/** A month of the calendar, `2026-11`: the billing period. Strings compare as the months do. */
export type Month = string & { readonly unit: 'month' };

/** A month from `YYYY-MM`. @throws RangeError where it is none: `2026-13` */
export function month(text: string): Month {
  if (!isMonth(text)) throw new RangeError(`Not a month: ${JSON.stringify(text)}`);
  return text;
}

/** Whether a text is a month, `YYYY-MM`. */
export function isMonth(text: string): text is Month {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** The month that a date lies in. */
export function monthOf(date: CivilDate): Month {
  return month(date.slice(0, 7));
}

/** The first day of a month. */
export function firstDay(of: Month): CivilDate {
  return civilDate(`${of}-01`);
}

/** The last day of a month; the month contains it. */
export function lastDay(of: Month): CivilDate {
  return civilDate(`${of}-${daysIn(of)}`);
}

/** How many days a month has: 28 to 31. */
export function daysIn(of: Month): number {
  return daysOfMonth(Number(of.slice(0, 4)), Number(of.slice(5)));
}

/** The month so many months later; a negative number goes back. */
export function addMonths(to: Month, months: number): Month {
  const number = monthNumber(to) + months;
  const year = Math.floor(number / 12);
  return month(`${String(year).padStart(4, '0')}-${String(number - year * 12 + 1).padStart(2, '0')}`);
}

export function nextMonth(after: Month): Month {
  return addMonths(after, 1);
}

export function previousMonth(before: Month): Month {
  return addMonths(before, -1);
}

/** How many months the second stands after the first. */
export function monthsBetween(from: Month, to: Month): number {
  return monthNumber(to) - monthNumber(from);
}

/** Negative, zero or positive, for sorting. */
export function compareMonths(one: Month, other: Month): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether a date lies in a month. */
export function monthContains(whole: Month, date: CivilDate): boolean {
  return date.slice(0, 7) === whole;
}

/** The day of a month; a day that the month has not becomes its last one (the 31st of June is the 30th). */
export function dayIn(whole: Month, day: number): CivilDate {
  return dateFrom(Number(whole.slice(0, 4)), Number(whole.slice(5)), Math.min(day, daysIn(whole)));
}

/** Months counted from year 0, to subtract and compare many of them. */
export function monthNumber(of: Month): number {
  return Number(of.slice(0, 4)) * 12 + Number(of.slice(5)) - 1;
}
