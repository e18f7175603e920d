import { type CivilDate, type Month, firstDay, nextMonth } from '@kvartal/domain';

/** Between seven and noon in Moscow, nine and two in Almaty: before the demo's present on its last day too. */
const FIRST_HOUR = 4;
const HOURS = 5;

/** A moment of a working morning, each row's own: an ISO instant. */
export function morningOf(day: CivilDate, row: number): string {
  const hour = String(FIRST_HOUR + (row % HOURS)).padStart(2, '0');
  const minute = String((row * 7) % 60).padStart(2, '0');
  return `${day}T${hour}:${minute}:00Z`;
}

/** When staff close a month, and when they have looked it through: on the first of the next one. */
export const closingOf = (month: Month): { starts: Date; commits: Date } => {
  const day = firstDay(nextMonth(month));
  return { starts: new Date(`${day}T07:00:00Z`), commits: new Date(`${day}T08:40:00Z`) };
};
