import {
  type Money,
  type Price,
  type Quantity,
  dueOf,
  moneyText,
  priceText,
  quantityText,
  sum,
} from '@kvartal/domain';
import { enumText, showAmount, showDate, showNumber } from '@kvartal/words';
import type { Content, TableCell } from 'pdfmake/interfaces';
import type { BillLine, BillReading } from './bill.document';

/** What does not apply to a row; a reading machine says «не применяется». */
const NONE = '—';
const RULE = '#c6ced6';

const amount = (value: Money): string => showAmount(moneyText(value));

/** «16,20»: two decimals, or as many as the order has. */
function tariff(value: Price): string {
  const text = priceText(value);
  return /\.\d\d$/.test(text) ? showAmount(text) : showNumber(text);
}

const right = (text: string): TableCell => ({ text, alignment: 'right', style: 'cell' });
const left = (text: string): TableCell => ({ text, style: 'cell' });
const head = (text: string, span: { colSpan?: number; rowSpan?: number } = {}) => ({
  text,
  style: 'head',
  ...span,
});

const figure = (text: string, span: { rowSpan?: number } = {}): TableCell => ({
  text,
  style: 'head',
  alignment: 'right',
  ...span,
});

const grid = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => RULE,
  paddingLeft: () => 2,
  paddingRight: () => 2,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};

const NAMES = ['№', 'Услуга', 'Ед.'];
const FIGURES = ['Объём', 'Тариф', 'Долг (+), переплата (−)', 'Оплачено', 'Начислено', 'Перерасчёт'];
const AFTER = ['Льгота', 'В пределах соц. норматива', 'К оплате'];

/** Services by the columns of the printed bill: what was owed, paid, charged, and is to be paid. */
export function servicesTable(lines: readonly BillLine[]): Content {
  const whole = { rowSpan: 2 };
  return {
    table: {
      headerRows: 2,
      dontBreakRows: true,
      widths: [10, '*', 30, 38, 28, 40, 36, 36, 36, 18, 28, 26, 34, 38],
      body: [
        [
          ...NAMES.map((name) => head(name, whole)),
          ...FIGURES.map((name) => figure(name, whole)),
          { ...head('Недопоставка', { colSpan: 2 }), alignment: 'center' },
          '',
          ...AFTER.map((name) => figure(name, whole)),
        ],
        [
          ...NAMES.map(() => ''),
          ...FIGURES.map(() => ''),
          figure('дней'),
          figure('руб.'),
          ...AFTER.map(() => ''),
        ],
        ...lines.map(serviceRow),
        totalRow(lines),
      ],
    },
    layout: grid,
  };
}

function serviceRow(line: BillLine, place: number): TableCell[] {
  const priced = line.price !== 0n;
  return [
    left(String(place + 1)),
    left(line.service),
    left(line.unit),
    right(priced ? showNumber(quantityText(line.quantity)) : NONE),
    right(priced ? tariff(line.price) : NONE),
    right(amount(line.opening)),
    right(amount(line.paid)),
    right(amount(line.charged)),
    right(amount(sum([line.recalculated, line.adjusted]))),
    right(NONE),
    right(amount(line.underdelivered)),
    right(amount(line.benefit)),
    right(NONE),
    right(amount(dueOf(line.closing))),
  ];
}

function totalRow(lines: readonly BillLine[]): TableCell[] {
  const total = (of: (line: BillLine) => Money): TableCell => ({ ...bold(amount(sum(lines.map(of)))) });
  return [
    left(''),
    bold('Итого', 'left'),
    left(''),
    left(''),
    left(''),
    total((line) => line.opening),
    total((line) => line.paid),
    total((line) => line.charged),
    total((line) => sum([line.recalculated, line.adjusted])),
    left(''),
    total((line) => line.underdelivered),
    total((line) => line.benefit),
    left(''),
    total((line) => dueOf(line.closing)),
  ];
}

const bold = (text: string, alignment: 'left' | 'right' = 'right') => ({
  text,
  alignment,
  style: 'cell',
  bold: true,
});

/** The account's meters with what settled the month. */
export function readingsTable(readings: readonly BillReading[]): Content {
  if (readings.length === 0) return { text: 'Приборов учёта нет', style: 'note' };
  const value = (reading: Quantity | null) =>
    right(reading === null ? NONE : showNumber(quantityText(reading)));
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 90, 70, 70, 70, 80],
      body: [
        [
          ...['Прибор', '№'].map((name) => head(name)),
          ...['Предыдущее', 'Текущее', 'Снято', 'Поверка до'].map((name) => figure(name)),
        ],
        ...readings.map((reading) => [
          left(meterName(reading)),
          left(reading.serial ?? NONE),
          value(reading.previous),
          value(reading.current),
          right(reading.takenOn === null ? NONE : showDate(reading.takenOn)),
          right(reading.verifiedUntil === null ? NONE : showDate(reading.verifiedUntil)),
        ]),
      ],
    },
    layout: grid,
  };
}

const meterName = ({ resource, zone }: BillReading): string =>
  [enumText('Resource', resource, 'ru'), zone === 'SINGLE' ? '' : enumText('Zone', zone, 'ru').toLowerCase()]
    .filter(Boolean)
    .join(', ');
