import {
  type Month,
  type PeriodDays,
  type Resource,
  type Zone,
  counted,
  monthNumber,
  periodDays,
  quantityOf,
  silentVolumes,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { grouped } from '../grouped';
import type { Catalogue } from './closing.catalogue';
import type { RegisterDraft } from './closing.meters';
import type { LateEstimate, SnapshotScope } from './closing.drafts';
import { type Taken, readTaken } from './closing.taken';
import { copyOut, literal } from './copy';

interface EstimatesWanted {
  scope: SnapshotScope;
  registers: ReadonlyMap<number, RegisterDraft>;
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
  { scope, registers, charged }: EstimatesWanted,
): Promise<void> {
  const returned = [...registers.values()].filter(
    ({ account, current, earlier, unusable }) =>
      account !== null &&
      current !== null &&
      !(unusable && current.on >= unusable.since) &&
      (earlier.at(-1)?.month ?? charged) < charged - 1,
  );
  const first = Math.min(...returned.map(({ earlier }) => earlier.at(-1)?.month ?? charged));
  const monthOf = new Map(scope.closed.map(({ closingId, month }) => [Number(closingId), month]));
  const closings = [...monthOf].flatMap(([closing, month]) =>
    monthNumber(month) > first ? [String(closing)] : [],
  );
  if (returned.length === 0 || closings.length === 0) return;
  const accounts = new Set(returned.map(({ account }) => String(account)));
  const lines = await readLines(tx, scope, { closings, accounts });
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
  const byAccount = grouped(registers.values(), ({ account }) => account);
  for (const month of months) attribute(byAccount.get(month.account) ?? [], month, taken);
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
    });
  return [...lines, ...(scope.late ?? []).filter(({ account }) => accounts.has(String(account)))];
}

/**
 * Estimated lines of closed months, net of tax and coefficient and with what was recalculated of them, and those that were
 * held then and charged later.
 */
function estimatedLines(
  { organizationId, knownAt }: SnapshotScope,
  closings: readonly string[],
  accounts: readonly string[],
): string {
  const posted = knownAt ? `a.created_at <= '${knownAt.toISOString()}'` : 'true';
  return `
    select l.account_id, l.service_id, l.supplier_id, l.closing_id,
      l.quantity - l.common_quantity + coalesce(r.quantity, 0)::bigint, l.common_quantity,
      l.charged - l.excess - case t.vat_mode when 'EXCLUSIVE' then l.vat else 0 end + coalesce(r.amount, 0)::bigint
    from statement_line l
    join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id
    left join tariff t on t.organization_id = l.organization_id and t.id = l.tariff_id
    left join lateral (
      select sum(n.quantity) as quantity, sum(n.amount) as amount from recalculation a
      join recalculation_line n on n.organization_id = a.organization_id and n.recalculation_id = a.id
      where ${posted} and a.organization_id = l.organization_id and a.account_id = l.account_id and a.month = p.month
        and n.service_id = l.service_id and n.supplier_id = l.supplier_id) r on true
    where l.organization_id = ${literal(organizationId)} and l.closing_id in (${literal(closings)})
      and l.account_id in (${literal(accounts)}) and l.method like 'ESTIMATE%'
    union all
    select account_id, service_id, supplier_id, held_closing_id, quantity - common_quantity, common_quantity, net_charged
    from late_line
    where organization_id = ${literal(organizationId)} and closing_id in (${literal(closings)})
      and account_id in (${literal(accounts)}) and method like 'ESTIMATE%'
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

/** Gives a month's estimate to the registers that had no reading in it, evenly, less what the others counted. */
function attribute(registers: readonly RegisterDraft[], month: SilentMonth, taken: Taken): void {
  const { period, lines, resource, zone } = month;
  const number = monthNumber(period.month);
  let known = 0n;
  const silent: RegisterDraft[] = [];
  for (const register of registers) {
    if (register.resource !== resource || register.zone !== zone || register.isIrrigation) continue;
    const place = register.earlier.findIndex((one) => one.month === number);
    const reading = register.earlier[place];
    const before = register.earlier[place - 1];
    if (reading && before) known += counted(before.value, reading.value, register.shape);
    else if (!reading && number > (register.earlier.at(-1)?.month ?? number)) silent.push(register);
  }
  const estimated = {
    from: period.from,
    to: period.to,
    lines: lines.map((line) => taken.lineIn(line, period)),
    counted: quantityOf(known),
    silent: silent.length,
    ...taken.livingAt(month),
  };
  for (const [place, quantity] of silentVolumes(estimated.lines, estimated).entries()) {
    const register = silent[place];
    if (!register) continue;
    register.estimatedSince = quantityOf(register.estimatedSince + quantity);
    register.estimated = [...(register.estimated ?? []), { ...estimated, place, quantity }];
  }
}
