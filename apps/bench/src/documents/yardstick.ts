import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCUMENT_FONTS, BILL_WORDS, type BillContent, barcodeBars, barcodeModules } from '@kvartal/billing';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions, TableCell } from 'pdfmake/interfaces';

const FONTS = mkdtempSync(join(tmpdir(), 'kvartal-fonts-'));
const fontFile = (name: string, bytes: Uint8Array): string => {
  const path = join(FONTS, name);
  writeFileSync(path, bytes);
  return path;
};
pdfmake.setFonts({
  Golos: {
    normal: fontFile('regular.ttf', DOCUMENT_FONTS.regular),
    bold: fontFile('bold.ttf', DOCUMENT_FONTS.bold),
  },
});
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS));

const FAINT = '#595959';
const TITLE_SPACE = 9;

/** The yardstick: pdfmake, as it is meant to be used, drawing the same words and codes in the same order. */
export const drawByPdfmake = (bill: BillContent): Promise<Buffer> =>
  pdfmake.createPdf(definitionOf(bill)).getBuffer();

function definitionOf(bill: BillContent): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [30, 30, 26, 36],
    language: 'ru',
    info: {
      title: bill.info.title,
      author: bill.info.author,
      creationDate: new Date(`${bill.info.createdOn}T00:00:00Z`),
    },
    defaultStyle: { font: 'Golos', fontSize: 7.5 },
    styles: {
      section: { fontSize: 9.5, bold: true, margin: [0, TITLE_SPACE, 0, 2] },
      note: { fontSize: 7, color: FAINT },
      head: { fontSize: 5.6, color: FAINT },
      cell: { fontSize: 6.5 },
    },
    content: [
      ...headingOf(bill),
      ...recipientsOf(bill),
      { text: BILL_WORDS.services, style: 'section' },
      servicesOf(bill),
      { text: [bill.explained, { text: bill.total, bold: true, fontSize: 11 }], margin: [0, 4, 0, 0] },
      ...referenceOf(bill),
    ],
    footer: (page, pages) => ({ text: bill.sheet(page, pages), style: 'note', margin: [30, 12, 26, 0] }),
  };
}

function headingOf(bill: BillContent): Content[] {
  const { due, payBy, equation, payer, executor } = bill;
  const facts = (title: string, all: BillContent['payer']): Content => ({
    stack: [
      { text: title, style: 'section' },
      ...all.map(({ label, value }): Content => ({
        columns: [{ text: `${label}:`, color: FAINT, width: 108 }, { text: value }],
      })),
    ],
  });
  return [
    { text: bill.title, fontSize: 14, bold: true },
    { text: bill.numbered, fontSize: 8, margin: [0, 0, 0, 6] },
    {
      columns: [
        { text: [due.label, { text: due.value, bold: true, fontSize: 20 }], fontSize: 10 },
        {
          text: [payBy.label, { text: payBy.value, bold: true, fontSize: 13 }],
          fontSize: 10,
          alignment: 'right',
        },
      ],
    },
    {
      columns: equation.map(({ label, sign, value }) => ({
        stack: [
          { text: label, style: 'note' },
          { text: `${sign} ${value}`.trim(), fontSize: 10, bold: true },
        ],
      })),
    },
    { text: bill.counted, style: 'note' },
    { columns: [facts(BILL_WORDS.payer, payer), facts(BILL_WORDS.executor, executor)], columnGap: 18 },
  ];
}

function recipientsOf({ recipients }: BillContent): Content[] {
  const blocks = recipients.map(({ name, details, due, code, barcode }): Content => {
    const text: Content = {
      stack: [{ text: name, bold: true, fontSize: 8 }, ...details, { text: due, bold: true, fontSize: 9.5 }],
    };
    const top: Content =
      code === '' ? text : { columns: [{ qr: code, fit: 106, eccLevel: 'M', width: 113 }, text] };
    return barcode === '' ? top : { stack: [top, ...barcodeOf(barcode)] };
  });
  const rows: Content[] = [];
  for (let from = 0; from < blocks.length; from += 2)
    rows.push({ columns: blocks.slice(from, from + 2), columnGap: 18, unbreakable: true });
  const scan = recipients.some(({ code }) => code !== '') ? [{ text: BILL_WORDS.scan, style: 'note' }] : [];
  return [{ text: BILL_WORDS.recipients, style: 'section' }, ...scan, ...rows];
}

