import { dateOfDayNumber, dayNumber } from '../../civil-date';
import { type Ratio } from '../../decimal';
import { maxMoney, type Money, minMoney, moneyOf, ZERO } from '../../money';
import { type PenaltyFreeDays, type PenaltyTerms } from '../../penalty';
import { bandOn, rateOn } from '../../penalty-rates';
import { divideHalfAway } from '../../rounding';
import { type AccountService, type DaySpan } from '../snapshot';
import { type LineBeingMade } from '../statement-line';
import { FORMULAS, type Recorder } from '../trace';

/** What a closed month is still owed: it costs from the day that the scheme names after `due`. Days are numbers. */
export interface PenaltyLot {
  readonly id: string;
  /** The last day on which a payment is in time. */
  readonly due: number;
  readonly principal: Money;
  /** What earlier months have charged of its penalty. */
  readonly accrued: Money;
  /** Days without accrual: an instalment agreement, a write-off. They do not overlap. */
  readonly suspended?: readonly DaySpan[];
  /** What has been paid of it, by days, where that is decided already. */
  readonly payments?: readonly LotPayment[];
}

/** Money that came for a service, on the payer's day. A correction of an old month names its lot and that lot's due day. */
export interface LotPayment {
  readonly on: number;
  /** Minor units; below zero it was given back, and is owed again from the next day. */
  readonly amount: Money;
  /** The lot that the payer named; it is served first. */
  readonly lot?: string;
}

/** The debts of one service, by which terms they cost, and what has been paid of them. */
export interface PenaltyDebt {
  readonly terms: PenaltyTerms;
  /** The oldest first. */
  readonly lots: readonly PenaltyLot[];
  /** Money that has yet to be given to the lots. */
  readonly payments: readonly LotPayment[];
  /** What the lots cost up to a day, where that was worked out before; for any other day it is worked out anew. */
  readonly costed?: LotCosts;
}

/** The whole penalty of each lot of a debt up to, but without, a day. */
export interface LotCosts {
  readonly until: number;
  readonly costs: readonly Money[];
}

