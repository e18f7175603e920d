import {
  type LotPayment,
  type Money,
  type Month,
  type MonthLot,
  dayNumber,
  firstDay,
  leftOf,
  month,
  moneyOf,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { type CopyReader, copyOut, literal, near } from '../closing/copy';
import { CopyWriter, copyIn } from '../closing/copy.writer';
import { monthOfDay } from './penalty.book';

/** A service of a supplier that an account owes for; ids as COPY brings them. */
export interface DebtKey {
  account: number;
  service: number;
  supplier: number;
}

/** What is known of debts, by account, then by service and supplier. */
export class ByDebt<T> {
  private readonly byAccount = new Map<number, Map<string, { key: DebtKey; items: T[] }>>();

  add(key: DebtKey, item: T): void {
    let ofAccount = this.byAccount.get(key.account);
    if (!ofAccount) this.byAccount.set(key.account, (ofAccount = new Map()));
    const name = `${key.service} ${key.supplier}`;
    const known = ofAccount.get(name);
    if (known) known.items.push(item);
    else ofAccount.set(name, { key, items: [item] });
  }

  of({ account, service, supplier }: DebtKey): readonly T[] {
    return this.byAccount.get(account)?.get(`${service} ${supplier}`)?.items ?? [];
  }

  keysOf(account: number): readonly DebtKey[] {
    const ofAccount = this.byAccount.get(account);
    return ofAccount ? Array.from(ofAccount.values(), ({ key }) => key) : NO_KEYS;
  }
}

const NO_KEYS: readonly DebtKey[] = [];

/** How a lot is told from others of an account and supplier. */
export const lotId = (service: number, month: Month): string => `${service}/${month}`;
const months = new Map<number, Month>();
/** The month that begins on a day. */
export function monthStarting(day: number): Month {
  const known = months.get(day);
  if (known !== undefined) return known;
  const found = monthOfDay(day);
  months.set(day, found);
  return found;
}

interface LotsWanted {
  organizationId: string;
  closingId: string;
  accounts: Iterable<number>;
}

/** Asks for the lots that a closing left behind of these accounts, a debt's oldest first; `addLots` reads the answer. */
export const askForLots = (
  tx: Tx,
  { organizationId, closingId, accounts }: LotsWanted,
): Promise<CopyReader> =>
  copyOut(
    tx,
    `select account_id, service_id, supplier_id, month, due_on, principal, accrued, paid_on, paid_amounts from penalty_lot
     where organization_id = ${literal(organizationId)} and closing_id = ${literal(closingId)}
       and ${near('account_id', accounts)}
     order by account_id, service_id, supplier_id, month`,
  );

/** The lots of an answer by their debts. */
export function lotsOf(rows: CopyReader): ByDebt<MonthLot> {
  const lots = new ByDebt<MonthLot>();
  while (rows.next()) {
    const key = { account: rows.id(), service: rows.id(), supplier: rows.id() };
    const id = lotId(key.service, monthStarting(rows.day(0)));
    const due = rows.day(0);
    const principal = moneyOf(rows.big());
    const accrued = moneyOf(rows.big());
    const days = rows.days();
    const amounts = rows.bigs();
    const payments = days.map((on, place): LotPayment => ({ on, amount: moneyOf(amounts[place] ?? 0n) }));
    lots.add(key, { id, due, principal, accrued, payments });
  }
  return lots;
}

const COLUMNS = [
  'organization_id',
  'closing_id',
  'account_id',
  'service_id',
  'supplier_id',
  'month',
  'due_on',
  'principal',
  'accrued',
  'paid_on',
  'paid_amounts',
] as const;

/** Bytes of a row without its payments, and of one payment. */
const ROW_BYTES = 256;
const PAYMENT_BYTES = 20;

/** A lot after a month: its whole penalty as `accrued`, what of that earlier months have charged, and what was known. */
interface LotAfter {
  key: DebtKey;
  lot: MonthLot;
  before: Money;
  /** It was paid off before the month. */
  wasOver: boolean;
}

/** The lots of a batch on their way into the table: what the next closing goes on from. */
export class LotWriter {
  private readonly lots: LotAfter[] = [];

  /** Takes the lots of a debt as they stand after the month, by what was known of it before. */
  add(key: DebtKey, known: readonly MonthLot[], after: readonly MonthLot[]): void {
    for (const lot of after) {
      const was = known.find(({ id }) => id === lot.id);
      const wasOver = was !== undefined && leftOf(was) === 0n;
      this.lots.push({ key, lot, before: was?.accrued ?? moneyOf(0n), wasOver });
    }
  }

  /**
   * Loads what the next closing has to know: what is still owed, and what cost something until it was paid, because it may
   * yet prove to have been paid earlier. Of penalties that are held back nothing was charged: the next month does.
   */
  async load(
    tx: Tx,
    { organizationId, closingId }: { organizationId: string; closingId: string },
    held: ReadonlySet<string>,
  ): Promise<void> {
    const kept: { key: DebtKey; lot: MonthLot; accrued: Money }[] = [];
    for (const { key, lot, before, wasOver } of this.lots) {
      const isHeld = held.size > 0 && isAmong(held, key);
      const isOver = leftOf(lot) === 0n && (wasOver || lot.accrued === 0n);
      if (isOver && !(isHeld && lot.accrued !== before)) continue;
      kept.push({ key, lot, accrued: isHeld ? before : lot.accrued });
    }
    if (kept.length === 0) return;
    const rows = new CopyWriter();
    for (const { key, lot, accrued } of kept) {
      rows.row(COLUMNS.length, ROW_BYTES + PAYMENT_BYTES * lot.payments.length);
      rows.id(Number(organizationId));
      rows.id(Number(closingId));
      rows.id(key.account);
      rows.id(key.service);
      rows.id(key.supplier);
      rows.day(startOf(lot));
      rows.day(lot.due);
      rows.big(lot.principal);
      rows.big(accrued);
      rows.days(lot.payments.map(({ on }) => on));
      rows.bigs(lot.payments.map(({ amount }) => amount));
    }
    await copyIn(tx, `penalty_lot (${COLUMNS.join(', ')})`, rows);
  }
}

const isAmong = (held: ReadonlySet<string>, { account, supplier }: DebtKey): boolean =>
  held.has(String(account)) || held.has(`${account} ${supplier}`);

const starts = new Map<string, number>();
/** The first day of the month whose charge a lot is; lots of a closing are of few months and services. */
function startOf(lot: MonthLot): number {
  const known = starts.get(lot.id);
  if (known !== undefined) return known;
  const day = dayNumber(firstDay(monthOfLot(lot)));
  starts.set(lot.id, day);
  return day;
}

/** The month whose charge a lot is. */
export const monthOfLot = ({ id }: Pick<MonthLot, 'id'>): Month => month(id.slice(id.indexOf('/') + 1));
