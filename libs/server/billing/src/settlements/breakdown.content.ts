import {
  type CivilDate,
  type Money,
  lastDay,
  moneyText,
  priceText,
  quantityText,
  sum,
} from '@kvartal/domain';
import { currencySign, showAmount, showMonthName, showNumber, showQuantity } from '@kvartal/words';
import { BREAKDOWN as WORDS, TAX_IDS } from './settlements.words.ru';
import type { BreakdownRow } from './settlements.types';
import type { PayerMonth } from './breakdown.queries';

/** A breakdown in words, before it is drawn. */
export interface BreakdownContent {
  title: string;
  month: string;
  payer: string;
  accounts: string;
  organization: string;
  heads: readonly string[];
  /** On paper a quantity stands with its unit. */
  printedHeads: readonly string[];
  rows: readonly BreakdownRow[];
  totals: BreakdownTotals;
  info: { title: string; author: string; createdOn: CivilDate };
}

export interface BreakdownTotals {
  vat: Money;
  charged: Money;
}

export const breakdownTotals = (rows: readonly BreakdownRow[]): BreakdownTotals => ({
  vat: sum(rows.map(({ vat }) => vat)),
  charged: sum(rows.map(({ charged }) => charged)),
});

/** Puts a payer's month into words: the same for the same lines. */
export function breakdownContent({
  month,
  payer,
  organization,
  currency,
  rows,
}: PayerMonth): BreakdownContent {
  const { vat, amount, ...names } = WORDS.heads;
  const sums = [vat, amount].map((head) => `${head}, ${currencySign(currency)}`);
  const numbers = [...new Set(rows.map(({ number }) => number))];
  return {
    title: WORDS.title,
    month: WORDS.month(month.slice(0, 4), showMonthName(month, 'ru')),
    payer: `${WORDS.payer}: ${[payer.name, payer.taxId ? `${TAX_IDS[currency]} ${payer.taxId}` : ''].filter(Boolean).join(', ')}`,
    accounts: `${WORDS.accounts}: ${numbers.join(', ') || WORDS.none}`,
    organization: `${WORDS.organization}: ${organization.name}`,
    heads: [...Object.values(names), ...sums],
    printedHeads: [...Object.values(names).filter((head) => head !== names.unit), ...sums],
    rows,
    totals: breakdownTotals(rows),
    info: {
      title: `${WORDS.title}, ${month}`,
      author: organization.name,
      createdOn: lastDay(month),
    },
  };
}

/** The cells of a row as they are printed; an account's number stands at its first row only. */
export function printedCells(row: BreakdownRow, before: BreakdownRow | undefined, at: number): string[] {
  const isSame = before?.accountId === row.accountId;
  return [
    String(at + 1),
    isSame ? '' : row.number,
    isSame ? '' : row.recipient,
    row.tariffGroup === null ? WORDS.none : String(row.tariffGroup),
    row.service,
    row.price === 0n ? WORDS.none : showQuantity(quantityText(row.quantity), row.unit),
    row.price === 0n ? WORDS.none : showNumber(priceText(row.price)),
    row.vatPercent === null ? WORDS.none : showNumber(row.vatPercent),
    showAmount(moneyText(row.vat)),
    showAmount(moneyText(row.charged)),
  ];
}
