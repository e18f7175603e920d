import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';
import {
  type CivilDate,
  type Money,
  type Price,
  type Quantity,
  moneyText,
  priceText,
  quantityText,
} from '@kvartal/domain';

/*
 * Cells of spreadsheets. A number is written as the shortest decimal that gives it back, which up to fifteen figures is
 * the decimal that it was made from: no sum here is ever computed with.
 */

export type { Cell };

const numberCell = (text: string, format: string, isBold = false): Cell => ({
  value: Number(text),
  type: Number,
  format,
  ...(isBold ? BOLD : {}),
});
const BOLD = { fontWeight: 'bold' } as const;

/** Text that stays text: an account's number keeps its leading zeros. */
export const textCell = (value: string, isBold = false): Cell => ({
  value,
  type: String,
  ...(isBold ? BOLD : {}),
});
/** An amount with its two decimals; negative ones in red, as a storno is. */
export const moneyCell = (value: Money, isBold = false): Cell =>
  numberCell(moneyText(value), '#,##0.00;[Red]-#,##0.00', isBold);
export const quantityCell = (value: Quantity): Cell => numberCell(quantityText(value), '#,##0.######');
export const priceCell = (value: Price): Cell => numberCell(priceText(value), '#,##0.00####');
/** A rate in per cent, as a number of them: 12, 22. */
export const percentCell = (value: string): Cell => numberCell(value, '0.##');
export const countCell = (value: number): Cell => ({ value, type: Number, format: '0' });
export const dateCell = (value: CivilDate): Cell => ({
  value: new Date(`${value}T00:00:00Z`),
  type: Date,
  format: 'dd.mm.yyyy',
});
/** Heads of columns. */
export const headCell = (value: string): Cell => ({
  value,
  type: String,
  ...BOLD,
  wrap: true,
  bottomBorderStyle: 'thin',
});

/** One sheet as a file of the spreadsheet format: widths of its columns in signs. */
export function workbook(
  name: string,
  widths: readonly number[],
  rows: readonly (readonly Cell[])[],
): Promise<Buffer> {
  const data: SheetData = rows.map((row) => [...row]);
  return writeXlsxFile(data, { sheet: name, columns: widths.map((width) => ({ width })) }).toBuffer();
}
