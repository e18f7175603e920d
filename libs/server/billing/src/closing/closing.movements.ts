import { type DebtMove, type Money, moneyOf } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { ByDebt, type DebtKey, lotId, monthStarting } from '../penalties/penalty.lots';
import type { Drafts, HouseDraft, SnapshotScope } from './closing.drafts';
import { type CopyReader, copyOut, literal, near } from './copy';
import type { SortedRows } from './copy.sorted';

/** Columns of a line that a movement enters, as the statement numbers them; a refund enters that of payments. */
export const PAID = 1;
export const RECALCULATED = 2;
export const UNDERDELIVERED = 3;
export const REFUNDED = 4;

/** Not a day. */
const NO_DAY = -1_000_000;

/** Movements of a house one after another; ids as COPY brings them. */
export class MovementRows {
  account = 0;
  service = 0;
  supplier = 0;
  column = 0;
  /** Minor units, as the ledger has it: below zero it reduces what is owed. */
  amount: Money = moneyOf(0n);

  constructor(private readonly rows: CopyReader) {}

  /** Steps to the next one; false where there is none. */
  next(): boolean {
    const { rows } = this;
    if (!rows.next()) return false;
    this.account = rows.id();
    this.service = rows.id();
    this.supplier = rows.id();
    this.column = rows.int();
    this.amount = moneyOf(rows.big());
    return true;
  }

  /** Its number in the ledger; asked for after `debtMove`. */
  id(): number {
    return this.rows.id();
  }

  /** What moved a debt: what reduces it, and money given back; undefined where this did not. */
  debtMove(): DebtMove | undefined {
    const { rows, amount, column } = this;
    const on = rows.day(0);
    const forMonth = rows.day(NO_DAY);
    const cameOn = rows.day(NO_DAY);
    if (amount >= 0n && column !== REFUNDED && cameOn === NO_DAY) return undefined;
    return {
      on,
      amount: moneyOf(-amount),
      ...(forMonth === NO_DAY ? {} : this.served(lotId(this.service, monthStarting(forMonth)))),
      ...(cameOn === NO_DAY ? {} : column === REFUNDED ? { cameOn } : { undoes: cameOn }),
    };
  }

  /** The lot that it is for: of a correction, or named by the payer. */
  private served(lot: string): Pick<DebtMove, 'corrects' | 'names'> {
    return this.column === PAID || this.column === REFUNDED ? { names: lot } : { corrects: lot };
  }
}

/** What has moved in the month's period, read once for the balances and for the debts. */
export class Movements {
  constructor(private readonly rows: SortedRows) {}

  of({ slot }: HouseDraft): MovementRows {
    return new MovementRows(this.rows.of(slot));
  }
}

/** What moved the debts of some accounts, in the order in which it was entered. */
export function debtMovesOf(rows: MovementRows, accounts: ReadonlySet<number>): ByDebt<DebtMove> {
  const found: { id: number; key: DebtKey; move: DebtMove }[] = [];
  while (rows.next()) {
    const { account, service, supplier } = rows;
    const move = accounts.has(account) ? rows.debtMove() : undefined;
    if (move) found.push({ id: rows.id(), key: { account, service, supplier }, move });
  }
  const moves = new ByDebt<DebtMove>();
  for (const { key, move } of found.sort((one, other) => one.id - other.id)) moves.add(key, move);
  return moves;
}

/** Reads the movements of a batch's accounts in the month's period. */
export async function readMovements(
  tx: Tx,
  { organizationId, periodId }: SnapshotScope & { periodId: string },
  drafts: Drafts,
): Promise<Movements> {
  const which = `m.period_id = ${literal(periodId)} and ${near('m.account_id', drafts.accounts.keys())}`;
  return new Movements(drafts.byAccount(await copyOut(tx, movements(organizationId, which))));
}

/** Reads what moved the debts of an account in periods that are not closed. */
export async function readDebtMoves(
  tx: Tx,
  {
    organizationId,
    periodIds,
    account,
  }: { organizationId: string; periodIds: readonly string[]; account: number },
): Promise<ByDebt<DebtMove>> {
  if (periodIds.length === 0) return new ByDebt();
  const which = `m.account_id = ${literal(String(account))} and m.period_id in (${literal(periodIds)})`;
  const found = await copyOut(tx, movements(organizationId, which));
  return debtMovesOf(new MovementRows(found), new Set([account]));
}

/** The column that a kind enters, as SQL; of a reversal, that of what it takes back. */
const columnOf = (kind: string, otherwise: string): string =>
  `case ${kind} when 'PAYMENT' then ${PAID} when 'REFUND' then ${REFUNDED} when 'RECALCULATION' then ${RECALCULATED}
     when 'UNDERDELIVERY' then ${UNDERDELIVERED} else ${otherwise} end`;

/** In the order in which `MovementRows` reads them; what nearly all are, payments of no named month, is asked first. */
const movements = (organizationId: string, which: string): string =>
  `select m.account_id, m.service_id, m.supplier_id,
     ${columnOf(
       'm.kind',
       `case when m.kind = 'REVERSAL' then (select ${columnOf('r.kind', '0')} from movement r
         where r.organization_id = m.organization_id and r.id = m.reverses) else 0 end`,
     )}, m.amount, m.value_date,
     case when m.for_month is not null and (m.kind in ('PAYMENT', 'REFUND', 'REVERSAL')
       or m.amount < 0 and m.kind in ('RECALCULATION', 'UNDERDELIVERY')) then m.for_month end,
     case when m.reverses is not null then (select r.value_date from movement r
         where r.organization_id = m.organization_id and r.id = m.reverses and r.kind = 'PAYMENT')
       when m.kind = 'REFUND' then (select r.value_date from movement r
         where r.organization_id = m.organization_id and r.source_kind = m.source_kind and r.source_id = m.source_id
           and r.account_id = m.account_id and r.service_id = m.service_id and r.supplier_id = m.supplier_id and r.kind = 'PAYMENT')
       end, m.id
   from movement m where m.organization_id = ${literal(organizationId)} and ${which}`;
