import {
  type ChargingMethod,
  LINE_METHODS,
  type LineMethod,
  addMoney,
  moneyOf,
  subtractMoney,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import {
  type AccountDraft,
  type Drafts,
  type ServiceDraft,
  type SnapshotScope,
  draftOf,
} from './closing.drafts';
import { Codes, copyOut, literal, near } from './copy';

/** How a line was charged; where its service is no longer taken it is charged for no day. */
const METHODS = new Codes(LINE_METHODS);

/**
 * Brings forward the closing balances of the month before and what has moved since. A service that is no longer taken
 * keeps its line while money stands or moves on it.
 */
export async function readBalances(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<void> {
  if (scope.periodId === undefined || drafts.accounts.size === 0) return;
  await readOpenings(tx, catalogue, scope, drafts);
  await readMovements(tx, catalogue, { ...scope, periodId: scope.periodId }, drafts);
}

async function readOpenings(
  tx: Tx,
  catalogue: Catalogue,
  { organizationId, closed }: SnapshotScope,
  drafts: Drafts,
): Promise<void> {
  const [before] = closed;
  if (!before) return;
  const found = await copyOut(
    tx,
    `select l.account_id, l.service_id, l.supplier_id, l.method, l.closing from statement_line l
     where l.organization_id = ${literal(organizationId)} and l.closing_id = ${literal(before.closingId)}
       and ${near('l.account_id', drafts.accounts.keys())} and l.closing <> 0`,
  );
  while (found.next()) {
    const account = drafts.accounts.get(found.id());
    const service = found.id();
    const supplier = found.id();
    const method = found.code(METHODS);
    const closing = moneyOf(found.big());
    if (account) lineOf(account, catalogue, { service, supplier, method }).opening = closing;
  }
}

/** Columns of a line that a movement enters, in the order in which the statement numbers them. */
const PAID = 1;
const RECALCULATED = 2;
const UNDERDELIVERED = 3;

async function readMovements(
  tx: Tx,
  catalogue: Catalogue,
  { organizationId, houseIds, periodId }: SnapshotScope & { periodId: string },
  drafts: Drafts,
): Promise<void> {
  const found = await copyOut(
    tx,
    `select m.account_id, m.service_id, m.supplier_id,
       case case when m.kind = 'REVERSAL' then (select r.kind from movement r
           where r.organization_id = m.organization_id and r.id = m.reverses) else m.kind end
         when 'PAYMENT' then ${PAID} when 'REFUND' then ${PAID} when 'RECALCULATION' then ${RECALCULATED}
         when 'UNDERDELIVERY' then ${UNDERDELIVERED} else 0 end, m.amount
     from movement m
     where m.organization_id = ${literal(organizationId)} and m.house_id in (${literal(houseIds)})
       and m.period_id = ${literal(periodId)}`,
  );
  while (found.next()) {
    const account = drafts.accounts.get(found.id());
    const service = found.id();
    const supplier = found.id();
    const column = found.int();
    const amount = moneyOf(found.big());
    if (account) move(lineOf(account, catalogue, { service, supplier, method: 'FIXED' }), column, amount);
  }
  for (const { services } of drafts.accounts.values())
    for (const service of services) settleUnderdelivery(service);
}

function move(service: ServiceDraft, column: number, amount: ServiceDraft['paid']): void {
  if (column === PAID) service.paid = subtractMoney(service.paid, amount);
  else if (column === RECALCULATED) service.recalculated = addMoney(service.recalculated, amount);
  else if (column === UNDERDELIVERED) service.underdelivered = addMoney(service.underdelivered, amount);
  else service.adjusted = addMoney(service.adjusted, amount);
}

/** An under-delivery only ever reduces; one taken back from an earlier month is a recalculation. */
function settleUnderdelivery(service: ServiceDraft): void {
  if (service.underdelivered <= 0n) return;
  service.recalculated = addMoney(service.recalculated, service.underdelivered);
  service.underdelivered = moneyOf(0n);
}

function chargedBy(method: LineMethod): ChargingMethod {
  if (method === 'HELD') return 'FIXED';
  return method === 'ESTIMATE_AVERAGE' || method === 'ESTIMATE_NORM' || method === 'ACT' ? 'METER' : method;
}

/** The service's draft that carries its money: one of its days, or one of no days. */
function lineOf(
  { services }: AccountDraft,
  catalogue: Catalogue,
  { service, supplier, method }: { service: number; supplier: number; method: LineMethod },
): ServiceDraft {
  for (const one of services)
    if (one.placed.service === service && one.placed.supplier === supplier) return one;
  const placed = catalogue.termsOf({ service, supplier, method: chargedBy(method), tariffGroup: 1 });
  const made = draftOf(placed, 0, 0);
  services.push(made);
  return made;
}
