import { moneyText } from '@kvartal/domain';
import { showAmount } from '@kvartal/words';
import { BOLD, PdfFile, REGULAR, SHEET, STRONG, Sheet, columnsOf, drawTable, layRow, styleOf } from '../pdf';
import { BREAKDOWN as WORDS } from './settlements.words.ru';
import { type BreakdownContent, printedCells } from './breakdown.content';

const TITLE = styleOf(14, BOLD);
const TEXT = styleOf(8.5);
const HEAD = styleOf(6.5, REGULAR, 0.35);
const CELL = styleOf(7);
const SUM = styleOf(7.5, BOLD);
const SMALL = styleOf(7, REGULAR, 0.35);

const COLUMNS = columnsOf([
  [18, 'left'],
  [56, 'left'],
  [null, 'left'],
  [36, 'left'],
  [116, 'left'],
  [62, 'right'],
  [44, 'right'],
  [30, 'right'],
  [46, 'right'],
  [54, 'right'],
]);

/** Draws a breakdown as a file. */
export function breakdownPdf(breakdown: BreakdownContent): Buffer {
  const { rows, totals } = breakdown;
  const sheet = new Sheet();
  sheet.paragraph(breakdown.title, TITLE);
  sheet.skip(3);
  for (const text of [breakdown.month, breakdown.payer, breakdown.accounts, breakdown.organization])
    sheet.paragraph(text, TEXT);
  sheet.skip(8);
  if (rows.length === 0) sheet.paragraph(WORDS.nothing, TEXT);
  else {
    const head = layRow(
      COLUMNS,
      breakdown.printedHeads.map((text) => [[text, HEAD]]),
      { rule: STRONG, atBottom: true },
    );
    const total = [
      WORDS.total,
      ...Array.from({ length: 5 }, () => ''),
      ...[totals.vat, totals.charged].map(shown),
    ];
    drawTable(sheet, head, [
      ...rows.map((row, at) =>
        layRow(
          COLUMNS,
          printedCells(row, rows[at - 1], at).map((text) => [[text, CELL]]),
        ),
      ),
      layRow(COLUMNS, [[], [], ...total.map((text) => [[text, SUM]] as const)], { rule: STRONG }),
    ]);
  }
  for (const [at, page] of sheet.pages.entries())
    page.text(WORDS.sheet(at + 1, sheet.pages.length), SMALL, SHEET.left, SHEET.foot);
  const file = new PdfFile(breakdown.info);
  for (const page of sheet.pages) file.add(page);
  return file.end();
}

const shown = (value: BreakdownContent['totals']['vat']): string => showAmount(moneyText(value));
