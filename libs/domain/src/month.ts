import { type CivilDate, addDays, civilDate, daysBetween } from './civil-date';

declare const kind: unique symbol;

/** A calendar month, the billing period: `2026-11`. Half-open: [first day, first day of the next). Compares as text. */
export type Month = string & { readonly [kind]: 'month' };

const FORM = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Throws RangeError where the text is no month (2026-13). */
export function month(text: string): Month {
  if (!FORM.test(text)) throw new RangeError(`«${text}» is not a month`);
  return text as Month;
}

export const monthOf = (date: CivilDate): Month => month(date.slice(0, 7));
export const firstDay = (of: Month): CivilDate => civilDate(`${of}-01`);

export function addMonths(to: Month, months: number): Month {
  const index = Number(to.slice(0, 4)) * 12 + Number(to.slice(5)) - 1 + months;
  return month(
    `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`,
  );
}

export const nextMonth = (of: Month): Month => addMonths(of, 1);
export const previousMonth = (of: Month): Month => addMonths(of, -1);
export const lastDay = (of: Month): CivilDate => addDays(firstDay(nextMonth(of)), -1);

/** 28 to 31. */
export const daysIn = (of: Month): number => daysBetween(firstDay(of), firstDay(nextMonth(of)));

export const monthContains = (of: Month, date: CivilDate): boolean => date.startsWith(of);
