import { maxMoney, minMoney, type Money, moneyOf, ZERO } from '../../money';
import { type LotPayment, type PenaltyLot } from './penalty-line';

/** A month's debt with the payments that are its own. */
export interface MonthLot extends PenaltyLot {
  readonly payments: readonly LotPayment[];
}

/** What moved a debt in the month. */
export interface DebtMove {
  /** The payer's day. */
  readonly on: number;
  /** Minor units; below zero it is money given back, which is owed again. */
  readonly amount: Money;
  /** The lot of the month that a correction is for: it is reduced since the day it was due, as if it had never been owed. */
  readonly corrects?: string;
  /** The lot of the month that the payer named: it is paid, or owed again, before all others. */
  readonly names?: string;
  /** Of a payment that never came (a reversal): the day it was said to be of. Else money given back is owed from its day on. */
  readonly undoes?: number;
}

/** What is left of a lot. */
export function leftOf({ principal, payments }: Pick<MonthLot, 'principal' | 'payments'>): Money {
  if (payments.length === 0) return principal;
  return moneyOf(payments.reduce((left, { amount }) => left - amount, BigInt(principal)));
}

/**
 * The debts of a service as a month begins: together they are what is owed. What no older lot explains is the debt of the
 * month before, due with its bill. Where older lots are more than what is owed (a negative charge), the oldest are paid
 * on that month's last day.
 */
export function openLots(
  known: readonly MonthLot[],
  opening: Money,
  last: Pick<MonthLot, 'id' | 'due' | 'suspended'> & { readonly endsOn: number },
): MonthLot[] {
  const owed = maxMoney(opening, ZERO);
  const open = known.reduce((total, lot) => total + leftOf(lot), 0n);
  if (owed > open) {
    const { endsOn: _, ...lot } = last;
    return [...known, { ...lot, principal: moneyOf(owed - open), accrued: ZERO, payments: [] }];
  }
  if (owed === open) return [...known];
  const lots = new Settling(known);
  lots.pay({ on: last.endsOn, amount: moneyOf(open - owed) });
  return lots.result();
}

/**
 * What has moved since, given to the lots: payments in the order of the payers' days to the month that is named, then to
 * the oldest debt, a correction to its own month. Money given back is taken first from what no lot took, then from the
 * month that was named, then from what was paid last.
 *
 * @param advance what was overpaid as the month began, at least zero
 */
export function moveLots(
  lots: readonly MonthLot[],
  moves: readonly DebtMove[],
  advance: Money,
): readonly MonthLot[] {
  if (moves.length === 0) return lots;
  const settling = new Settling(lots);
  let spare: bigint = advance;
  const inOrder = [...moves].sort((one, other) => one.on - other.on);
  for (const move of inOrder) if (move.amount > 0n) spare += settling.pay(move);
  for (const move of inOrder) {
    if (move.amount >= 0n) continue;
    const back: bigint = -move.amount;
    const owedAgain = back > spare ? back - spare : 0n;
    spare -= back - owedAgain;
    settling.takeBack(move, owedAgain);
  }
  return settling.result();
}

/** A lot while money is given to it. */
interface OpenLot {
  readonly lot: MonthLot;
  left: bigint;
  readonly payments: LotPayment[];
}

/** Lots while money is given to them, the oldest first. */
class Settling {
  private readonly lots: readonly OpenLot[];

  constructor(lots: readonly MonthLot[]) {
    this.lots = lots.map((lot) => ({ lot, left: leftOf(lot), payments: [...lot.payments] }));
  }

  /** Returns what no lot took. */
  pay({ on, amount, corrects, names }: DebtMove): bigint {
    let rest: bigint = amount;
    for (const one of firstOf(this.lots, corrects ?? names)) {
      const part = minMoney(moneyOf(rest), moneyOf(one.left));
      if (part <= 0n) continue;
      one.payments.push({ on: one.lot.id === corrects ? one.lot.due : on, amount: part });
      one.left -= part;
      rest -= part;
    }
    return rest;
  }

  /** What no lot remembers being paid is a debt of this month: it is due with its bill. */
  takeBack({ on, names, undoes }: DebtMove, amount: bigint): void {
    let rest = amount;
    const inTurn = firstOf([...this.lots].reverse(), names);
    // payments of the day that is undone, then all
    for (const isSame of [true, false])
      for (const one of inTurn)
        for (const payment of [...one.payments].reverse()) {
          if (isSame && payment.on !== undoes) continue;
          const part = minMoney(
            moneyOf(rest),
            minMoney(payment.amount, moneyOf(one.lot.principal - one.left)),
          );
          if (part <= 0n) continue;
          if (undoes === undefined)
            one.payments.push({ on: Math.max(on, payment.on), amount: moneyOf(-part) });
          else replace(one.payments, payment, part);
          one.left += part;
          rest -= part;
        }
  }

  result(): MonthLot[] {
    return this.lots.map(({ lot, payments }) => ({
      ...lot,
      payments: payments.sort((one, other) => one.on - other.on),
    }));
  }
}

/** Lots in their order, but the one that is named before all others. */
function firstOf(lots: readonly OpenLot[], named: string | undefined): readonly OpenLot[] {
  const first = lots.find(({ lot }) => lot.id === named);
  return first ? [first, ...lots.filter((one) => one !== first)] : lots;
}

/** Makes a payment smaller by a part of it, or takes it out. */
function replace(payments: LotPayment[], payment: LotPayment, part: Money): void {
  const less = moneyOf(payment.amount - part);
  payments.splice(payments.indexOf(payment), 1, ...(less > 0n ? [{ ...payment, amount: less }] : []));
}
