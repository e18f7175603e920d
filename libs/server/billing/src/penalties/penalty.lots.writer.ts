import { type Money, type MonthLot, leftOf, moneyOf } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { ClosingKey } from '../closing/closing.lock';
import { CopyWriter, copyIn } from '../closing/copy.writer';
import { type DebtKey, startOf } from './penalty.lots';

const COLUMNS = [
  'organization_id',
  'closing_id',
  'account_id',
  'service_ids',
  'supplier_ids',
  'months',
  'due_on',
  'principals',
  'accrued',
  'paid_lots',
  'paid_on',
  'paid_amounts',
] as const;

/** Bytes of a row without its lists, of one lot in them, and of one payment. */
const ROW_BYTES = 512;
const LOT_BYTES = 64;
const PAYMENT_BYTES = 28;

/** A lot after a month: its whole penalty as `accrued`, what of that earlier months have charged, and what was known. */
interface LotAfter {
  key: DebtKey;
  lot: MonthLot;
  before: Money;
  /** It was paid off before the month. */
  wasOver: boolean;
}

/** A lot as it is written down. */
interface KeptLot {
  key: DebtKey;
  lot: MonthLot;
  accrued: Money;
}

/** The debts of a batch on their way into the table: what the next closing goes on from, a row a debtor. */
export class LotWriter {
  private lots: LotAfter[] = [];
  private rows: CopyWriter | undefined;

  constructor(private readonly closing: ClosingKey) {}

  /** Takes the lots of a debt as they stand after the month, by what was known of it before. Debts of an account come together. */
  add(key: DebtKey, known: readonly MonthLot[], after: readonly MonthLot[]): void {
    for (const lot of after) {
      const was = known.find(({ id }) => id === lot.id);
      const wasOver = was !== undefined && leftOf(was) === 0n;
      this.lots.push({ key, lot, before: was?.accrued ?? moneyOf(0n), wasOver });
    }
  }

  /**
   * Writes down, of what was taken since, what the next closing has to know: what is still owed, and what cost something
   * until it was paid, because it may yet prove to have been paid earlier. Of a penalty that is held back nothing was
   * charged: the next month does. Of a house that was not charged, nothing is written down.
   */
  write(isHeld: ((key: DebtKey) => boolean) | undefined): void {
    const taken = this.lots;
    this.lots = [];
    if (!isHeld) return;
    let ofDebtor: KeptLot[] = [];
    for (const { key, lot, before, wasOver } of taken) {
      const held = isHeld(key);
      const isOver = leftOf(lot) === 0n && (wasOver || lot.accrued === 0n);
      if (isOver && !(held && lot.accrued !== before)) continue;
      if (ofDebtor[0] && ofDebtor[0].key.account !== key.account) {
        this.writeDebtor(ofDebtor);
        ofDebtor = [];
      }
      ofDebtor.push({ key, lot, accrued: held ? before : lot.accrued });
    }
    if (ofDebtor.length > 0) this.writeDebtor(ofDebtor);
  }

  /** Loads what was written down. */
  async load(tx: Tx): Promise<void> {
    if (this.rows) await copyIn(tx, `penalty_debtor (${COLUMNS.join(', ')})`, this.rows);
  }

  private writeDebtor(lots: KeptLot[]): void {
    const rows = (this.rows ??= new CopyWriter());
    const { organizationId, closingId } = this.closing;
    const payments = lots
      .sort(byDebt)
      .flatMap(({ lot }, place) => lot.payments.map((payment) => ({ ...payment, place: place + 1 })));
    rows.row(COLUMNS.length, ROW_BYTES + LOT_BYTES * lots.length + PAYMENT_BYTES * payments.length);
    rows.id(Number(organizationId));
    rows.id(Number(closingId));
    rows.id(lots[0]?.key.account ?? 0);
    rows.ids(lots.map(({ key }) => key.service));
    rows.ids(lots.map(({ key }) => key.supplier));
    rows.days(lots.map(({ lot }) => startOf(lot)));
    rows.days(lots.map(({ lot }) => lot.due));
    rows.bigs(lots.map(({ lot }) => lot.principal));
    rows.bigs(lots.map(({ accrued }) => accrued));
    rows.ints(payments.map(({ place }) => place));
    rows.days(payments.map(({ on }) => on));
    rows.bigs(payments.map(({ amount }) => amount));
  }
}

/** By service and supplier, then the oldest first. */
const byDebt = (one: KeptLot, other: KeptLot): number =>
  one.key.service - other.key.service ||
  one.key.supplier - other.key.supplier ||
  startOf(one.lot) - startOf(other.lot);
