import { type Money, moneyText } from '@kvartal/domain';
import { showAmount, showDate } from '@kvartal/words';
import {
  BOLD,
  HAIRLINE,
  type LaidRow,
  PdfFile,
  REGULAR,
  SHEET,
  STRONG,
  Sheet,
  columnsOf,
  drawTable,
  layRow,
  lineHeight,
  styleOf,
  textAt,
  together,
  wrap,
} from '../pdf';
import { RECONCILIATION as WORDS } from './settlements.words.ru';
import type { ActContent, ActRow, ActSection } from './reconciliation.content';

const FAINT = 0.35;
const TITLE = styleOf(14, BOLD);
const TEXT = styleOf(8.5);
const SECTION = styleOf(9.5, BOLD);
const HEAD = styleOf(6.5, REGULAR, FAINT);
const CELL = styleOf(7);
const SUM = styleOf(7, BOLD);
const CONCLUSION = styleOf(9, BOLD);
const SMALL = styleOf(7, REGULAR, FAINT);

/** Our data, and as much room for the other party's, which it fills in by hand. */
const DAY = 48;
const AMOUNT = 52;
const GUTTER = 8;
const HALF = (SHEET.width - GUTTER) / 2;
const HALVES = columnsOf([
  [HALF + GUTTER, 'left'],
  [null, 'left'],
]);
const DOCUMENT = HALF - DAY - 2 * AMOUNT;
const COLUMNS = columnsOf([
  [DAY, 'left'],
  [DOCUMENT, 'left'],
  [AMOUNT, 'right'],
  [AMOUNT, 'right'],
  [GUTTER, 'left'],
  [DAY, 'left'],
  [DOCUMENT, 'left'],
  [AMOUNT, 'right'],
  [AMOUNT, 'right'],
]);
const SIGNATURES = 74;

/** Draws an act of reconciliation as a file. */
export function actPdf(act: ActContent): Buffer {
  const sheet = new Sheet();
  sheet.paragraph(act.title, TITLE);
  sheet.paragraph(act.numbered, TEXT);
  sheet.paragraph(act.period, TEXT);
  sheet.skip(5);
  sheet.paragraph(act.between, TEXT);
  sheet.skip(3);
  sheet.paragraph(act.account, TEXT);
  for (const section of act.sections) drawSection(sheet, act, section);
  drawConclusion(sheet, act);
  for (const [at, page] of sheet.pages.entries())
    page.text(WORDS.sheet(at + 1, sheet.pages.length), SMALL, SHEET.left, SHEET.foot);
  const file = new PdfFile(act.info);
  for (const page of sheet.pages) file.add(page);
  return file.end();
}

function drawSection(sheet: Sheet, act: ActContent, section: ActSection): void {
  sheet.skip(9);
  sheet.need(lineHeight(SECTION) + 60);
  textAt(sheet.page, section.title, SECTION, SHEET.left, sheet.y);
  sheet.skip(lineHeight(SECTION) + 1);
  const { debit, credit } = section;
  drawTable(sheet, headOf(act), [
    sumsRow(act.opensOn, sidesOf(section.opening)),
    ...section.rows.map(plainRow),
    sumsRow(WORDS.turnover, [amount(debit), amount(credit)]),
    sumsRow(act.closesOn, sidesOf(section.closing)),
  ]);
}

function headOf({ parties: [ours, theirs] }: ActContent): LaidRow {
  const { on, document, debit, credit } = WORDS.heads;
  const heads = [on, document, debit, credit].map((text) => [[text, HEAD]] as const);
  return together(
    layRow(HALVES, [[[WORDS.dataOf(ours), SUM]], [[WORDS.dataOf(theirs), SUM]]], { rule: HAIRLINE }),
    layRow(COLUMNS, [...heads, [], ...heads], { rule: STRONG }),
  );
}

const amount = (value: Money | null): string => (value === null ? '' : showAmount(moneyText(value)));

/** A balance stands in the column of whoever is owed: a debt to the debit, an overpayment to the credit. */
const sidesOf = (balance: Money): readonly [string, string] => {
  const text = showAmount(moneyText(balance)).replace('\u2212', '');
  return balance < 0n ? ['', text] : [text, ''];
};

const plainRow = ({ on, document, debit, credit }: ActRow): LaidRow =>
  layRow(COLUMNS, [
    [[showDate(on), CELL]],
    [[document, CELL]],
    [[amount(debit), CELL]],
    [[amount(credit), CELL]],
  ]);

const sumsRow = (label: string, [debit, credit]: readonly [string, string]): LaidRow =>
  layRow(COLUMNS, [[], [[label, SUM]], [[debit, SUM]], [[credit, SUM]], [], [], [[label, SUM]]], {
    rule: STRONG,
  });

/** What is agreed to, and where both sign; never torn from each other. */
function drawConclusion(sheet: Sheet, { conclusion, parties }: ActContent): void {
  sheet.need(3 * lineHeight(CONCLUSION) + SIGNATURES);
  sheet.skip(9);
  sheet.paragraph(conclusion, CONCLUSION);
  sheet.skip(16);
  const half = SHEET.width / 2;
  let bottom = sheet.y;
  for (const [at, party] of parties.entries()) {
    let y = sheet.y;
    for (const text of [WORDS.from(party), '', WORDS.signature, '', WORDS.seal])
      for (const line of wrap(text, TEXT, half - 20)) {
        textAt(sheet.page, line, TEXT, SHEET.left + at * half, y);
        y += lineHeight(TEXT);
      }
    bottom = Math.max(bottom, y);
  }
  sheet.skip(bottom - sheet.y);
}
