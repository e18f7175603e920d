import {
  BOLD,
  HAIRLINE,
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
  wrap,
} from '../pdf';
import type { BillContent, Fact, Table, Term } from './bill.content';
import { drawRecipients } from './bill.recipients';
import { servicesHead, servicesRows } from './bill.services';
import { WORDS } from './bill.words.ru';

const FAINT = 0.35;
const TITLE = styleOf(14, BOLD);
const TEXT = styleOf(8);
const SECTION = styleOf(9.5, BOLD);
const LABEL = styleOf(7.5, REGULAR, FAINT);
const VALUE = styleOf(7.5);
const SMALL = styleOf(7, REGULAR, FAINT);
const HEAD = styleOf(6.2, REGULAR, FAINT);
const CELL = styleOf(7);

/** Draws a bill on as many pages as it takes. */
function drawPages(bill: BillContent): Sheet['pages'] {
  const sheet = new Sheet();
  drawHeading(sheet, bill);
  drawEquation(sheet, bill);
  drawSides(sheet, bill);
  drawRecipients(sheet, bill.recipients);
  drawServices(sheet, bill);
  drawReference(sheet, bill);
  for (const [at, page] of sheet.pages.entries())
    page.text(bill.sheet(at + 1, sheet.pages.length), SMALL, SHEET.left, SHEET.foot);
  return sheet.pages;
}

/** A bill as a file. */
export function billPdf(bill: BillContent): Buffer {
  const file = new PdfFile(bill.info);
  for (const page of drawPages(bill)) file.add(page);
  return file.end();
}

/** Several bills as one file, a piece at a time; fonts stand in it once. */
export async function* billsPdf(
  info: BillContent['info'],
  batches: AsyncIterable<readonly BillContent[]>,
): AsyncGenerator<Buffer> {
  const file = new PdfFile(info);
  for await (const batch of batches) {
    for (const bill of batch) for (const page of drawPages(bill)) file.add(page);
    yield file.take();
  }
  yield file.end();
}

const BOX = 34;
const DUE_LABEL = styleOf(10);
const DUE = styleOf(20, BOLD);
const DEADLINE = styleOf(13, BOLD);

/** Whose bill, and the two things that one opens it for: how much, and by when. */
function drawHeading(sheet: Sheet, bill: BillContent): void {
  sheet.paragraph(bill.title, TITLE);
  sheet.paragraph(bill.numbered, TEXT);
  sheet.skip(6);
  const { page } = sheet;
  page.frame(SHEET.left, sheet.y, SHEET.width, BOX);
  const baseline = sheet.y + 24;
  let x: number = SHEET.left + 10;
  for (const [text, style] of [
    [bill.due.label, DUE_LABEL],
    [bill.due.value, DUE],
  ] as const) {
    page.text(text, style, x, baseline);
    x += (style.face.widthOf(text) * style.size) / 1000;
  }
  const wide = ({ value, label }: Fact): number =>
    (DUE_LABEL.face.widthOf(label) * DUE_LABEL.size + DEADLINE.face.widthOf(value) * DEADLINE.size) / 1000;
  x = SHEET.left + SHEET.width - 10 - wide(bill.payBy);
  page.text(bill.payBy.label, DUE_LABEL, x, baseline);
  x += (DUE_LABEL.face.widthOf(bill.payBy.label) * DUE_LABEL.size) / 1000;
  page.text(bill.payBy.value, DEADLINE, x, baseline);
  sheet.skip(BOX);
}

const TERM = styleOf(10, BOLD);

/** The month as a sum that adds up aloud: what was owed, paid, charged, corrected, and what is left. */
function drawEquation(sheet: Sheet, { equation, counted }: BillContent): void {
  sheet.skip(7);
  const step = SHEET.width / equation.length;
  const { page } = sheet;
  for (const [at, term] of equation.entries()) {
    const x = SHEET.left + at * step;
    textAt(page, term.label, SMALL, x, sheet.y);
    textAt(page, valueOf(term), TERM, x, sheet.y + lineHeight(SMALL));
  }
  sheet.skip(lineHeight(SMALL) + lineHeight(TERM) + 2);
  sheet.paragraph(counted, SMALL);
}

const valueOf = ({ sign, value }: Term): string => (sign === '' ? value : `${sign} ${value}`);

const BETWEEN = 18;
const LABELS = 108;

