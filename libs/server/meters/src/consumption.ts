import {
  addMonths,
  counted,
  type Month,
  monthsBetween,
  plausibleUpTo,
  type Quantity,
  quantity,
  quantityOf,
  type Resource,
} from '@kvartal/domain';
import type { KnownReading, KnownRegister } from './intake.state';

/** A monthly consumption that nobody needs to look at twice, by resource (domain rule I.2.8). */
const ALWAYS_PLAUSIBLE: Readonly<Record<Resource, Quantity>> = {
  COLD_WATER: quantity('30'),
  HOT_WATER: quantity('30'),
  ELECTRICITY: quantity('1500'),
  HEAT: quantity('15'),
  GAS: quantity('300'),
};

const FEWEST_FOR_USUAL = 3;
const MONTHS_OF_HISTORY = 12;

/** What was really read and settled months, the earliest first: an estimate says nothing of the register. */
export const settled = (readings: readonly KnownReading[]): KnownReading[] =>
  readings
    .filter(({ settles, source }) => settles && source !== 'ESTIMATE')
    .sort((one, other) => (one.month < other.month ? -1 : 1));

/** The last reading that settled a month before this one; of a meter that is new, the one that it began with. */
export const previousOf = (readings: readonly KnownReading[], before: Month): KnownReading | undefined =>
  settled(readings)
    .filter(({ month }) => month < before)
    .at(-1) ??
  readings.find(
    ({ source, state, settles, month }) =>
      source === 'INSTALLATION' && state === 'ACCEPTED' && !settles && month <= before,
  );

export interface Usual {
  from: Quantity;
  to: Quantity;
  average: Quantity;
}

/**
 * The monthly consumption of the twelve months before this one, in the unit of the resource; a gap of several months
 * counts as so many equal ones. Undefined where fewer than three months are known.
 */
export function usualOf(
  { readings, shape }: Pick<KnownRegister, 'readings' | 'shape'>,
  before: Month,
): Usual | undefined {
  const since = addMonths(before, -MONTHS_OF_HISTORY);
  const known = settled(readings).filter(({ month }) => month < before);
  const monthly: bigint[] = [];
  let total = 0n;
  let months = 0;
  known.forEach((reading, at) => {
    const earlier = known[at - 1];
    if (!earlier || reading.month < since) return;
    const span = monthsBetween(earlier.month, reading.month);
    const consumption = counted(earlier.value, reading.value, shape);
    monthly.push(consumption / BigInt(span));
    total += consumption;
    months += span;
  });
  if (months < FEWEST_FOR_USUAL) return undefined;
  const sorted = monthly.sort((one, other) => (one < other ? -1 : 1));
  return {
    from: quantityOf(sorted[0] ?? 0n),
    to: quantityOf(sorted.at(-1) ?? 0n),
    average: quantityOf(total / BigInt(months)),
  };
}

/** The largest consumption since `previous` that needs no second look, for as many months as have passed. */
export function plausibleSince(
  register: Pick<KnownRegister, 'readings' | 'shape' | 'resource'>,
  previous: KnownReading | undefined,
  of: Month,
): Quantity {
  const months = BigInt(previous ? Math.max(1, monthsBetween(previous.month, of)) : 1);
  const monthly = plausibleUpTo(usualOf(register, of)?.average, ALWAYS_PLAUSIBLE[register.resource]);
  return quantityOf(monthly * months);
}
