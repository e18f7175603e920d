import { type Quantity, quantityOf } from '../decimal';
import { divideHalfAway } from '../rounding';
import { changeAfter, factOn, weightOver } from './dated';
import { type Dated, type DaySpan } from './snapshot';

/** A volume and the days it flowed on: evenly, or by weights (people) where there are some. */
export interface FlowingVolume extends DaySpan {
  readonly quantity: Quantity;
  readonly weights: readonly Dated<bigint>[] | null;
}

/** A part of a volume with the fact of its days; undefined where there is none. */
export interface VolumePart<T extends bigint> extends FlowingVolume {
  readonly fact: Dated<T> | undefined;
  /** The day on which the fact ends, whatever day the volume ends. */
  readonly until: number;
}

/**
 * Cuts a volume by days where a fact changes: each part but the last rounded to a millionth, the last taking the
 * remainder (specification B.6). Days before the first fact take the first.
 */
export function cutVolume<T extends bigint>(
  volume: FlowingVolume,
  facts: readonly Dated<T>[],
): VolumePart<T>[] {
  const { from, to, quantity, weights } = volume;
  const whole = weights ? weightOver(weights, from, to) : BigInt(to - from);
  const opens = facts[0]?.from ?? to;
  const parts: VolumePart<T>[] = [];
  let left: bigint = quantity;
  for (let at = from; at < to;) {
    const on = Math.max(at, opens);
    const until = changeAfter(facts, on);
    const end = Math.min(to, until);
    const weight = weights ? weightOver(weights, at, end) : BigInt(end - at);
    const share = end === to ? left : shareOf(quantity * weight, whole);
    left -= share;
    parts.push({ from: at, to: end, until, fact: factOn(facts, on), quantity: quantityOf(share), weights });
    at = end;
  }
  return parts;
}

/** The whole is below zero where a meter took back more of what was estimated than the others counted. */
function shareOf(exact: bigint, whole: bigint): bigint {
  if (whole === 0n) return 0n;
  return whole > 0n ? divideHalfAway(exact, whole) : divideHalfAway(-exact, -whole);
}

/**
 * Cuts a volume by days into one for each span, in their order. A span reaches to where the next one begins, the first
 * one back to the volume's first day and the last one to its last; the last that any day falls into takes the remainder.
 */
function cutBySpans(volume: FlowingVolume, spans: readonly DaySpan[]): FlowingVolume[] {
  const days = spans.map(({ from }, place) => ({
    from,
    to: spans[place + 1]?.from ?? Number.MAX_SAFE_INTEGER,
    value: BigInt(place),
  }));
  const parts = cutVolume(volume, days);
  return days.map(
    (fact) =>
      parts.find((part) => part.fact === fact) ?? {
        ...volume,
        from: fact.from,
        to: fact.from,
        quantity: quantityOf(0n),
      },
  );
}

/** A volume of several rows, cut by days where one begins after another: what of it falls to each. */
export function cutAmong<T extends FlowingVolume>(volume: T, rows: readonly DaySpan[]): T[] {
  if (rows.length === 1) return [volume];
  return cutBySpans(volume, rows).map(({ from, to, quantity }) => ({ ...volume, from, to, quantity }));
}

/**
 * Which of the rows that a service comes in it is, by either of its ends: one that charges whole months reaches beyond
 * its row.
 */
export function placeAmong({ from, to }: DaySpan, rows: readonly DaySpan[]): number {
  return rows.findIndex((row) => row.from === from || row.to === to);
}
