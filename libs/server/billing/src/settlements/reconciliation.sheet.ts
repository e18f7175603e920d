import { type Money, negate } from '@kvartal/domain';
import { type Cell, dateCell, headCell, moneyCell, textCell, workbook } from '../xlsx';
import { RECONCILIATION as WORDS } from './settlements.words.ru';
import type { ActContent, ActSection } from './reconciliation.content';

const WIDTHS = [12, 46, 15, 15];

/** An act of reconciliation as a spreadsheet: our data, with amounts that can be summed. */
export function actWorkbook(act: ActContent): Promise<Buffer> {
  const line = (text: string, isBold = false): Cell[] => [textCell(text, isBold)];
  return workbook(WORDS.sheetName, WIDTHS, [
    line(act.title, true),
    ...[act.numbered, act.period, act.between, act.account].map((text) => line(text)),
    ...act.sections.flatMap((section) => [[], ...sectionRows(act, section)]),
    [],
    line(act.conclusion, true),
    [],
    ...act.parties.map((party) => line(`${WORDS.from(party)}: ${WORDS.signature} ${WORDS.seal}`)),
  ]);
}

function sectionRows({ opensOn, closesOn }: ActContent, section: ActSection): Cell[][] {
  const { title, opening, rows, debit, credit, closing } = section;
  const { on, document, debit: inDebit, credit: inCredit } = WORDS.heads;
  return [
    [textCell(title, true)],
    [on, document, inDebit, inCredit].map(headCell),
    [null, textCell(opensOn, true), ...sidesOf(opening)],
    ...rows.map((row) => [dateCell(row.on), textCell(row.document), cellOf(row.debit), cellOf(row.credit)]),
    [null, textCell(WORDS.turnover, true), moneyCell(debit, true), moneyCell(credit, true)],
    [null, textCell(closesOn, true), ...sidesOf(closing)],
  ];
}

const cellOf = (value: Money | null): Cell => (value === null ? null : moneyCell(value));

/** A debt stands in the debit; an overpayment in the credit. */
const sidesOf = (balance: Money): Cell[] =>
  balance < 0n ? [null, moneyCell(negate(balance), true)] : [moneyCell(balance, true), null];
