import {
  type Month,
  type PeriodDays,
  type Resource,
  type Zone,
  addMonths,
  monthNumber,
  periodDays,
  quantityOf,
  silentShares,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { grouped } from '../grouped';
import type { Catalogue } from './closing.catalogue';
import { type Devices, joinedReadings } from './closing.devices';
import type { MonthReading, RegisterDraft } from './closing.meters';
import type { LateEstimate, SnapshotScope } from './closing.drafts';
import { type Taken, readTaken } from './closing.taken';
import { copyOut, literal } from './copy';

interface EstimatesWanted {
  scope: SnapshotScope;
  registers: ReadonlyMap<number, RegisterDraft>;
  devices: Devices;
  /** The month that is charged, as a number. */
  charged: number;
}

/**
 * A reading that comes after months of estimates contains what was estimated: finds how much that was, from the lines
 * of those months, for the few registers that it happened to (specification B.7).
 */
export async function readEstimated(
  tx: Tx,
  catalogue: Catalogue,
  { scope, registers, devices, charged }: EstimatesWanted,
): Promise<void> {
  const returned = [...registers.values()].filter(
    ({ account, current, earlier, unusable }) =>
      account !== null &&
      current !== null &&
      !(unusable && current.on >= unusable.since) &&
      (earlier.at(-1)?.month ?? charged) < charged - 1,
  );
  if (returned.length === 0) return;
  const accounts = new Set(returned.map(({ account }) => account));
  const drafts = [...registers.values()].filter(({ account }) => accounts.has(account));
  const byAccount = grouped(
    drafts.sort((one, other) => one.id - other.id),
    ({ account }) => account,
  );
  const first = Math.min(...[...byAccount.values()].map((own) => firstOf(own, charged)));
  const monthOf = new Map(scope.closed.map(({ closingId, month }) => [Number(closingId), month]));
  const closings = [...monthOf].flatMap(([closing, month]) =>
    monthNumber(month) > first ? [String(closing)] : [],
  );
  if (closings.length === 0) return;
  const wanted = new Set([...accounts].map(String));
  const lines = await readLines(tx, scope, { closings, accounts: wanted });
  const months = byResource(
    // the heat in hot water is another line of the same water, in gigacalories
    lines.filter(
      ({ service }) => catalogue.normOn(service, 'HEAT_IN_WATER', catalogue.period.to - 1) === null,
    ),
    { catalogue, monthOf },
  );
  const [oldest] = months;
  if (!oldest) return;
  const taken = await readTaken(tx, catalogue, scope, { lines, since: oldest.period.from });
  const waters = grouped(months, ({ account, resource, zone }) => `${account} ${resource} ${zone}`);
  const known = { taken, joined: joinedReadings(devices) };
  for (const own of waters.values()) attribute(byAccount.get(own[0]?.account ?? null) ?? [], own, known);
}

/**
 * After which month an account's lines are wanted: the last reading of its registers that lies furthest back, or further
 * still, because what a reading since was charged depends on the months before it, and who was silent then.
 */
function firstOf(registers: readonly RegisterDraft[], charged: number): number {
  const readings = registers.map(usable);
  let first = charged;
  let earliest = Math.min(...readings.map((earlier) => earlier.at(-1)?.month ?? charged));
  while (earliest < first) {
    const after = (first = earliest);
    const before = readings.flatMap((earlier) =>
      earlier.flatMap((reading, place) =>
        reading.month > after ? (earlier[place - 1]?.month ?? after) : [],
      ),
    );
    earliest = Math.min(earliest, ...before);
  }
  return first;
}

/** Lines of the accounts that were estimated: of closed months, and of those that are charged with this one. */
async function readLines(
  tx: Tx,
  scope: SnapshotScope,
  { closings, accounts }: { closings: readonly string[]; accounts: ReadonlySet<string> },
): Promise<LateEstimate[]> {
  const found = await copyOut(tx, estimatedLines(scope, closings, [...accounts]));
  const lines: LateEstimate[] = [];
  while (found.next())
    lines.push({
      account: found.id(),
      service: String(found.id()),
      supplier: String(found.id()),
      closing: found.id(),
      quantity: found.big(),
      common: found.big(),
      charged: found.big(),
      tariffGroup: found.small(),
    });
  return [...lines, ...(scope.late ?? []).filter(({ account }) => accounts.has(String(account)))];
}

/**
 * Estimated lines of closed months, net of tax and coefficient, and those that were held then and charged later: as they
 * were charged, or by the last recalculation of their month.
 */
function estimatedLines(
  { organizationId, knownAt }: SnapshotScope,
  closings: readonly string[],
  accounts: readonly string[],
): string {
  const posted = knownAt ? `a.created_at <= '${knownAt.toISOString()}'` : 'true';
  const known = `
    left join tariff t on t.organization_id = l.organization_id and t.id = l.tariff_id
    left join lateral (
      select sum(n.quantity) as quantity, (array_agg(n.net_charged order by a.id desc))[1] as net from recalculation a
      join recalculation_line n on n.organization_id = a.organization_id and n.recalculation_id = a.id
      where ${posted} and a.organization_id = l.organization_id and a.account_id = l.account_id and a.month = p.month
        and n.service_id = l.service_id and n.supplier_id = l.supplier_id) r on true
    where l.organization_id = ${literal(organizationId)} and l.closing_id in (${literal(closings)})
      and l.account_id in (${literal(accounts)}) and l.method like 'ESTIMATE%'`;
  return `
    select l.account_id, l.service_id, l.supplier_id, l.closing_id,
      l.quantity - l.common_quantity + coalesce(r.quantity, 0)::bigint, l.common_quantity,
      coalesce(r.net, l.charged - l.excess - case t.vat_mode when 'EXCLUSIVE' then l.vat else 0 end),
      coalesce(t.tariff_group, 1)::smallint
    from statement_line l
    join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id ${known}
    union all
    select l.account_id, l.service_id, l.supplier_id, l.held_closing_id,
      l.quantity - l.common_quantity + coalesce(r.quantity, 0)::bigint, l.common_quantity,
      coalesce(r.net, l.net_charged), coalesce(t.tariff_group, 1)::smallint
    from late_line l
    join period p on p.organization_id = l.organization_id and p.closing_id = l.held_closing_id ${known}
    order by 4, 1, 2, 3`;
}

/** What was charged for a resource of an account in a month by estimate. */
interface SilentMonth {
  account: number;
  resource: Resource | null;
  zone: Zone | null;
  period: PeriodDays;
  lines: LateEstimate[];
}

/** Lines of services that are charged for the same water, together; the oldest month first. */
function byResource(
  lines: readonly LateEstimate[],
  { catalogue, monthOf }: { catalogue: Catalogue; monthOf: ReadonlyMap<number, Month> },
): SilentMonth[] {
  const keyOf = ({ account, service, closing }: LateEstimate): string => {
    const { resource, zone } = catalogue.service(service);
    return `${account} ${resource} ${zone} ${closing}`;
  };
  return [...grouped(lines, keyOf).values()]
    .flatMap((own): SilentMonth[] => {
      const [first] = own;
      if (!first) return [];
      const { resource, zone } = catalogue.service(first.service);
      const period = periodDays(monthOf.get(first.closing) ?? catalogue.period.month);
      return [{ account: first.account, resource, zone, period, lines: own }];
    })
    .sort((one, other) => one.period.from - other.period.from);
}

/** Gives what was estimated to the registers that have not been read since, month after month as it was charged. */
function attribute(
  all: readonly RegisterDraft[],
  own: readonly SilentMonth[],
  { taken, joined }: { taken: Taken; joined: ReadonlySet<MonthReading> },
): void {
  const [first] = own;
  if (!first) return;
  const registers = all.filter(
    ({ resource, zone, isIrrigation }) => resource === first.resource && zone === first.zone && !isIrrigation,
  );
  const readings = registers.map((one) => ({
    shape: one.shape,
    earlier: usable(one).map((reading) => ({ ...reading, isJoined: joined.has(reading) })),
  }));
  const readIn = readings.flatMap(({ earlier }) => earlier.map(({ month }) => month));
  const months = [...own.map((month) => guessedMonth(month, taken)), ...readMonths(own, readIn, taken)].sort(
    (one, other) => one.number - other.number,
  );
  for (const [place, shares] of silentShares(readings, months).entries()) {
    const register = registers[place];
    if (!register || shares.length === 0) continue;
    register.estimatedSince = quantityOf(shares.reduce((total, { quantity }) => total + quantity, 0n));
    register.estimated = shares.map(({ month: { from, to, lines, living }, ...share }) => ({
      ...{ from, to, lines },
      ...living,
      ...share,
    }));
  }
}

function guessedMonth(month: SilentMonth, taken: Taken) {
  const { from, to, month: of } = month.period;
  const lines = month.lines.map((line) => taken.lineIn(line, month.period));
  const redistributes = taken.redistributes(month.lines, month.period);
  return { from, to, number: monthNumber(of), lines, redistributes, living: taken.livingAt(month) };
}

/** Months since the first that registers were read in, though nothing was estimated: an act set the volume, say. */
function readMonths(
  own: readonly SilentMonth[],
  readIn: readonly number[],
  taken: Taken,
): ReturnType<typeof guessedMonth>[] {
  const [first] = own;
  if (!first) return [];
  const guessed = new Set(own.map(({ period }) => monthNumber(period.month)));
  const oldest = monthNumber(first.period.month);
  const services = own.flatMap(({ lines }) => lines);
  return [...new Set(readIn)].flatMap((number) => {
    if (number < oldest || guessed.has(number)) return [];
    const period = periodDays(addMonths(first.period.month, number - oldest));
    const redistributes = taken.redistributes(services, period);
    return [{ from: period.from, to: period.to, number, lines: [], redistributes, living: {} }];
  });
}

/** Readings that were charged: those that were taken while the meter counted for nothing are none. */
const usable = ({ earlier, unusable }: RegisterDraft): readonly MonthReading[] =>
  unusable ? earlier.filter(({ on }) => on < unusable.since) : earlier;
