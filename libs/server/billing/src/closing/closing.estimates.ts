import {
  type Month,
  type Resource,
  type Zone,
  counted,
  divideHalfAway,
  moneyOf,
  monthNumber,
  periodDays,
  quantityOf,
  split,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import type { RegisterDraft } from './closing.meters';
import type { LateEstimate, SnapshotScope } from './closing.drafts';
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
  const found = await copyOut(tx, estimatedLines(scope, closings, [...accounts]));
  const note = ({ account, service, closing, ...sums }: LateEstimate): void => {
    const { resource, zone } = catalogue.service(service);
    // the heat in hot water is another line of the same water, in gigacalories
    if (catalogue.normOn(service, 'HEAT_IN_WATER', catalogue.period.to - 1) !== null) return;
    const counters = [...registers.values()].filter(isOf({ account, resource, zone }));
    attribute(counters, { ...sums, month: monthOf.get(closing) ?? catalogue.period.month });
  };
  while (found.next()) {
    const at = { account: found.id(), service: String(found.id()), closing: found.id() };
    note({ ...at, quantity: found.big(), charged: found.big() });
  }
  for (const late of scope.late ?? []) if (accounts.has(String(late.account))) note(late);
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
    select l.account_id, l.service_id, l.closing_id, l.quantity - l.common_quantity + coalesce(r.quantity, 0)::bigint,
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
    select account_id, service_id, held_closing_id, quantity - common_quantity, recalculated from late_line
    where organization_id = ${literal(organizationId)} and closing_id in (${literal(closings)})
      and account_id in (${literal(accounts)}) and method like 'ESTIMATE%'
    order by 3, 1, 2`;
}

const isOf =
  (what: { account: number; resource: Resource | null; zone: Zone | null }) =>
  (register: RegisterDraft): boolean =>
    register.account === what.account && register.resource === what.resource && register.zone === what.zone;

interface EstimatedLine {
  month: Month;
  quantity: bigint;
  charged: bigint;
}

/** Gives a month's estimate to the registers that had no reading in it, evenly, less what the others counted. */
function attribute(registers: readonly RegisterDraft[], { month, quantity, charged }: EstimatedLine): void {
  let left = quantity;
  const number = monthNumber(month);
  const silent: RegisterDraft[] = [];
  for (const register of registers) {
    const place = register.earlier.findIndex((one) => one.month === number);
    const reading = register.earlier[place];
    const before = register.earlier[place - 1];
    if (reading && before) left -= counted(before.value, reading.value, register.shape);
    else if (!reading && number > (register.earlier.at(-1)?.month ?? number)) silent.push(register);
  }
  if (left <= 0n || silent.length === 0) return;
  const share = quantity === 0n ? 0n : divideHalfAway(charged * left, quantity);
  const evenly = silent.map(() => 1n);
  const [parts, sums] = [split(left, evenly), split(share, evenly)];
  const { from, to } = periodDays(month);
  for (const [place, register] of silent.entries()) {
    const part = quantityOf(parts[place] ?? 0n);
    register.estimatedSince = quantityOf(register.estimatedSince + part);
    const told = { from, to, quantity: part, charged: moneyOf(sums[place] ?? 0n) };
    register.estimated = [...(register.estimated ?? []), told];
  }
}
