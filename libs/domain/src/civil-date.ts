/** A day of the calendar without time or zone, `2026-11-21`. Strings compare as the days do. */
export type CivilDate = string & { readonly unit: 'date' };

const DAYS_PER_ERA = 146_097;
const DAYS_BEFORE_1970 = 719_468;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A date from `YYYY-MM-DD`. @throws RangeError where it is none: `2026-02-29` */
export function civilDate(text: string): CivilDate {
  if (!isCivilDate(text)) throw new RangeError(`Not a date: ${JSON.stringify(text)}`);
  return text;
}

/** Whether a text is a day that exists, `YYYY-MM-DD`. */
export function isCivilDate(text: string): text is CivilDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(Number(text.slice(0, 4)), month);
}

/** How many days a month has; months count from 1. */
export function daysOfMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Whether a year has a 29th of February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The day of a year, month (from 1) and day of the month. @throws RangeError where there is none */
export function dateFrom(year: number, month: number, day: number): CivilDate {
  return civilDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

/** Days since 1970-01-01: makes distances between dates a subtraction. */
export function dayNumber(date: CivilDate): number {
  const monthNumber = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (monthNumber <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((monthNumber + 9) % 12) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_1970;
}

/** The date that stands so many days after 1970-01-01. */
export function dateOfDayNumber(days: number): CivilDate {
  const shifted = days + DAYS_BEFORE_1970;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const monthNumber = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return dateFrom(yearOfEra + era * 400 + (monthNumber <= 2 ? 1 : 0), monthNumber, day);
}

/** The date so many days later; a negative number goes back. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** How many days the second date stands after the first: 1 for tomorrow, 0 for the same day. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Negative, zero or positive, for sorting. */
export function compareDates(one: CivilDate, other: CivilDate): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The later of two dates. */
export function laterDate(one: CivilDate, other: CivilDate): CivilDate {
  return one < other ? other : one;
}

/** The earlier of two dates. */
export function earlierDate(one: CivilDate, other: CivilDate): CivilDate {
  return one < other ? one : other;
}

/** The day of the month, from 1. */
export function dayOfMonth(date: CivilDate): number {
  return Number(date.slice(8, 10));
}

/** The day of the week, 1 for Monday to 7 for Sunday. */
export function dayOfWeek(date: CivilDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** The civil date of an instant in an IANA time zone, `Europe/Moscow`. @throws RangeError on an unknown zone */
export function todayIn(instant: Date, timeZone: string): CivilDate {
  let zone = zones.get(timeZone);
  if (!zone) {
    zone = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    zones.set(timeZone, zone);
  }
  const parts = new Map(zone.formatToParts(instant).map((part) => [part.type, part.value]));
  return civilDate(`${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`);
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
