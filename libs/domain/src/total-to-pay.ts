import { type Money, moneyOf, ZERO } from './money';

/** How the total of a bill nets overpayments (specification D.2, decided in favour of PER_RECIPIENT). */
export type TotalMode = 'PER_RECIPIENT' | 'NETTED' | 'SUM_OF_ROWS' | 'NETTED_PER_SUPPLIER';

/** A line's balance, and whose money it is. */
export interface PayableLine {
  readonly supplierId: string;
  /** Whose bank account takes the money of the supplier. */
  readonly recipientId: string;
  readonly group: 'HOUSING' | 'UTILITY' | 'CAPITAL_REPAIR' | 'OTHER' | 'PENALTY';
  /** Minor units; an overpayment is negative. */
  readonly closing: Money;
}

/**
 * The total to pay of an account's lines, never below zero. PER_RECIPIENT nets within whoever takes the money, and
 * lets neither capital repair nor a penalty net with anything; NETTED_PER_SUPPLIER does the same within a supplier.
 */
export function totalToPay(lines: Iterable<PayableLine>, mode: TotalMode): Money {
  let total = 0n;
  const netted = new Map<string, bigint>();
  for (const line of lines) {
    const key = nettingKey(line, mode);
    if (key === undefined) total += line.closing > 0n ? line.closing : 0n;
    else netted.set(key, (netted.get(key) ?? 0n) + line.closing);
  }
  for (const balance of netted.values()) if (balance > 0n) total += balance;
  return moneyOf(total);
}

/** What is owed and what is overpaid, row by row: a bill shows both where they stand beside each other. */
export function debtAndOverpayment(lines: Iterable<Pick<PayableLine, 'closing'>>): {
  debt: Money;
  overpayment: Money;
} {
  let debt = ZERO;
  let overpayment = ZERO;
  for (const { closing } of lines) {
    if (closing > 0n) debt = moneyOf(debt + closing);
    else overpayment = moneyOf(overpayment - closing);
  }
  return { debt, overpayment };
}

/** What a line nets with; undefined where it stands alone. */
export function nettingKey(line: PayableLine, mode: TotalMode): string | undefined {
  if (mode === 'NETTED') return 'all';
  if (mode === 'SUM_OF_ROWS' || line.group === 'CAPITAL_REPAIR' || line.group === 'PENALTY') return undefined;
  return mode === 'PER_RECIPIENT' ? line.recipientId : line.supplierId;
}
