import {
  type DebtMove,
  type LotPayment,
  type Money,
  type Month,
  type MonthLot,
  type PenaltyDebt,
  type PenaltyTerms,
  maxMoney,
  moneyOf,
  moveLots,
  negate,
  openLots,
  penaltiesUntil,
} from '@kvartal/domain';
import { grouped } from '../grouped';
import type { DebtGroup, Payer, PenaltyBook } from './penalty.book';
import { type DebtKey, lotId } from './penalty.lots';

/** The month that was closed last: its charge, where it is still owed, is a debt since its bill was due. Days are numbers. */
export interface LastMonth {
  month: Month;
  due: number;
  endsOn: number;
}

/** What an account owes for a service of a supplier, and what is known of it. */
export interface Debt {
  key: DebtKey;
  payer: Payer;
  group: DebtGroup;
  /** The balance of its line after the month that was closed last. */
  opening: Money;
  /** What that month's closing left behind, the oldest first. */
  known: readonly MonthLot[];
}

const NOTHING = moneyOf(0n);

/** The lots of a debt after what has moved since, those that were paid off before among them. */
export function lotsAfter(
  { key, payer, group, opening, known }: Debt,
  book: PenaltyBook,
  { last, moves }: { last: LastMonth; moves: readonly DebtMove[] },
): readonly MonthLot[] {
  const suspended = book.suspendedOf(String(key.account), payer, group);
  const newest = { id: lotId(key.service, last.month), due: last.due, endsOn: last.endsOn };
  const after = moveLots(openLots(known, opening, newest), moves, maxMoney(negate(opening), NOTHING));
  return suspended.length > 0 ? after.map((lot) => ({ ...lot, suspended })) : after;
}

/** A debt as it is charged, and its lots as they stand after the days that were counted. */
export interface ChargedDebt {
  /** By the terms that are for them. */
  debts: PenaltyDebt[];
  /** With their whole penalty as `accrued`. */
  lots: readonly MonthLot[];
}

/** The penalty of lots up to, but without, a day. A debt that no schedule is for costs nothing. */
export function chargeLots(
  { payer, group }: Pick<Debt, 'payer' | 'group'>,
  book: PenaltyBook,
  { lots, until }: { lots: readonly MonthLot[]; until: number },
): ChargedDebt {
  const debts: PenaltyDebt[] = [];
  const after: MonthLot[] = [];
  for (const [terms, ofTerms] of byTerms(lots, (lot) => book.termsOf(payer, group, lot.due))) {
    if (!terms) {
      after.push(...ofTerms);
      continue;
    }
    const debt = { terms, lots: ofTerms, payments: NO_PAYMENTS };
    const costs = penaltiesUntil(debt, until);
    debts.push({ ...debt, costed: { until, costs } });
    for (const [place, lot] of ofTerms.entries())
      after.push({ ...lot, accrued: costs[place] ?? lot.accrued });
  }
  return { debts, lots: after };
}

const NO_PAYMENTS: readonly LotPayment[] = [];

/** Lots by what is for them; nearly always that is the same for all. */
function byTerms(
  lots: readonly MonthLot[],
  termsOf: (lot: MonthLot) => PenaltyTerms | undefined,
): Iterable<readonly [PenaltyTerms | undefined, readonly MonthLot[]]> {
  const [first] = lots;
  if (!first) return [];
  const same = termsOf(first);
  return lots.every((lot) => termsOf(lot) === same) ? [[same, lots]] : grouped(lots, termsOf);
}
