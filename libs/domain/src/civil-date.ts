declare const kind: unique symbol;

/** A calendar date without time or zone: `2026-11-20`. Compares as text. */
export type CivilDate = string & { readonly [kind]: 'civil-date' };

const DAY_MS = 86_400_000;
const FORM = /^\d{4}-\d{2}-\d{2}$/;

const ofMillis = (millis: number): CivilDate => new Date(millis).toISOString().slice(0, 10) as CivilDate;
const millisOf = (date: CivilDate): number => Date.parse(`${date}T00:00:00Z`);

/** Throws RangeError where the text is no date of the calendar (2026-02-30). */
export function civilDate(text: string): CivilDate {
  const millis = FORM.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(millis) || ofMillis(millis) !== text) throw new RangeError(`«${text}» is not a date`);
  return ofMillis(millis);
}

export const addDays = (date: CivilDate, days: number): CivilDate => ofMillis(millisOf(date) + days * DAY_MS);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((millisOf(to) - millisOf(from)) / DAY_MS);

/** −1, 0 or 1, for sorting. */
export const compareDates = (a: CivilDate, b: CivilDate): number => (a < b ? -1 : a > b ? 1 : 0);

/** 1 to 31. */
export const dayOfMonth = (date: CivilDate): number => Number(date.slice(8));

const formats = new Map<string, Intl.DateTimeFormat>();

/** The civil date at an instant in a time zone (`Europe/Moscow`). */
export function todayIn(instant: Date, timeZone: string): CivilDate {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return civilDate(format.format(instant));
}
