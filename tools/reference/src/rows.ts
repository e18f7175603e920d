import { NONE } from './exact';
import { type Account, type Service, type Span } from './facts';
import { type Flow, partsOf, type Volume } from './flows';

/*
 * A service that is charged otherwise from a day within the month stands in several rows, one after the other: they make
 * one line. What flowed belongs to the row on whose days it did, what flowed before the first row to the first.
 */

export const isMeasured = ({ method, from, to }: Service): boolean =>
  from < to && (method === 'METER' || method === 'NORM_PERSON');

/** The rows of a measured service that have days. */
export const rowsOf = ({ services }: Account, { serviceId, resource, zone }: Service['terms']): Service[] =>
  services
    .filter(isMeasured)
    .filter(
      ({ terms }) => terms.serviceId === serviceId && terms.resource === resource && terms.zone === zone,
    );

/** A flow cut by days among rows: a part for each of them, in their order, empty where it has no day of the flow. */
export function cutAmong<T extends Flow & { readonly raised?: Volume['raised'] }>(
  flow: T,
  rows: readonly Service[],
): (T & { part: Span })[] {
  const placeOn = (day: number): number =>
    Math.max(
      0,
      rows.findLastIndex(({ from }) => from <= day),
    );
  const cut = (amount: Flow['amount']): ReturnType<typeof partsOf> =>
    partsOf({ ...flow, amount }, (day) => String(placeOn(day)));
  const [plain, raised] = [cut(flow.amount), flow.raised && cut(flow.raised)];
  return rows.map((row, place) => {
    const at = plain.findIndex(({ from }) => placeOn(from) === place);
    const found = plain[at] ?? { from: row.from, to: row.from, amount: NONE };
    const above = flow.raised && { raised: raised?.[at]?.amount ?? NONE };
    return { ...flow, from: found.from, to: found.to, amount: found.amount, ...above, part: row };
  });
}

/** The volumes that a row of a measured service is charged for. */
export function volumesFor(row: Service, account: Account, volumes: readonly Volume[]): Volume[] {
  const { resource, zone } = row.terms;
  const own = volumes.filter((one) => one.resource === resource && one.zone === zone);
  const rows = rowsOf(account, row.terms);
  if (rows.length < 2) return own;
  const found = own.flatMap((volume) => {
    const { part } = volume;
    if (part && (part.to <= row.from || row.to <= part.from)) return [];
    if (part && row.from <= part.from && part.to <= row.to) return [volume];
    return cutAmong(volume, rows)[rows.indexOf(row)] ?? [];
  });
  const onDays = found.filter(({ from, to }) => from < to);
  return onDays.length > 0 ? onDays : found.slice(-1);
}

/** What of a flow belongs to a row of a service that nothing is measured of. */
export function flowIn<T extends Flow>(row: Service, { services }: Account, flow: T): T {
  const rows = services.filter((one) => one.terms.serviceId === row.terms.serviceId && one.from < one.to);
  return rows.length < 2 ? flow : (cutAmong(flow, rows)[rows.indexOf(row)] ?? flow);
}

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