/** Who pays and who serves, side by side. */
function drawSides(sheet: Sheet, { payer, executor }: BillContent): void {
  sheet.skip(8);
  const width = (SHEET.width - BETWEEN) / 2;
  const top = sheet.y;
  const bottoms = [
    drawFacts(sheet, WORDS.payer, payer, { x: SHEET.left, width }),
    drawFacts(sheet, WORDS.executor, executor, { x: SHEET.left + width + BETWEEN, width }),
  ];
  sheet.skip(Math.max(...bottoms) - top);
}

/** Returns how far down the page it came. */
function drawFacts(
  { page, y: top }: Sheet,
  title: string,
  facts: readonly Fact[],
  { x, width }: { x: number; width: number },
): number {
  textAt(page, title, SECTION, x, top);
  let y = top + lineHeight(SECTION) + 1;
  page.box(x, y, width, STRONG.thickness);
  y += 3;
  for (const { label, value } of facts) {
    textAt(page, `${label}:`, LABEL, x, y);
    for (const line of wrap(value, VALUE, width - LABELS)) {
      textAt(page, line, VALUE, x + LABELS, y);
      y += lineHeight(VALUE);
    }
  }
  return y;
}

const TOTAL = styleOf(11, BOLD);

/** The table of services between the line where paper is torn and the total in words. */
function drawServices(sheet: Sheet, bill: BillContent): void {
  section(sheet, WORDS.services);
  drawTable(sheet, servicesHead(bill.currency), servicesRows(bill));
  drawTotal(sheet, bill);
}

/** The total stands at the right end of its explanation, or under it where there is no room. */
function drawTotal(sheet: Sheet, { explained, total }: BillContent): void {
  const wide = ({ face, size }: typeof TOTAL, text: string): number => (face.widthOf(text) * size) / 1000;
  const fits = wide(VALUE, explained) + wide(TOTAL, total) < SHEET.width;
  sheet.need(lineHeight(TOTAL) * 2 + 4);
  sheet.skip(4);
  const right = SHEET.left + SHEET.width - wide(TOTAL, total);
  sheet.page.text(explained, VALUE, SHEET.left, sheet.y + TOTAL.size);
  if (!fits) sheet.skip(lineHeight(TOTAL));
  sheet.page.text(total, TOTAL, right, sheet.y + TOTAL.size);
  sheet.skip(lineHeight(TOTAL));
}

/** What the charges were made from: meters, the house, norms, and what was corrected. */
function drawReference(sheet: Sheet, bill: BillContent): void {
  section(sheet, WORDS.remarks);
  for (const line of bill.remarks) sheet.paragraph(line, VALUE);
  section(sheet, WORDS.meters);
  if (bill.meters.rows.length > 0) plainTable(sheet, METERS, bill.meters);
  else sheet.paragraph(WORDS.noMeters, SMALL);
  if (bill.houseMeters.rows.length + bill.shares.rows.length > 0 || bill.norms !== '') {
    section(sheet, WORDS.house);
    if (bill.houseMeters.rows.length > 0) plainTable(sheet, METERS, bill.houseMeters);
    sheet.skip(3);
    if (bill.shares.rows.length > 0) plainTable(sheet, SHARES, bill.shares);
    sheet.skip(4);
    if (bill.norms !== '') sheet.paragraph(`${WORDS.norms.title}${bill.norms}`, SMALL);
  }
}

const METERS = columnsOf([
  [null, 'left'],
  [84, 'left'],
  [66, 'right'],
  [66, 'right'],
  [60, 'right'],
  [60, 'right'],
  [60, 'right'],
]);
const SHARES = columnsOf([
  [null, 'left'],
  [100, 'right'],
  [100, 'right'],
  [110, 'right'],
]);

function plainTable(sheet: Sheet, columns: typeof METERS, { heads, rows }: Table): void {
  const head = layRow(
    columns,
    heads.map((text) => [[text, HEAD]]),
    { rule: STRONG, atBottom: true },
  );
  drawTable(
    sheet,
    head,
    rows.map((cells) =>
      layRow(
        columns,
        cells.map((text) => [[text, CELL]]),
        { rule: HAIRLINE },
      ),
    ),
  );
}

/** A title, with room for at least a little of what follows it. */
function section(sheet: Sheet, title: string): void {
  sheet.skip(7);
  sheet.need(lineHeight(SECTION) + 40);
  textAt(sheet.page, title, SECTION, SHEET.left, sheet.y);
  sheet.skip(lineHeight(SECTION) + 1);
}