/** Days of a lot that cost the same each. */
export interface PenaltyPart extends DaySpan {
  readonly balance: Money;
  /** Per cent a year as the rules of those days fix or cap it. */
  readonly rate: Ratio;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** How a lot's penalty came to be: `amount = cumulative − accrued`. */
export interface TracedLot {
  readonly id: string;
  readonly due: number;
  readonly principal: Money;
  readonly parts: readonly PenaltyPart[];
  readonly cumulative: Money;
  readonly accrued: Money;
  readonly amount: Money;
}

const HUNDRED_PERCENT = 100n * 100_000_000n;

/**
 * Charges the penalty of a supplier's debts up to the month's end: of each lot the whole since it was due, rounded
 * once, less what has been charged before, so that nothing drifts and a payment with an earlier date takes back what
 * was too much (specification C.5). There is no penalty on a penalty.
 *
 * @throws RangeError where a day that costs has no key rate
 */
export function chargePenalty(
  line: LineBeingMade,
  { debts }: AccountService,
  until: number,
  recorder: Recorder | undefined,
): void {
  recorder?.formula(FORMULAS.PENALTY);
  for (const debt of debts ?? []) {
    line.charged = moneyOf(line.charged + newPenalty(debt, until));
    if (recorder) for (const lot of tracedLots(debt, until)) recorder.lot(lot);
  }
}

/** What the penalty of a debt has grown by since it was charged last; below zero where that was too much. */
export function newPenalty(debt: PenaltyDebt, until: number): Money {
  const costs = penaltiesUntil(debt, until);
  let total = 0n;
  let place = 0;
  for (const { accrued } of debt.lots) {
    total += (costs[place] ?? ZERO) - accrued;
    place += 1;
  }
  return moneyOf(total);
}

/** How the lots of a debt come to their penalties up to, but without, a day. */
export function tracedLots(debt: PenaltyDebt, until: number): TracedLot[] {
  const costs = penaltiesUntil(debt, until);
  const paid = settle(debt);
  return debt.lots.map((lot, place) => {
    const { id, due, principal, accrued } = lot;
    const cumulative = costs[place] ?? ZERO;
    const parts = partsOf(lot, paid[place] ?? [], debt.terms, until);
    return { id, due, principal, accrued, parts, cumulative, amount: moneyOf(cumulative - accrued) };
  });
}

/** The whole penalty of each lot of a debt up to, but without, a day. */
export function penaltiesUntil(debt: PenaltyDebt, until: number): readonly Money[] {
  if (debt.costed?.until === until) return debt.costed.costs;
  const paid = settle(debt);
  return debt.lots.map((lot, place) => penaltyUntil(lot, paid[place] ?? NO_PAYMENTS, debt.terms, until));
}

const NO_PAYMENTS: readonly LotPayment[] = [];

/**
 * Gives the payments, by their days, to the lots: first to the one that a payment names, then to the oldest. What no
 * lot takes is an advance (specification D.4). Money given back is owed again of the lot that it names, or else of
 * those that were paid, the latest first.
 */
export function settle({
  lots,
  payments,
}: Pick<PenaltyDebt, 'lots' | 'payments'>): (readonly LotPayment[])[] {
  if (payments.length === 0) return lots.map((lot) => lot.payments ?? NO_PAYMENTS);
  const open = lots.map(openLot);
  for (const { on, amount, lot } of [...payments].sort((one, other) => one.on - other.on)) {
    const isBack = amount < 0n;
    let rest = amount;
    for (const one of inTurn(open, lot, isBack)) {
      const part = isBack ? maxMoney(rest, moneyOf(one.left - one.principal)) : minMoney(rest, one.left);
      if (part === 0n) continue;
      one.taken.push({ on, amount: part });
      one.left = moneyOf(one.left - part);
      rest = moneyOf(rest - part);
    }
  }
  return open.map(({ taken }) => taken.sort((one, other) => one.on - other.on));
}

function openLot({ id, principal, payments = NO_PAYMENTS }: PenaltyLot): OpenLot {
  const left = payments.reduce((rest, { amount }) => rest - amount, BigInt(principal));
  return { id, principal, left: moneyOf(left), taken: [...payments] };
}

/** A lot while payments are given to it. */
interface OpenLot extends Pick<PenaltyLot, 'id' | 'principal'> {
  left: Money;
  readonly taken: LotPayment[];
}

function inTurn(open: readonly OpenLot[], lot: string | undefined, isBack: boolean): readonly OpenLot[] {
  const place = open.findIndex(({ id }) => id === lot);
  const named = open[place];
  if (isBack) return (named ? open.slice(0, place + 1) : [...open]).reverse();
  return named ? [named, ...open] : open;
}

/** The penalty of a lot from the day after it was due up to, but without, a day; rounded once. */
export function penaltyUntil(
  lot: PenaltyLot,
  payments: readonly LotPayment[],
  terms: PenaltyTerms,
  until: number,
): Money {
  const costs = costsSince(terms, lot.due, until);
  if (!costs[until - 1 - lot.due]) return ZERO; // not late enough yet, or not due: a day never costs less than nothing
  const exact = exactCost(lot, payments, { costs, until });
  const rounded = moneyOf(divideHalfAway(exact, HUNDRED_PERCENT * denominatorOf(terms)));
  return terms.scheme.upToPrincipal ? minMoney(rounded, lot.principal) : rounded;
}

function exactCost(
  lot: PenaltyLot,
  payments: readonly LotPayment[],
  { costs, until }: { costs: readonly bigint[]; until: number },
): bigint {
  if (payments.length === 0)
    return lot.principal > 0n ? lot.principal * costBetween(costs, lot, lot.due + 1, until) : 0n;
  let exact = 0n;
  for (const { from, to, balance } of balances(lot, payments, until))
    if (balance > 0n) exact += balance * costBetween(costs, lot, from, to);
  return exact;
}

interface Balance extends DaySpan {
  readonly balance: Money;
}

/** What is owed of a lot over its days of delay. The day of a payment still counts on what it pays. */
function balances(lot: PenaltyLot, payments: readonly LotPayment[], until: number): Balance[] {
  const found: Balance[] = [];
  let from = lot.due + 1;
  let balance: bigint = lot.principal;
  for (const { on, amount } of payments) {
    const to = Math.min(on + 1, until);
    if (to > from) {
      found.push({ from, to, balance: moneyOf(balance) });
      from = to;
    }
    balance -= amount;
  }
  if (from < until) found.push({ from, to: until, balance: moneyOf(balance) });
  return found;
}

/** What one minor unit costs over days `[from, to)` of a lot, its suspended days left out. */
function costBetween(
  costs: readonly bigint[],
  { due, suspended }: PenaltyLot,
  from: number,
  to: number,
): bigint {
  let total = costWithin(costs, due, from, to);
  if (suspended)
    for (const days of suspended)
      total -= costWithin(costs, due, Math.max(days.from, from), Math.min(days.to, to));
  return total;
}

function costWithin(costs: readonly bigint[], due: number, from: number, to: number): bigint {
  return to <= from ? 0n : (costs[to - 1 - due] ?? 0n) - (costs[from - 1 - due] ?? 0n);
}

/** By terms and due day: what one minor unit has cost up to each day of delay. Lots of a month share it. */
const known = new WeakMap<PenaltyTerms, Map<number, bigint[]>>();

function costsSince(terms: PenaltyTerms, due: number, until: number): readonly bigint[] {
  let byDue = known.get(terms);
  if (!byDue) known.set(terms, (byDue = new Map()));
  let costs = byDue.get(due);
  if (!costs) byDue.set(due, (costs = [0n]));
  for (let delay = costs.length; due + delay < until; delay += 1)
    costs.push((costs[delay - 1] ?? 0n) + costOn(terms, due, delay));
  return costs;
}

function costOn(terms: PenaltyTerms, due: number, delay: number): bigint {
  const found = rateAndBand(terms, due, delay);
  return found ? found.rate * found.numerator * (denominatorOf(terms) / found.denominator) : 0n;
}

interface DayCost {
  readonly rate: Ratio;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What a day of delay costs; nothing before the first band and under a moratorium, though the delay counts on. */
function rateAndBand(terms: PenaltyTerms, due: number, delay: number): DayCost | undefined {
  const band = bandOn(terms.scheme, delay);
  if (!band) return undefined;
  const date = dateOfDayNumber(due + delay);
  if (terms.moratoria.some(({ from, to }) => from <= date && (to === null || date <= to))) return undefined;
  const rate = rateOn(terms.rateDate ?? date, terms.keyRates, terms.rateRules);
  return { rate, numerator: band.numerator, denominator: band.denominator };
}

const denominators = new WeakMap<PenaltyTerms, bigint>();

/** A multiple of all the scheme's fractions' denominators. */
function denominatorOf(terms: PenaltyTerms): bigint {
  const found = denominators.get(terms);
  if (found !== undefined) return found;
  const product = terms.scheme.bands.reduce((before, band) => before * band.denominator, 1n);
  denominators.set(terms, product);
  return product;
}

/** The same days, cut where a day may cost another sum than the one before: for the breakdown. */
function partsOf(
  lot: PenaltyLot,
  payments: readonly LotPayment[],
  terms: PenaltyTerms,
  until: number,
): PenaltyPart[] {
  const parts: PenaltyPart[] = [];
  const cuts = [...new Set(changesOf(terms, lot))].sort((one, other) => one - other);
  for (const { from, to, balance } of balances(lot, payments, until)) {
    const inside = cuts.filter((day) => from < day && day < to);
    for (const [place, start] of [from, ...inside].entries()) {
      const isSuspended = lot.suspended?.some((days) => days.from <= start && start < days.to) ?? false;
      const cost = isSuspended || balance <= 0n ? undefined : rateAndBand(terms, lot.due, start - lot.due);
      if (cost) join(parts, { ...cost, from: start, to: inside[place] ?? to, balance });
    }
  }
  return parts;
}

/** The days on which another rate, rule, band, moratorium or agreement begins. */
function changesOf(
  { scheme, keyRates, rateRules, moratoria }: PenaltyTerms,
  { due, suspended = [] }: PenaltyLot,
): number[] {
  const inclusive = ({ from, to }: PenaltyFreeDays): number[] => [
    dayNumber(from),
    ...(to === null ? [] : [dayNumber(to) + 1]),
  ];
  return [
    ...scheme.bands.flatMap(({ fromDay, toDay }) => [
      due + fromDay,
      ...(toDay === null ? [] : [due + toDay + 1]),
    ]),
    ...keyRates.map(({ from }) => dayNumber(from)),
    ...[...rateRules, ...moratoria].flatMap(inclusive),
    ...suspended.flatMap(({ from, to }) => [from, to]),
  ];
}

function join(parts: PenaltyPart[], day: PenaltyPart): void {
  const last = parts.at(-1);
  const isSame =
    last?.to === day.from &&
    last.balance === day.balance &&
    last.rate === day.rate &&
    last.denominator === day.denominator &&
    last.numerator === day.numerator;
  if (isSame) parts[parts.length - 1] = { ...last, to: day.to };
  else parts.push(day);
}
