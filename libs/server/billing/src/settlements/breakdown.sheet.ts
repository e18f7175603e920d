import {
  type Cell,
  countCell,
  headCell,
  moneyCell,
  percentCell,
  priceCell,
  quantityCell,
  textCell,
  workbook,
} from '../xlsx';
import type { BreakdownRow } from './settlements.types';
import { BREAKDOWN as WORDS } from './settlements.words.ru';
import type { BreakdownContent } from './breakdown.content';

const WIDTHS = [5, 14, 52, 9, 36, 12, 10, 12, 9, 13, 15];

/** A breakdown as a spreadsheet: every row whole, so that it can be sorted and filtered. */
export function breakdownWorkbook(breakdown: BreakdownContent): Promise<Buffer> {
  const { totals } = breakdown;
  return workbook(WORDS.sheetName, WIDTHS, [
    [textCell(breakdown.title, true)],
    ...[breakdown.month, breakdown.payer, breakdown.accounts, breakdown.organization].map((text) => [
      textCell(text),
    ]),
    [],
    breakdown.heads.map(headCell),
    ...breakdown.rows.map(cellsOf),
    [
      null,
      null,
      textCell(WORDS.total, true),
      ...Array.from({ length: 6 }, () => null),
      moneyCell(totals.vat, true),
      moneyCell(totals.charged, true),
    ],
  ]);
}

const cellsOf = (row: BreakdownRow, at: number): Cell[] => [
  countCell(at + 1),
  textCell(row.number),
  textCell(row.recipient),
  row.tariffGroup === null ? null : countCell(row.tariffGroup),
  textCell(row.service),
  row.price === 0n ? null : quantityCell(row.quantity),
  textCell(row.unit),
  row.price === 0n ? null : priceCell(row.price),
  row.vatPercent === null ? null : percentCell(row.vatPercent),
  moneyCell(row.vat),
  moneyCell(row.charged),
];
