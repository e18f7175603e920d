import { BOLD, type Page, REGULAR, SHEET, type Sheet, lineHeight, styleOf, textAt, wrap } from '../pdf';
import { QR_QUIET, barcodeBars, barcodeModules, qrBitmap } from './bill.code';
import type { RecipientBlock } from './bill.content';
import { WORDS } from './bill.words.ru';

const FAINT = 0.35;
const SECTION = styleOf(9.5, BOLD);
const NAME = styleOf(8, BOLD);
const DETAIL = styleOf(7.5);
const DUE = styleOf(9.5, BOLD);
const NOTE = styleOf(7, REGULAR, FAINT);
const DIGITS = styleOf(6.5);

const IN_A_ROW = 2;
const BETWEEN = 18;
const COLUMN = (SHEET.width - BETWEEN * (IN_A_ROW - 1)) / IN_A_ROW;
/** Forty millimetres with the quiet zone: a module of half a millimetre at the usual length of the text. */
const QR_SIDE = 113;
const MODULE = 0.9;
const BARS = 24;
const AFTER = 8;

/** Whom to pay, each with its payment codes where something is due to it; then the line where paper is torn. */
export function drawRecipients(sheet: Sheet, recipients: readonly RecipientBlock[]): void {
  sheet.skip(7);
  sheet.need(lineHeight(SECTION) + QR_SIDE);
  textAt(sheet.page, WORDS.recipients, SECTION, SHEET.left, sheet.y);
  sheet.skip(lineHeight(SECTION));
  if (recipients.some(({ code }) => code !== '')) sheet.paragraph(WORDS.scan, NOTE);
  sheet.skip(2);
  for (let from = 0; from < recipients.length; from += IN_A_ROW) {
    const row = recipients.slice(from, from + IN_A_ROW);
    const isAlone = recipients.length === 1;
    const height = Math.max(...row.map((one) => heightOf(one, isAlone)));
    sheet.need(height);
    for (const [at, one] of row.entries()) drawRecipient(sheet, one, at, isAlone);
    sheet.skip(height + AFTER);
  }
  sheet.page.tear(SHEET.left, sheet.y, SHEET.width);
}

const placeOf = (column: number): number => SHEET.left + column * (COLUMN + BETWEEN);

const textOf = ({ name, details, due }: RecipientBlock) =>
  [[name, NAME] as const, ...details.map((line) => [line, DETAIL] as const), [due, DUE] as const].filter(
    ([text]) => text !== '',
  );

const sideOf = ({ code }: RecipientBlock): number => (code === '' ? 0 : QR_SIDE);

/** The barcode of a recipient that stands alone stands in the empty column beside it. */
function heightOf(one: RecipientBlock, isAlone: boolean): number {
  const text = textOf(one)
    .flatMap(([words, style]) => wrap(words, style, COLUMN - sideOf(one)).map(() => lineHeight(style)))
    .reduce((sum, height) => sum + height, 0);
  const upper = Math.max(text, sideOf(one));
  return one.barcode === '' || isAlone ? upper : upper + BARS + lineHeight(DIGITS) + 2;
}

function drawRecipient(sheet: Sheet, one: RecipientBlock, column: number, isAlone: boolean): void {
  const { page, y: top } = sheet;
  const side = sideOf(one);
  const x = placeOf(column);
  if (one.code !== '') drawCode(page, one.code, x, top);
  let y = top;
  for (const [text, style] of textOf(one))
    for (const line of wrap(text, style, COLUMN - side)) {
      textAt(page, line, style, x + side, y);
      y += lineHeight(style);
    }
  if (one.barcode === '') return;
  if (isAlone) drawBarcode(page, one.barcode, placeOf(1), top + 4);
  else drawBarcode(page, one.barcode, x, Math.max(y, top + side) + 2);
}

/** The left quiet zone hangs in the margin, so that the code stands in line with the text. */
function drawCode(page: Page, text: string, x: number, top: number): void {
  const bitmap = qrBitmap(text);
  const quiet = (QR_SIDE * QR_QUIET) / (bitmap.side + 2 * QR_QUIET);
  page.bitmap(bitmap, x, top + quiet, QR_SIDE - 2 * quiet);
}

function drawBarcode(page: Page, digits: string, x: number, top: number): void {
  page.bars(barcodeBars(digits), x, top, BARS, MODULE);
  const wide = barcodeModules(digits) * MODULE;
  const shown = digits.replace(/(\d{4})(\d{12})(\d{4})(\d{9})(\d)/, '$1 $2 $3 $4 $5');
  const middle = x + (wide - (DIGITS.face.widthOf(shown) * DIGITS.size) / 1000) / 2;
  textAt(page, shown, DIGITS, middle, top + BARS + 1);
}
