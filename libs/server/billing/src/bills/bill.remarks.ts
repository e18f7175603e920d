import { type Money, moneyText } from '@kvartal/domain';
import { showMoney } from '@kvartal/words';
import type { BillDocument } from './bill.document';
import { REMARKS } from './bill.words.ru';

/**
 * The sections of the official form that are a line or two: recalculations with their reasons, penalties and court costs
 * with their grounds, instalments (order 43/pr, sections 5 and 6). What there is none of is said so, as the form asks.
 */
export function remarksOf({ corrections, lines, currency }: BillDocument): string[] {
  const money = (value: Money): string => showMoney(moneyText(value), currency);
  const penalties = lines.filter(({ group, charged }) => group === 'PENALTY' && charged !== 0n);
  return [
    ...corrections.map((one) => `${one.service}: ${money(one.amount)}, ${one.reason}`),
    ...(corrections.length === 0 ? [REMARKS.noCorrections] : []),
    ...penalties.map(({ service, charged }) => `${service}: ${money(charged)}, ${REMARKS.grounds[currency]}`),
    penalties.length === 0 ? REMARKS.noPenalties : REMARKS.noCosts,
    REMARKS.noInstalments,
  ];
}

/** The form's two kinds: a bill that charges something, and one that only reminds of what is owed. */
export const kindOf = ({ lines }: Pick<BillDocument, 'lines'>): string =>
  lines.some(({ charged }) => charged !== 0n) ? REMARKS.current : REMARKS.debtOnly;
