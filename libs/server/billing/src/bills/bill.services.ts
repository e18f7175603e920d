import { BOLD, HAIRLINE, type LaidRow, REGULAR, STRONG, columnsOf, layRow, styleOf, together } from '../pdf';
import type { BillContent, ServiceRow } from './bill.content';
import { WORDS } from './bill.words.ru';

const FAINT = 0.35;
const HEAD = styleOf(5.6, REGULAR, FAINT);
const NAME = styleOf(6.8);
const CELL = styleOf(6.5);
const DUE = styleOf(6.5, BOLD);
/** What is nothing steps back, so that what is something is seen. */
const NOTHING = styleOf(6.5, REGULAR, 0.5);
const isNothing = (text: string): boolean => text === WORDS.none || text === '0,00';
const NOTE = styleOf(5.8, REGULAR, FAINT);
const GROUP = styleOf(7.5, BOLD);

/** №, service, unit, then the figures of the printed bill (specification F.2). */
const COLUMNS = columnsOf([
  [15, 'left'],
  [null, 'left'],
  [34, 'left'],
  [34, 'right'],
  [37, 'right'],
  [38, 'right'],
  [38, 'right'],
  [37, 'right'],
  [38, 'right'],
  [17, 'right'],
  [30, 'right'],
  [30, 'right'],
  [36, 'right'],
  [40, 'right'],
]);
const ALL = columnsOf([[null, 'left']]);

/** Two storeys: «Недопоставка» stands over its days and its money. */
export function servicesHead(currency: string): LaidRow {
  const { table } = WORDS;
  const { number, name, unit, quantity, price, opening, paid, charged, recalculated } = table;
  const before = [number, name, unit, quantity, price, opening, paid, charged, recalculated];
  const after = [table.benefit, table.socialNorm, table.due];
  const blank = (count: number): string[] => Array.from({ length: count }, () => '');
  const cells = (texts: readonly string[]) => texts.map((text) => [[text, HEAD]] as const);
  const spanning = COLUMNS.flatMap((column, at) =>
    at === SPAN
      ? [{ ...column, width: column.width + (COLUMNS[SPAN + 1]?.width ?? 0) }]
      : at === SPAN + 1
        ? []
        : [column],
  );
  const upper = layRow(spanning, cells([...before, table.underdelivered, ...after]), { rule: NO_RULE });
  const lower = layRow(
    COLUMNS,
    cells([...blank(before.length), table.days, currency, ...blank(after.length)]),
    {
      rule: STRONG,
    },
  );
  return { height: upper.height, draw: (sheet) => drawHead(sheet, upper, lower) };
}

/** The column that the head spans with the next one. */
const SPAN = 9;
const NO_RULE = { thickness: 0, grey: 1 };

/** The lower storey stands at the foot of the upper one. */
function drawHead(sheet: Parameters<LaidRow['draw']>[0], upper: LaidRow, lower: LaidRow): void {
  upper.draw(sheet);
  sheet.skip(-lower.height);
  lower.draw(sheet);
}

/** Groups of services with a title each, then the totals. */
export function servicesRows({ groups, totals }: BillContent): LaidRow[] {
  return [
    ...groups.flatMap(({ title, rows }) => {
      const [first, ...others] = rows.map(serviceRow);
      const head = layRow(ALL, [[[title, GROUP]]], { rule: HAIRLINE });
      return [first ? together(head, first) : head, ...others];
    }),
    layRow(COLUMNS, [[], [[WORDS.total, DUE]], [], ...totals.map((text) => [[text, DUE]] as const)], {
      rule: STRONG,
    }),
  ];
}

function serviceRow({ number, name, note, unit, cells }: ServiceRow): LaidRow {
  return layRow(COLUMNS, [
    [[number, CELL]],
    [
      [name, NAME],
      [note, NOTE],
    ],
    [[unit, CELL]],
    ...cells.map((text, at) => {
      if (at === cells.length - 1) return [[text, DUE]] as const;
      return [[text, isNothing(text) ? NOTHING : CELL]] as const;
    }),
  ]);
}
