import { type Money, moneyOf, ZERO } from './money';

/** What stands in a row of a statement that keeps its penalty in a column of its own; see `closingOf` for a line. */
export interface RowMoney {
  readonly opening: Money;
  readonly charged: Money;
  readonly recalculation: Money;
  readonly underdelivery: Money;
  readonly benefit: Money;
  readonly penalty: Money;
  readonly adjustment: Money;
  readonly paid: Money;
}

/** What is owed after a row: all that it adds, less what was paid (specification D.1). */
export function rowClosing(row: RowMoney): Money {
  const added = row.opening + row.charged + row.recalculation + row.underdelivery + row.benefit + row.penalty;
  return moneyOf(added + row.adjustment - row.paid);
}

/** An entry of a journal that only grows. */
export type JournalEntry =
  | {
      readonly id: string;
      readonly type: Exclude<EntryType, 'STORNO'>;
      readonly service: string;
      readonly amount: Money;
    }
  | { readonly id: string; readonly type: 'STORNO'; readonly reversalOf: string };

export const ENTRY_TYPES = [
  'OPENING',
  'CHARGE',
  'RECALCULATION',
  'UNDERDELIVERY',
  'BENEFIT',
  'PENALTY',
  'PAYMENT',
  'REFUND',
  'ADJUSTMENT',
  'TRANSFER',
  'WRITE_OFF',
  'STORNO',
] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/**
 * Balances by service after a journal. Payments, benefits and underdeliveries reduce; a storno undoes the entry that
 * it names, once. The order of the entries does not matter.
 *
 * @throws RangeError on a storno of an entry that is not there, or a second one of the same
 */
export function balancesAfter(entries: readonly JournalEntry[]): Map<string, Money> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const reversed = new Set<string>();
  const balances = new Map<string, Money>();
  for (const entry of entries) {
    if (entry.type === 'STORNO') {
      if (reversed.has(entry.reversalOf)) throw new RangeError(`Entry ${entry.reversalOf} is reversed twice`);
      reversed.add(entry.reversalOf);
    }
    const { service, amount } = effectOf(entry, byId);
    balances.set(service, moneyOf((balances.get(service) ?? ZERO) + amount));
  }
  return balances;
}

function effectOf(
  entry: JournalEntry,
  byId: ReadonlyMap<string, JournalEntry>,
): { service: string; amount: Money } {
  const passed = new Set<string>();
  let sign = 1n;
  let current = entry;
  while (current.type === 'STORNO') {
    const reversed = byId.get(current.reversalOf);
    if (!reversed || passed.has(reversed.id))
      throw new RangeError(`There is no entry ${current.reversalOf} to reverse`);
    passed.add(reversed.id);
    current = reversed;
    sign = -sign;
  }
  return { service: current.service, amount: moneyOf(sign * effectOn(current.type, current.amount)) };
}

function effectOn(type: EntryType, amount: Money): bigint {
  if (type === 'PAYMENT') return -amount;
  if (type === 'BENEFIT' || type === 'UNDERDELIVERY') return amount > 0n ? -amount : amount;
  return amount;
}
