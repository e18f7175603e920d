import { type CivilDate } from './civil-date';
import { addMoney, type Money, negate, subtractMoney, sum } from './money';

/** One entry of the ledger as two parties compare it: what raises the debt is a debit, what lowers it by money a credit. */
export interface LedgerEntry {
  /** The day that it counts from. */
  readonly on: CivilDate;
  readonly side: 'DEBIT' | 'CREDIT';
  /** Minor units; what takes an entry back is negative in the same column. */
  readonly amount: Money;
}

/** Entries of some days between the balances before and after them: `closing = opening + debit − credit`. */
export interface Reconciled<E extends LedgerEntry> {
  /** Minor units, debt positive. */
  readonly opening: Money;
  /** In the order of their days, then as they were given. */
  readonly entries: readonly E[];
  readonly debit: Money;
  readonly credit: Money;
  readonly closing: Money;
}

const effectOf = ({ side, amount }: LedgerEntry): Money => (side === 'DEBIT' ? amount : negate(amount));

/**
 * Reconciles a ledger for the days of a range, both its ends among them (specification H.5). It takes the ledger whole:
 * what lies before the range is its opening balance.
 */
export function reconcile<E extends LedgerEntry>(
  ledger: readonly E[],
  { from, to }: { from: CivilDate; to: CivilDate },
): Reconciled<E> {
  const opening = sum(ledger.filter(({ on }) => on < from).map(effectOf));
  const entries = ledger
    .filter(({ on }) => from <= on && on <= to)
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  const total = (side: LedgerEntry['side']): Money =>
    sum(entries.filter((one) => one.side === side).map(({ amount }) => amount));
  const [debit, credit] = [total('DEBIT'), total('CREDIT')];
  return { opening, entries, debit, credit, closing: subtractMoney(addMoney(opening, debit), credit) };
}
