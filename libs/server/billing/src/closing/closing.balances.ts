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
  NOTHING_TO_PLACE,
  type Placing,
  type ServiceDraft,
  type SnapshotScope,
  draftOf,
} from './closing.drafts';
import {
  type MovementRows,
  type Movements,
  PAID,
  RECALCULATED,
  REFUNDED,
  UNDERDELIVERED,
  readMovements,
} from './closing.movements';
import { Codes, copyOut, literal, near } from './copy';

/** How a line was charged; where its service is no longer taken it is charged for no day. */
const METHODS = new Codes(LINE_METHODS);

/** What a batch's balances are drawn up from. */
export interface Balances {
  place: Placing;
  /** What has moved since the month before; undefined where no lines are drawn. */
  movements?: Movements;
}

/**
 * Brings forward the closing balances of the month before and what has moved since. A service that is no longer taken
 * keeps its line while money stands or moves on it.
 */
export async function readBalances(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<Balances> {
  const { periodId } = scope;
  if (periodId === undefined || drafts.accounts.size === 0) return { place: NOTHING_TO_PLACE };
  const openings = await readOpenings(tx, catalogue, scope, drafts);
  const movements = await readMovements(tx, { ...scope, periodId }, drafts);
  const place: Placing = (house) => {
    openings(house);
    placeMovements(movements.of(house), catalogue, drafts);
    for (const { services } of house.accounts) for (const service of services) settleUnderdelivery(service);
  };
  return { place, movements };
}

async function readOpenings(
  tx: Tx,
  catalogue: Catalogue,
  { organizationId, closed }: SnapshotScope,
  drafts: Drafts,
): Promise<Placing> {
  const [before] = closed;
  if (!before) return NOTHING_TO_PLACE;
  const found = await copyOut(
    tx,
    `select l.account_id, l.service_id, l.supplier_id, l.method, l.closing from statement_line l
     where l.organization_id = ${literal(organizationId)} and l.closing_id = ${literal(before.closingId)}
       and ${near('l.account_id', drafts.accounts.keys())} and l.closing <> 0`,
  );
  const rows = drafts.byAccount(found);
  return ({ slot }) => {
    const own = rows.of(slot);
    while (own.next()) {
      const account = drafts.accounts.get(own.id());
      const service = own.id();
      const supplier = own.id();
      const method = own.code(METHODS);
      const closing = moneyOf(own.big());
      if (account) lineOf(account, catalogue, { service, supplier, method }).opening = closing;
    }
  };
}

function placeMovements(movements: MovementRows, catalogue: Catalogue, drafts: Drafts): void {
  while (movements.next()) {
    const { service, supplier, column, amount } = movements;
    const account = drafts.accounts.get(movements.account);
    if (account) move(lineOf(account, catalogue, { service, supplier, method: 'FIXED' }), column, amount);
  }
}

function move(service: ServiceDraft, column: number, amount: ServiceDraft['paid']): void {
  if (column === PAID || column === REFUNDED) service.paid = subtractMoney(service.paid, amount);
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
