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
    const share = end === to ? left : whole === 0n ? 0n : divideHalfAway(quantity * weight, whole);
    left -= share;
    parts.push({ from: at, to: end, until, fact: factOn(facts, on), quantity: quantityOf(share), weights });
    at = end;
  }
  return parts;
}

/**
 * Cuts a volume by days into one for each span, in their order. A span reaches to where the next one begins, the first
 * one back to the volume's first day and the last one to its last; the last that any day falls into takes the remainder.
 */
export function cutBySpans(volume: FlowingVolume, spans: readonly DaySpan[]): FlowingVolume[] {
  const days = spans.map((_, place) => ({
    from: place === 0 ? Number.MIN_SAFE_INTEGER : (spans[place]?.from ?? volume.to),
    to: spans[place + 1]?.from ?? Number.MAX_SAFE_INTEGER,
    value: BigInt(place),
  }));
  const parts = cutVolume(volume, days);
  return days.map(({ value, from }) => {
    const part = parts.find(({ fact }) => fact?.value === value);
    if (part) return part;
    const on = Math.min(Math.max(from, volume.from), volume.to);
    return { ...volume, from: on, to: on, quantity: quantityOf(0n) };
  });
}
