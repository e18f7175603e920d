import { type CivilDate, daysBetween, earlierDate, laterDate } from './civil-date';
import { type Price, type Quantity, quantityOf, type Ratio } from './decimal';
import { charge, type Money, moneyOf, PRODUCT_PER_MINOR } from './money';
import { daysIn, firstDay, lastDay, type Month } from './month';
import { divideHalfAway } from './rounding';

/** Days with both ends counted, as acts and contracts write them. */
export interface InclusiveDays {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** How many days, both ends counted; 0 where the second stands before the first. */
export function countInclusive({ from, to }: InclusiveDays): number {
  return Math.max(0, daysBetween(from, to) + 1);
}

/** How many of some days lie in a month. */
export function inclusiveDaysIn(month: Month, { from, to }: InclusiveDays): number {
  return countInclusive({ from: laterDate(from, firstDay(month)), to: earlierDate(to, lastDay(month)) });
}

/** Area times price for so many days of a month, rounded once (specification B.6). */
export function chargeAreaDays(area: Quantity, price: Price, days: number, month: Month): Money {
  return moneyOf(divideHalfAway(area * price * BigInt(days), PRODUCT_PER_MINOR * BigInt(daysIn(month))));
}

/** Volume by norm of person days in a month, rounded once to a millionth. */
export function personDaysVolume(norm: Ratio, personDays: bigint, month: Month): Quantity {
  return quantityOf(divideHalfAway(norm * personDays, 100n * BigInt(daysIn(month))));
}

/**
 * Splits a volume by days: each part but the last is rounded to a millionth, the last takes the remainder, so that
 * nothing is lost. @throws RangeError where there is something to split over no days
 */
export function splitByDays(quantity: Quantity, days: readonly number[]): Quantity[] {
  const whole = days.reduce((total, part) => total + part, 0);
  let left: bigint = quantity;
  return days.map((part, place) => {
    const share = place === days.length - 1 ? left : divideHalfAway(quantity * BigInt(part), BigInt(whole));
    left -= share;
    return quantityOf(share);
  });
}

/** A volume over days of different prices: each part at its own, each rounded. */
export function chargeSplitByDays(
  quantity: Quantity,
  parts: readonly { readonly days: number; readonly price: Price }[],
): { quantity: Quantity; amount: Money }[] {
  const volumes = splitByDays(
    quantity,
    parts.map((part) => part.days),
  );
  return parts.map(({ price }, place) => {
    const volume = volumes[place] ?? quantityOf(0n);
    return { quantity: volume, amount: charge(volume, price) };
  });
}
