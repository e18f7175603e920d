import { type Resource, type Zone, counted, monthNumber, quantityOf, split } from '@kvartal/domain';
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
    ({ account, current, earlier }) =>
      account !== null && current !== null && (earlier.at(-1)?.month ?? charged) < charged - 1,
  );
  const first = Math.min(...returned.map(({ earlier }) => earlier.at(-1)?.month ?? charged));
  const monthOf = new Map(
    scope.closed.map(({ closingId, month }) => [Number(closingId), monthNumber(month)]),
  );
  const closings = [...monthOf].flatMap(([closing, month]) => (month > first ? [String(closing)] : []));
  if (returned.length === 0 || closings.length === 0) return;
  const accounts = new Set(returned.map(({ account }) => String(account)));
  const found = await copyOut(tx, estimatedLines(scope.organizationId, closings, [...accounts]));
  const note = ({ account, service, closing, quantity }: LateEstimate): void => {
    const { resource, zone } = catalogue.service(service);
    const counters = [...registers.values()].filter(isOf({ account, resource, zone }));
    attribute(counters, monthOf.get(closing) ?? charged, quantity);
  };
  while (found.next())
    note({ account: found.id(), service: String(found.id()), closing: found.id(), quantity: found.big() });
  for (const late of scope.late ?? []) if (accounts.has(String(late.account))) note(late);
}

/** Estimated lines of closed months, and those that were held then and charged later. */
const estimatedLines = (organizationId: string, closings: readonly string[], accounts: readonly string[]) => `
  select account_id, service_id, closing_id, quantity - common_quantity from statement_line
  where organization_id = ${literal(organizationId)} and closing_id in (${literal(closings)})
    and account_id in (${literal(accounts)}) and method like 'ESTIMATE%'
  union all
  select account_id, service_id, held_closing_id, quantity - common_quantity from late_line
  where organization_id = ${literal(organizationId)} and closing_id in (${literal(closings)})
    and account_id in (${literal(accounts)}) and method like 'ESTIMATE%'`;

const isOf =
  (what: { account: number; resource: Resource | null; zone: Zone | null }) =>
  (register: RegisterDraft): boolean =>
    register.account === what.account && register.resource === what.resource && register.zone === what.zone;

/** Gives a month's estimate to the registers that had no reading in it, evenly, less what the others counted. */
function attribute(registers: readonly RegisterDraft[], month: number, charged: bigint): void {
  let left = charged;
  const silent: RegisterDraft[] = [];
  for (const register of registers) {
    const place = register.earlier.findIndex((one) => one.month === month);
    const reading = register.earlier[place];
    const before = register.earlier[place - 1];
    if (reading && before) left -= counted(before.value, reading.value, register.shape);
    else if (!reading && month > (register.earlier.at(-1)?.month ?? month)) silent.push(register);
  }
  if (left <= 0n || silent.length === 0) return;
  const parts = split(
    left,
    silent.map(() => 1n),
  );
  for (const [place, register] of silent.entries()) {
    register.estimatedSince = quantityOf(register.estimatedSince + (parts[place] ?? 0n));
  }
}
