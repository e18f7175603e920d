import { type Allocation, allocateInOrder, allocateOldestFirst, allocateProportional } from './allocation';
import { addMoney, maxMoney, minMoney, type Money, moneyOf, subtractMoney, sum, ZERO } from './money';
import { type Month, month } from './month';
import { split } from './rounding';
import { nettingKey, type PayableLine, type TotalMode } from './total-to-pay';

/** Lines that net with each other, and what is due of them together: what the total to pay says for them. */
interface Netted {
  due: Money;
  /** Of the lines that owe something. */
  owed: Money;
}

const NONE: Netted = { due: ZERO, owed: ZERO };

/**
 * Splits a payment over lines of several recipients so that whoever pays exactly the total to pay owes nobody anything:
 * each recipient's overpaid lines pay for its other lines, never for another's. In proportion to what is due, or line by
 * line where `inOrder`; what comes beyond the total closes the lines that were left, and the rest is an advance.
 * `amounts` and `advance` sum up to the payment exactly.
 *
 * @throws RangeError on a payment below zero
 */
export function allocateByDue(
  payment: Money,
  lines: readonly PayableLine[],
  { mode, inOrder = false }: { mode: TotalMode; inOrder?: boolean },
): Allocation {
  if (payment < 0n) throw new RangeError('A payment below zero is a refund');
  const keys = keysOf(lines, mode);
  const groups = nettedBy(keys, lines);
  const groupOf = (place: number): Netted => groups.get(keys[place] ?? '') ?? NONE;
  const owed = lines.map(({ closing }) => maxMoney(closing, ZERO));
  const first = inOrder ? dueInOrder(payment, owed, groupOf) : dueInProportion(payment, owed, groupOf);
  const rest = (inOrder ? allocateInOrder : allocateProportional)(
    subtractMoney(payment, sum(first)),
    owed.map((amount, place) => subtractMoney(amount, first[place] ?? ZERO)),
  );
  return {
    amounts: first.map((amount, place) => moneyOf(amount + (rest.amounts[place] ?? ZERO))),
    advance: rest.advance,
  };
}

/** What lines net by; a line that nets with none has a key of its own. */
function keysOf(lines: readonly PayableLine[], mode: TotalMode): string[] {
  return lines.map((line, place) => nettingKey(line, mode) ?? `line ${place}`);
}

function nettedBy(keys: readonly string[], lines: readonly PayableLine[]): Map<string, Netted> {
  const groups = new Map<string, Netted>();
  for (const [place, { closing }] of lines.entries()) {
    const key = keys[place] ?? '';
    const { due, owed } = groups.get(key) ?? { due: ZERO, owed: ZERO };
    groups.set(key, { due: moneyOf(due + closing), owed: moneyOf(owed + maxMoney(closing, ZERO)) });
  }
  for (const group of groups.values()) group.due = maxMoney(group.due, ZERO);
  return groups;
}

/**
 * All that is due, group by group to the kopek; or as much of it as there is money for, over all lines at once: a line's
 * weight is then its part of what is due of its group, kept whole by the product of all groups' debts.
 */
function dueInProportion(
  payment: Money,
  owed: readonly Money[],
  groupOf: (place: number) => Netted,
): Money[] {
  const groups = [...new Set(owed.map((_, place) => groupOf(place)))];
  if (payment >= sum(groups.map(({ due }) => due))) {
    const parts = groups.map((group) =>
      split(
        group.due,
        owed.map((amount, place) => (groupOf(place) === group ? amount : 0n)),
      ),
    );
    return owed.map((_, place) => moneyOf(parts.reduce((whole, part) => whole + (part[place] ?? 0n), 0n)));
  }
  const scale = groups.reduce((product, group) => product * (group.owed || 1n), 1n);
  const weights = owed.map((amount, place) => {
    const group = groupOf(place);
    return amount * group.due * (scale / (group.owed || 1n));
  });
  return split(payment, weights).map(moneyOf);
}

