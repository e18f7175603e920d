import { type TextStyle } from './page';
import { SHEET, type Sheet, lineHeight, textAt, textToRight } from './sheet';
import { wrap } from './wrap';

export interface Column {
  width: number;
  align: 'left' | 'right';
}
/** Paragraphs of a cell, each in its own style. */
export type Cell = readonly (readonly [text: string, style: TextStyle])[];

const NO_COLUMN: Column = { width: 0, align: 'left' };
const GAP = 4;
const PAD = 1.7;

/** Columns over the whole width: one without a width takes what is left. */
export function columnsOf(widths: readonly (readonly [number | null, Column['align']])[]): Column[] {
  const fixed = widths.reduce((sum, [width]) => sum + (width ?? 0), 0);
  return widths.map(([width, align]) => ({ width: width ?? SHEET.width - fixed, align }));
}

type Line = readonly [text: string, style: TextStyle];

/** The lines of a cell. A figure is never parted: one that is too wide is set smaller. */
function linesOf(cell: Cell, { width, align }: Column): Line[] {
  const room = width - GAP;
  return cell.flatMap(([text, style]): Line[] => {
    if (text === '') return [];
    if (align === 'right' && !text.includes(' ')) return [[text, fitted(text, style, room)]];
    return wrap(text, style, room).map((line) => [line, style]);
  });
}

function fitted(text: string, style: TextStyle, room: number): TextStyle {
  const wide = (style.face.widthOf(text) * style.size) / 1000;
  return wide <= room ? style : { ...style, size: Math.floor(((style.size * room) / wide) * 100) / 100 };
}

const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((height, [, style]) => height + lineHeight(style), 0);

/** Rules of a row's lower edge: how thick, how grey. */
export interface Rule {
  thickness: number;
  grey: number;
}
export const HAIRLINE: Rule = { thickness: 0.4, grey: 0.7 };
export const STRONG: Rule = { thickness: 0.9, grey: 0 };

/** A row that is laid out: how high it is, and its drawing. */
export interface LaidRow {
  height: number;
  draw: (sheet: Sheet) => void;
}

/** Lays out a row: cells stand on one line at the top, or at the bottom for heads. */
export function layRow(
  columns: readonly Column[],
  cells: readonly Cell[],
  { rule = HAIRLINE, atBottom = false }: { rule?: Rule; atBottom?: boolean } = {},
): LaidRow {
  const laid = cells.map((cell, at) => linesOf(cell, columns[at] ?? NO_COLUMN));
  const content = Math.max(...laid.map(heightOf));
  const height = content + 2 * PAD;
  const draw = (sheet: Sheet): void => {
    let x: number = SHEET.left;
    for (const [at, lines] of laid.entries()) {
      const { width, align } = columns[at] ?? NO_COLUMN;
      let y = sheet.y + PAD + (atBottom ? content - heightOf(lines) : 0);
      for (const [text, style] of lines) {
        if (align === 'left') textAt(sheet.page, text, style, x, y);
        else textToRight(sheet.page, text, style, x + width, y);
        y += lineHeight(style);
      }
      x += width;
    }
    sheet.skip(height);
    sheet.page.box(SHEET.left, sheet.y, SHEET.width, rule.thickness, rule.grey);
  };
  return { height, draw };
}

/** Rows that no page break parts. */
export const together = (...rows: readonly LaidRow[]): LaidRow => ({
  height: rows.reduce((sum, { height }) => sum + height, 0),
  draw: (sheet) => {
    for (const row of rows) row.draw(sheet);
  },
});

/** Draws rows under a head that every page repeats. A head never stands without a row. */
export function drawTable(sheet: Sheet, head: LaidRow, rows: readonly LaidRow[]): void {
  sheet.need(head.height + (rows[0]?.height ?? 0));
  head.draw(sheet);
  for (const row of rows) {
    if (sheet.need(row.height)) head.draw(sheet);
    row.draw(sheet);
  }
}
