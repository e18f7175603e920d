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
  /**
   * The lot of the month that the payer named: it is paid, or owed again, before all others. Of money given back, one that
   * is not among the lots any more was paid off: no other lot is owed again for it.
   */
  readonly names?: string;
  /** Of a payment that never came (a reversal): the day it was said to be of. Else money given back is owed from its day on. */
  readonly undoes?: number;
  /** Of money given back: the day it had come, where that is known. */
  readonly cameOn?: number;
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
 * the oldest debt, a correction to its own month. Money given back is taken first from what no lot took, then from what
 * its payment had paid, as far as that can be told.
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

/** A payment with the lot that it paid. */
interface Paid {
  readonly one: OpenLot;
  readonly payment: LotPayment;
}

/** Lots while money is given to them, the oldest first. */
class Settling {
  private readonly lots: readonly OpenLot[];
  /** What was given to a lot because it was named; of months before, that is not known. */
  private readonly byName = new Set<LotPayment>();

  constructor(lots: readonly MonthLot[]) {
    this.lots = lots.map((lot) => ({ lot, left: leftOf(lot), payments: [...lot.payments] }));
  }

  /** Returns what no lot took. */
  pay({ on, amount, corrects, names }: DebtMove): bigint {
    let rest: bigint = amount;
    for (const one of firstOf(this.lots, corrects ?? names)) {
      const part = minMoney(moneyOf(rest), moneyOf(one.left));
      if (part <= 0n) continue;
      const payment = { on: one.lot.id === corrects ? one.lot.due : on, amount: part };
      one.payments.push(payment);
      if (one.lot.id === names) this.byName.add(payment);
      one.left -= part;
      rest -= part;
    }
    return rest;
  }

  /** What no lot remembers being paid is a debt of this month: it is due with its bill. */
  takeBack(move: DebtMove, amount: bigint): void {
    const { on, names, undoes } = move;
    if (names !== undefined && !this.lots.some(({ lot }) => lot.id === names)) return;
    let rest = amount;
    for (const { one, payment } of this.paidBy(move)) {
      const part = minMoney(moneyOf(rest), minMoney(payment.amount, moneyOf(one.lot.principal - one.left)));
      if (part <= 0n) continue;
      if (undoes === undefined) one.payments.push({ on: Math.max(on, payment.on), amount: moneyOf(-part) });
      else this.forget(one, payment, part);
      one.left += part;
      rest -= part;
    }
  }

  /**
   * What was paid, that first which the payment of this money most likely paid: not what other payments had named, then of
   * its day, then of the month that it named, then no newer than the oldest debt that is left, since beyond that one only a
   * name is served. The latest first where nothing tells two apart.
   */
  private paidBy({ names, undoes, cameOn = undoes }: DebtMove): Paid[] {
    const oldestLeft = this.lots.findIndex(({ left }) => left > 0n);
    const beyond = oldestLeft < 0 ? [] : this.lots.slice(oldestLeft + 1);
    const isNamed = ({ one }: Paid): boolean => one.lot.id === names;
    const signs: readonly ((paid: Paid) => boolean)[] = [
      (paid) => isNamed(paid) || !this.byName.has(paid.payment),
      ({ payment }) => payment.on === cameOn,
      isNamed,
      ({ one }) => !beyond.includes(one),
    ];
    const latestFirst = this.lots
      .flatMap((one) => one.payments.map((payment) => ({ one, payment })))
      .reverse();
    return latestFirst.sort((first, second) => {
      const deciding = signs.find((holds) => holds(first) !== holds(second));
      return deciding === undefined ? 0 : deciding(first) ? -1 : 1;
    });
  }

  /** Makes a payment smaller by a part of it, or takes it out. */
  private forget({ payments }: OpenLot, payment: LotPayment, part: Money): void {
    const less = { ...payment, amount: moneyOf(payment.amount - part) };
    payments.splice(payments.indexOf(payment), 1, ...(less.amount > 0n ? [less] : []));
    if (this.byName.has(payment)) this.byName.add(less);
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
