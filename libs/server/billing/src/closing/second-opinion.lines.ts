import {
  type AccountSnapshot,
  type HouseSnapshot,
  type LineKey,
  moneyOf,
  priceOf,
  quantityOf,
} from '@kvartal/domain';
import type { Holds } from './closing.holds';
import { type LateMonth, sumOf } from './closing.late';

/** What is compared, in the units of the ledger. */
export const COLUMNS = [
  'quantity',
  'commonQuantity',
  'charged',
  'vat',
  'excess',
  'recalculated',
  'underdelivered',
  'benefit',
  'closing',
] as const;
export type Column = (typeof COLUMNS)[number];

/** A line as somebody else believes in it. */
export interface OpinionLine extends Readonly<Record<Column, bigint>>, LineKey {
  readonly method: string;
}

/** A house's month as somebody else believes in it: its lines, and what it leaves of common volumes for the next month. */
export interface OpinionMonth {
  readonly lines: readonly OpinionLine[];
  readonly carried: readonly { readonly serviceId: string; readonly quantity: bigint }[];
}

/** Evaluates a house's month by code that shares nothing with the engine. */
export type SecondOpinion = (house: HouseSnapshot) => OpinionMonth;

export const keyOf = ({ accountId, serviceId, supplierId }: LineKey): string =>
  `${accountId} ${serviceId} ${supplierId}`;

/** A month that was held, by the second opinion: what of it is charged now. */
export const lateMonthBy =
  (opinion: SecondOpinion) =>
  (house: HouseSnapshot): LateMonth => {
    const { lines, carried } = opinion(house);
    return {
      lines: lines.map((line) => ({
        ...line,
        quantity: quantityOf(line.quantity),
        commonQuantity: quantityOf(line.commonQuantity),
        price: priceOf(0n),
        tariffId: null,
        charged: moneyOf(line.charged),
        vat: moneyOf(line.vat),
        excess: moneyOf(line.excess),
        recalculated: moneyOf(line.recalculated),
        underdelivered: moneyOf(line.underdelivered),
        benefit: moneyOf(line.benefit),
      })),
      carried: carried.map(({ serviceId, quantity }) => ({ serviceId, quantity: quantityOf(quantity) })),
    };
  };

/** The lines of a house as they ought to be written down: what was held earlier is in them, what is held now charges nothing. */
export function believedLines(house: HouseSnapshot, holds: Holds, opinion: SecondOpinion): OpinionLine[] {
  const { houseId } = house;
  const carried = new Map(house.accounts.flatMap(carriedLines).map((line) => [keyOf(line), line]));
  if (holds.isWhole(houseId)) return [...carried.values()];
  const lines = new Map(opinion(holds.prepared(house)).lines.map((line) => [keyOf(line), line]));
  for (const late of holds.lateCharges.filter((one) => one.houseId === houseId)) {
    const line = lines.get(keyOf(late)) ?? emptyLine(late);
    const amount = sumOf(late.line);
    lines.set(keyOf(late), {
      ...line,
      recalculated: line.recalculated + amount,
      closing: line.closing + amount,
    });
  }
  return [...lines].map(([key, line]) => (holds.holds(houseId, line) ? (carried.get(key) ?? line) : line));
}

const emptyLine = ({ accountId, serviceId, supplierId }: LineKey): OpinionLine => ({
  accountId,
  serviceId,
  supplierId,
  method: 'HELD',
  quantity: 0n,
  commonQuantity: 0n,
  charged: 0n,
  vat: 0n,
  excess: 0n,
  recalculated: 0n,
  underdelivered: 0n,
  benefit: 0n,
  closing: 0n,
});

/** What is left of an account's lines that charge nothing: the balance, and what has moved it. */
function carriedLines({ accountId, services }: AccountSnapshot): OpinionLine[] {
  const lines = new Map<string, OpinionLine>();
  for (const { terms, ...moved } of services) {
    const line = emptyLine({ accountId, serviceId: terms.serviceId, supplierId: terms.supplierId });
    const before = lines.get(keyOf(line)) ?? line;
    const recalculated = before.recalculated + moved.recalculated;
    const underdelivered = before.underdelivered + moved.underdelivered;
    const benefit = before.benefit + moved.benefit;
    const changes = moved.recalculated + moved.underdelivered + moved.benefit;
    const closing = before.closing + moved.opening + moved.adjusted - moved.paid + changes;
    lines.set(keyOf(line), { ...before, recalculated, underdelivered, benefit, closing });
  }
  return [...lines.values()];
}
