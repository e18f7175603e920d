import {
  type LotPayment,
  type Month,
  type MonthLot,
  dayNumber,
  firstDay,
  month,
  moneyOf,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { type CopyReader, copyOut, literal, near } from '../closing/copy';
import { monthOfDay } from './penalty.book';

/** A service of a supplier that an account owes for; ids as COPY brings them. */
export interface DebtKey {
  account: number;
  service: number;
  supplier: number;
}

/** What is known of debts, by account, then by service and supplier: an account has a few at most. */
export class ByDebt<T> {
  private readonly byAccount = new Map<number, KnownDebt<T>[]>();

  add(key: DebtKey, item: T): void {
    const debts = this.byAccount.get(key.account);
    const known = debts && debtAmong(debts, key);
    if (known) known.items.push(item);
    else if (debts) debts.push({ key, items: [item] });
    else this.byAccount.set(key.account, [{ key, items: [item] }]);
  }

  of(key: DebtKey): readonly T[] {
    return debtAmong(this.byAccount.get(key.account) ?? NO_DEBTS, key)?.items ?? [];
  }

  keysOf(account: number): readonly DebtKey[] {
    return this.byAccount.get(account)?.map(({ key }) => key) ?? NO_DEBTS;
  }
}

interface KnownDebt<T> {
  key: DebtKey;
  items: T[];
}

const NO_DEBTS: readonly never[] = [];

function debtAmong<T>(
  debts: readonly KnownDebt<T>[],
  { service, supplier }: DebtKey,
): KnownDebt<T> | undefined {
  for (const debt of debts) if (debt.key.service === service && debt.key.supplier === supplier) return debt;
  return undefined;
}

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

/** Asks for what a closing knew of these accounts as debtors; `lotsOf` reads the answer. */
export const askForLots = (
  tx: Tx,
  { organizationId, closingId, accounts }: LotsWanted,
): Promise<CopyReader> =>
  copyOut(
    tx,
    `select account_id, service_ids, supplier_ids, months, due_on, principals, accrued, paid_lots, paid_on, paid_amounts
     from penalty_debtor
     where organization_id = ${literal(organizationId)} and closing_id = ${literal(closingId)}
       and ${near('account_id', accounts)}`,
  );

/** The lots of an answer by their debts, a debt's oldest first. */
export function lotsOf(rows: CopyReader): ByDebt<MonthLot> {
  const lots = new ByDebt<MonthLot>();
  while (rows.next()) {
    const account = rows.id();
    const services = rows.ids();
    const suppliers = rows.ids();
    const starts = rows.days();
    const dues = rows.days();
    const principals = rows.bigs();
    const accrued = rows.bigs();
    const payments = paymentsOf(rows, services.length);
    for (const [place, service] of services.entries())
      lots.add(
        { account, service, supplier: suppliers[place] ?? 0 },
        {
          id: lotId(service, monthStarting(starts[place] ?? 0)),
          due: dues[place] ?? 0,
          principal: moneyOf(principals[place] ?? 0n),
          accrued: moneyOf(accrued[place] ?? 0n),
          payments: payments[place] ?? NO_DEBTS,
        },
      );
  }
  return lots;
}

/** What was paid of each of so many lots: of which one each payment is, counted from 1, its day and its amount. */
function paymentsOf(rows: CopyReader, lots: number): readonly (readonly LotPayment[])[] {
  const [places, days, amounts] = [rows.ints(), rows.days(), rows.bigs()];
  if (places.length === 0) return NO_DEBTS;
  const payments = Array.from({ length: lots }, (): LotPayment[] => []);
  for (const [nth, place] of places.entries())
    payments[place - 1]?.push({ on: days[nth] ?? 0, amount: moneyOf(amounts[nth] ?? 0n) });
  return payments;
}

const starts = new Map<string, number>();
/** The first day of the month whose charge a lot is; lots of a closing are of few months and services. */
export function startOf(lot: MonthLot): number {
  const known = starts.get(lot.id);
  if (known !== undefined) return known;
  const day = dayNumber(firstDay(monthOfLot(lot)));
  starts.set(lot.id, day);
  return day;
}

/** The month whose charge a lot is. */
export const monthOfLot = ({ id }: Pick<MonthLot, 'id'>): Month => month(id.slice(id.indexOf('/') + 1));
