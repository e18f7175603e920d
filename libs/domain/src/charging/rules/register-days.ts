import { dateOfDayNumber } from '../../civil-date';
import { type Quantity, quantityOf } from '../../decimal';
import { monthOf, monthsBetween } from '../../month';
import { counted, type RegisterShape } from '../../readings';
import { replacementGap } from '../../recalculations';
import {
  type AccountRegister,
  type Dated,
  type DaySpan,
  type PeriodDays,
  type SettledReading,
} from '../snapshot';

/** From a day on a register's readings do not count: it broke, was lost, or its verification ran out. */
export interface UnusableRegister {
  /** The first day on which they do not. */
  readonly since: number;
  readonly why: 'BROKEN' | 'LOST' | 'VERIFICATION_EXPIRED';
  readonly id?: string;
}

/** A register that was taken down between the previous month's reading and this one's. */
export interface ReplacedRegister {
  readonly registerId: string;
  readonly shape: RegisterShape;
  readonly previous: SettledReading;
  /** What it showed when it was taken down. */
  readonly final: SettledReading;
  /** A month's average, for the days on which there was no register. */
  readonly average: Quantity;
  /** What has been charged by estimate since its previous reading: the last one contains it. Left out where nothing was. */
  readonly estimatedSince?: Quantity;
}

/**
 * A register as the month may take it: a reading of a day on which it was no longer usable is none, and the months that
 * its average lasts for begin with the event (specification B.7; PP 354 p. 59 а): silence before it was another reason,
 * with months of its own. Where a reading of before still settled the event's month, they begin with the next one.
 */
export function asUsable(register: AccountRegister, { month, to }: PeriodDays): AccountRegister {
  const { unusable, current, missed } = register;
  if (!unusable || unusable.since >= to || (current && current.on < unusable.since)) return register;
  const sinceEvent = monthsBetween(monthOf(dateOfDayNumber(unusable.since)), month) + 1;
  return { ...register, current: null, missed: Math.max(1, Math.min(missed, sinceEvent)) };
}

/** What flowed on some days. */
export interface Flow extends DaySpan {
  readonly quantity: Quantity;
}

/** Days of a register one after the other: those of the one before it, those without any, those between readings. */
export function flowsOf(
  { replaced, between = [], shape }: AccountRegister,
  ends: { readonly previous: SettledReading; readonly current: SettledReading | null },
  period: PeriodDays,
): Flow[] {
  const readings = [ends.previous, ...between, ...(ends.current ? [ends.current] : [])];
  const flows = replaced ? replacedFlows(replaced, ends.previous, period) : [];
  for (const [place, reading] of readings.entries()) {
    const before = readings[place - 1];
    if (before)
      flows.push({ ...daysBetween(before, reading), quantity: counted(before.value, reading.value, shape) });
  }
  return flows;
}

function replacedFlows(replaced: ReplacedRegister, start: SettledReading, { month }: PeriodDays): Flow[] {
  const { previous, final, shape, average } = replaced;
  return [
    { ...daysBetween(previous, final), quantity: counted(previous.value, final.value, shape) },
    { ...daysBetween(final, start), quantity: replacementGap(average, start.on - final.on, month) },
  ];
}

const daysBetween = (one: SettledReading, other: SettledReading): DaySpan => ({
  from: one.on + 1,
  to: other.on + 1,
});

/**
 * Weights that spread a sum of flows over their days as they flowed, exactly: each day weighs its flow times the days
 * of all the others. Null where a flow has no days of its own: then the sum is spread evenly.
 */
export function weightsOf(flows: readonly Flow[]): readonly Dated<bigint>[] | null {
  const counting = flows.filter(({ from, to, quantity }) => to > from || quantity !== 0n);
  if (counting.some(({ from, to }) => to <= from)) return null;
  const days = counting.reduce((product, { from, to }) => product * BigInt(to - from), 1n);
  return counting.map(({ from, to, quantity }) => ({
    from,
    to,
    value: (quantity * days) / BigInt(to - from),
  }));
}

/** What has been charged by estimate of what a register counted, or the one before it: a reading contains it. */
export const estimatedWith = ({ estimatedSince, replaced }: AccountRegister): Quantity =>
  quantityOf(estimatedSince + (replaced?.estimatedSince ?? 0n));

/** The sum of flows. */
export function flowed(flows: readonly Flow[]): Quantity {
  return quantityOf(flows.reduce((total, { quantity }) => total + quantity, 0n));
}