function barcodeOf(digits: string): Content[] {
  const bars = barcodeBars(digits).map(([x, width]) => `<rect x="${x}" y="0" width="${width}" height="24"/>`);
  const wide = barcodeModules(digits);
  return [
    {
      svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} 24">${bars.join('')}</svg>`,
      width: wide * 0.9,
    },
    { text: digits.replace(/(\d{4})(\d{12})(\d{4})(\d{9})(\d)/, '$1 $2 $3 $4 $5'), fontSize: 6.5 },
  ];
}

const cell = (text: string, more: object = {}): TableCell => ({ text, style: 'cell', ...more });
const head = (text: string, more: object = {}): TableCell => ({ text, style: 'head', ...more });
const RIGHT = { alignment: 'right' } as const;
const GRID = {
  hLineWidth: () => 0.4,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 4,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};
const WIDTHS = [8, '*', 32, 30, 34, 34, 31, 34, 34, 15, 26, 26, 32, 36];

function servicesOf({ groups, totals, currency }: BillContent): Content {
  const { table } = BILL_WORDS;
  const span = { rowSpan: 2 };
  const figures = [table.quantity, table.price, table.opening, table.paid, table.charged, table.recalculated];
  const upper = [
    ...[table.number, table.name, table.unit].map((text) => head(text, span)),
    ...figures.map((text) => head(text, { ...span, ...RIGHT })),
    head(table.underdelivered, { colSpan: 2, ...RIGHT }),
    '',
    ...[table.benefit, table.socialNorm, table.due].map((text) => head(text, { ...span, ...RIGHT })),
  ];
  const lower = upper.map((_, at) =>
    at === 9 ? head(table.days, RIGHT) : at === 10 ? head(currency, RIGHT) : '',
  );
  const rows = groups.flatMap((group): TableCell[][] => [
    [cell(group.title, { colSpan: upper.length, bold: true }), ...upper.slice(1).map(() => '')],
    ...group.rows.map(({ number, name, note, unit, cells }): TableCell[] => [
      cell(number),
      { stack: [{ text: name, fontSize: 7 }, ...(note === '' ? [] : [{ text: note, fontSize: 5.8 }])] },
      cell(unit),
      ...cells.map((text) => cell(text, RIGHT)),
    ]),
  ]);
  const last = ['', BILL_WORDS.total, '', ...totals].map((text, at) =>
    cell(text, { bold: true, ...(at > 2 ? RIGHT : {}) }),
  );
  return {
    table: { headerRows: 2, dontBreakRows: true, widths: WIDTHS, body: [upper, lower, ...rows, last] },
    layout: GRID,
  };
}

function referenceOf(bill: BillContent): Content[] {
  const { meters, houseMeters, shares, remarks, norms } = bill;
  const section = (text: string): Content => ({ text, style: 'section' });
  const tables = [houseMeters, shares].filter(({ rows }) => rows.length > 0);
  const hasHouse = tables.length > 0 || norms !== '';
  return [
    section(BILL_WORDS.remarks),
    ...remarks,
    section(BILL_WORDS.meters),
    meters.rows.length > 0 ? plainTable(meters) : { text: BILL_WORDS.noMeters, style: 'note' },
    ...(hasHouse ? [section(BILL_WORDS.house)] : []),
    ...tables.map(plainTable),
    ...(norms === '' ? [] : [{ text: `${BILL_WORDS.norms.title}${norms}`, style: 'note' }]),
  ];
}

function plainTable({ heads, rows }: BillContent['meters']): Content {
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: heads.map((_, at) => (at === 0 ? '*' : 'auto')),
      body: [heads.map((text) => head(text)), ...rows.map((row) => row.map((text) => cell(text)))],
    },
    layout: GRID,
  };
}