function dueInOrder(payment: Money, owed: readonly Money[], groupOf: (place: number) => Netted): Money[] {
  const left = new Map<Netted, Money>();
  let money = payment;
  return owed.map((amount, place) => {
    const group = groupOf(place);
    const part = minMoney(minMoney(money, amount), left.get(group) ?? group.due);
    left.set(group, subtractMoney(left.get(group) ?? group.due, part));
    money = subtractMoney(money, part);
    return part;
  });
}

/** A line, and its balance by the months that it is owed for: they sum up to it where it is above zero. */
export type AgedLine = PayableLine & { readonly debts: readonly { month: Month; amount: Money }[] };

/** Penalties are paid when nothing else is owed (Civil Code, article 319). */
const PENALTIES_LAST = month('9999-12');

/**
 * The same, the oldest month first and in proportion within a month; penalties after all months (specification D.4,
 * FIFO). The month that the payer named is served before older ones (Plenum of the Supreme Court No. 22 of 2017, p. 32).
 * A recipient's overpaid lines have paid the oldest debts of its other lines, whatever is named.
 *
 * @throws RangeError on a payment below zero
 */
export function allocateByAge(
  payment: Money,
  lines: readonly AgedLine[],
  mode: TotalMode,
  named?: Month,
): Allocation {
  if (payment < 0n) throw new RangeError('A payment below zero is a refund');
  const lots = agedLots(lines, mode);
  const first = allocateOldestFirst(payment, lots.map(leftOf), named);
  const rest = allocateOldestFirst(
    first.advance,
    lots.map(({ month, credited }) => ({ month, amount: credited })),
    named,
  );
  const amounts = lines.map((_, place) =>
    sum(
      lots.flatMap((lot, at) =>
        lot.place === place ? [first.amounts[at] ?? ZERO, rest.amounts[at] ?? ZERO] : [],
      ),
    ),
  );
  return { amounts, advance: rest.advance };
}

/**
 * What is due by the months that it is for, the oldest first; penalties left out. A recipient's overpaid lines have paid
 * the oldest debts of its other lines: with the penalties it sums up to the total to pay.
 */
export function dueByMonth(lines: readonly AgedLine[], mode: TotalMode): { month: Month; amount: Money }[] {
  const due = new Map<Month, Money>();
  for (const { month, amount } of agedLots(lines, mode).map(leftOf))
    if (amount > 0n && month !== PENALTIES_LAST) due.set(month, addMoney(due.get(month) ?? ZERO, amount));
  return [...due].map(([month, amount]) => ({ month, amount })).sort((a, b) => (a.month < b.month ? -1 : 1));
}

/** What a line owes for a month, and what of that the recipient's overpaid lines have paid. */
interface AgedLot {
  readonly month: Month;
  readonly amount: Money;
  readonly place: number;
  readonly credited: Money;
}

const leftOf = ({ month, amount, credited }: AgedLot): { month: Month; amount: Money } => ({
  month,
  amount: subtractMoney(amount, credited),
});

function agedLots(lines: readonly AgedLine[], mode: TotalMode): AgedLot[] {
  const keys = keysOf(lines, mode);
  const lots = lines.flatMap((line, place) => {
    const months = line.group === 'PENALTY' ? [{ month: PENALTIES_LAST, amount: line.closing }] : line.debts;
    return months.flatMap((one) => (one.amount > 0n ? { ...one, place, key: keys[place] } : []));
  });
  const credited = lots.map(() => ZERO);
  for (const [key, { due, owed }] of nettedBy(keys, lines)) {
    const own = [...lots.keys()].filter((at) => lots[at]?.key === key);
    const { amounts } = allocateOldestFirst(
      subtractMoney(owed, due),
      own.flatMap((at) => lots[at] ?? []),
    );
    for (const [index, at] of own.entries()) credited[at] = amounts[index] ?? ZERO;
  }
  return lots.map(({ month, amount, place }, at) => ({
    month,
    amount,
    place,
    credited: credited[at] ?? ZERO,
  }));
}
