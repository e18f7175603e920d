import { addDays, type CivilDate, dayOfWeek } from './civil-date';
import { dayIn, type Month, nextMonth } from './month';

/** Until which day of the next month a bill is to be paid, from a charged month on; ascending. */
export interface DueDayRule {
  readonly from: Month;
  readonly day: number;
}

/** The dates that follow from a bill's month. */
export interface DueDates {
  readonly nominalDueDate: CivilDate;
  /** The last day on which a payment is in time. */
  readonly dueDate: CivilDate;
  readonly firstOverdueDay: CivilDate;
  /** The first day that costs by part 14 of article 155, and the first at the higher fraction. */
  readonly firstPenaltyDay: CivilDate;
  readonly firstDay130: CivilDate;
}

const GRACE_DAYS = 31;
const DAYS_BEFORE_130 = 91;

/**
 * When a month's bill is to be paid (specification C.4). With a calendar, a due date on a day off moves to the next
 * working day (Civil Code, article 193).
 *
 * @throws RangeError where no rule covers the month
 */
export function dueDates(
  month: Month,
  rules: readonly DueDayRule[],
  daysOff?: ReadonlySet<CivilDate>,
): DueDates {
  const rule = rules.findLast(({ from }) => from <= month);
  if (!rule) throw new RangeError(`No due day is known for ${month}`);
  const nominalDueDate = dayIn(nextMonth(month), rule.day);
  const dueDate = daysOff ? nextWorkday(nominalDueDate, daysOff) : nominalDueDate;
  return {
    nominalDueDate,
    dueDate,
    firstOverdueDay: addDays(dueDate, 1),
    firstPenaltyDay: addDays(dueDate, GRACE_DAYS),
    firstDay130: addDays(dueDate, DAYS_BEFORE_130),
  };
}

/** The day itself where it is a working day, else the next one; Saturdays and Sundays are off. */
export function nextWorkday(day: CivilDate, daysOff: ReadonlySet<CivilDate>): CivilDate {
  let candidate = day;
  while (dayOfWeek(candidate) > 5 || daysOff.has(candidate)) candidate = addDays(candidate, 1);
  return candidate;
}
