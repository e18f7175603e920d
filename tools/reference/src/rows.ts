import { NONE, sumOf } from './exact';
import { type Account, daysOf, holds, runsOf, type Service, type Span } from './facts';
import { type Flow, partsOf } from './flows';

/*
 * A service that is charged otherwise from a day within the month stands in several rows, one after the other: they make
 * one line. Services of one resource are charged for it on days of their own. What flowed is found for each day by the
 * first of them that is charged on it; each takes what flowed on its own days.
 */

export const isMeasured = ({ method, from, to }: Service): boolean =>
  from < to && (method === 'METER' || method === 'NORM_PERSON');

type Key = Pick<Service['terms'], 'resource' | 'zone'>;

/** The rows of whatever services are charged for a resource. */
export const takersOf = ({ services }: Account, { resource, zone }: Key): Service[] =>
  services.filter(isMeasured).filter(({ terms }) => terms.resource === resource && terms.zone === zone);

const daysOfAll = (rows: readonly Span[]): Span => ({
  from: Math.min(...rows.map(({ from }) => from)),
  to: Math.max(...rows.map(({ to }) => to)),
});

/** Runs of days that are found by one row each: the first that is charged on them. */
export function findersOf(takers: readonly Service[]): Service[] {
  return runsOf(daysOfAll(takers), (day) => String(takers.findIndex((row) => holds(row, day)))).flatMap(
    ({ from, to }) => {
      const row = takers.find((one) => holds(one, from));
      return row ? [{ ...row, from, to }] : [];
    },
  );
}

/** A flow cut by days among rows: a part for each of them, in their order, empty where it has no day of the flow. */
export function cutAmong<T extends Flow>(flow: T, rows: readonly Service[]): (T & { part: Service })[] {
  const placeOn = (day: number): number =>
    Math.max(
      0,
      rows.findLastIndex(({ from }) => from <= day),
    );
  const runs = partsOf(flow, (day) => String(placeOn(day)));
  return rows.map((row, place) => {
    const found = runs.find(({ from }) => placeOn(from) === place);
    const { from, to, amount } = found ?? { from: row.from, to: row.from, amount: NONE };
    return { ...flow, from, to, amount, part: row };
  });
}

/**
 * What of a flow is a row's: on those days of the part that it was found for on which the row is charged. What flowed
 * before the part's first day is that day's, what flowed after its last day is that one's. Rounded at every day on which
 * any row begins or ends.
 */
export function taken<T extends Flow & { part: Span }>(flow: T, row: Span, all: readonly Span[]): T[] {
  const { part } = flow;
  const own = daysOf(part).filter((day) => holds(row, day));
  if (own.length === part.to - part.from) return [flow];
  if (own.length === 0) return [];
  const inPart = (day: number): number => Math.min(Math.max(day, part.from), part.to - 1);
  const stretch = (day: number): string => all.map(({ from, to }) => `${from <= day} ${to <= day}`).join();
  const runs = partsOf(flow, (day) => stretch(inPart(day))).filter(({ from }) => holds(row, inPart(from)));
  const first = own[0] ?? part.from;
  return [
    {
      ...flow,
      from: runs[0]?.from ?? first,
      to: runs.at(-1)?.to ?? first,
      amount: sumOf(runs.map(({ amount }) => amount)),
    },
  ];
}

/** Rows in which the service of a row comes. */
export const rowsLike = ({ terms }: Service, { services }: Account): Service[] =>
  services.filter((one) => one.terms.serviceId === terms.serviceId && one.from < one.to);

/** The rows of a line: of one service and supplier, one after the other. */
export function linesOf({ services }: Account): [Service, ...Service[]][] {
  const lines: [Service, ...Service[]][] = [];
  for (const service of services) {
    const { serviceId, supplierId } = service.terms;
    const last = lines.at(-1);
    const before = last?.[0].terms;
    if (last && before?.serviceId === serviceId && before.supplierId === supplierId) last.push(service);
    else lines.push([service]);
  }
  return lines;
}

/** The days that a row is charged for: a begun month is charged whole where that is decided, the rows between as they are. */
export function chargedDays(row: Service, rows: readonly Service[], { period }: Account): Service {
  if (!row.terms.wholeMonths || row.from >= row.to) return row;
  const place = rows.indexOf(row);
  const isCharged = (one: Service | undefined): boolean => one !== undefined && one.from < one.to;
  return {
    ...row,
    from: isCharged(rows[place - 1]) ? row.from : period.from,
    to: isCharged(rows[place + 1]) ? row.to : period.to,
  };
}

/** Whether an earlier row of the line has settled what was estimated in the months before. */
export const isSettled = (row: Service, rows: readonly Service[]): boolean =>
  (row.method === 'METER' || row.method === 'SUM_OF_WATER') &&
  rows.slice(0, rows.indexOf(row)).some(({ method, from, to }) => method === row.method && from < to);
