import { quantityOf } from '../decimal';
import { cutVolume, type FlowingVolume } from './cut-volume';
import { type AccountService, clip, type DaySpan } from './snapshot';

/*
 * Services of one resource may have other days: each is charged for what flowed on its own.
 */

const EVER = Number.MAX_SAFE_INTEGER;

/** From the first day of rows to their last. */
export function spanOf(rows: readonly DaySpan[]): DaySpan {
  const [first] = rows;
  if (first && rows.length === 1) return { from: first.from, to: first.to };
  return {
    from: Math.min(...rows.map(({ from }) => from)),
    to: Math.max(...rows.map(({ to }) => to)),
  };
}

/** The days on which a row begins or ends, ascending. */
export const boundsOf = (rows: readonly DaySpan[]): number[] =>
  [...new Set(rows.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);

/** Somebody who takes what flowed: on the days of its row, and all days on which anybody begins or ends to take it. */
export interface Taking {
  readonly row: DaySpan;
  readonly bounds: readonly number[];
}

/**
 * What of a volume belongs to a row that takes it on days of the part of the month that it was found for; none where the
 * row has none of them. What a meter counted before the part's first day is of that day, and what it counted after the
 * last one of the last. It is cut on all days on which anybody begins or ends to take it, so that the portions of those
 * who follow each other add up to it.
 */
export function portionOf<T extends FlowingVolume>(
  volume: T,
  part: DaySpan,
  { row, bounds }: Taking,
): T | undefined {
  if (row.from <= part.from && part.to <= row.to) return volume;
  const { from, to } = clip(row, part);
  if (from >= to) return undefined;
  const inside = bounds.filter((day) => part.from < day && day < part.to);
  const cuts = [part.from, ...inside].map((day, place) => ({
    from: day,
    to: inside[place] ?? EVER,
    value: BigInt(place),
  }));
  const own = cutVolume(volume, cuts).filter(({ fact }) => fact && from <= fact.from && fact.from < to);
  const quantity = quantityOf(own.reduce((total, one) => total + one.quantity, 0n));
  return { ...volume, from: own[0]?.from ?? from, to: own.at(-1)?.to ?? from, quantity };
}

/**
 * A service on the days that it is in force: one that charges begun months whole reaches beyond its row, by either of
 * whose ends it is known. Nothing flowed for it on the days beyond.
 */
export function rowOf(service: AccountService, services: readonly AccountService[]): AccountService {
  const { serviceId, supplierId, wholeMonths } = service.terms;
  if (!wholeMonths) return service;
  const rows = services.filter(
    ({ terms, from, to }) => terms.serviceId === serviceId && terms.supplierId === supplierId && from < to,
  );
  return rows.find(({ from, to }) => from === service.from || to === service.to) ?? rows[0] ?? service;
}
