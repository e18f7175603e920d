import {
  type Quantity,
  addMonths,
  dueOf,
  lastDay,
  moneyOf,
  moneyText,
  quantityText,
  sum,
} from '@kvartal/domain';
import {
  showAmount,
  showDate,
  showMoney,
  showMonth,
  showNumber,
  showPhone,
  showQuantity,
} from '@kvartal/words';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import type { BillDocument, BillRecipient } from './bill.document';
import { codeDrawing } from './bill.code';
import { readingsTable, servicesTable } from './bill.tables';

const GREY = '#5b6672';

/** «74,80 м²»: two decimals, or as many as there are. */
function area(value: Quantity | null): string {
  if (value === null) return 'не указана';
  const text = quantityText(value, 2);
  return /\.\d\d$/.test(text) ? `${showAmount(text)}\u00a0м²` : showQuantity(text, 'м²');
}

/** A bill as a description of its page: no clock, no database, the same document for the same data. */
export function billLayout(bill: BillDocument): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [28, 28, 28, 36],
    language: 'ru',
    info: {
      title: `Квитанция ${bill.number}`,
      author: bill.organization.name,
      creationDate: new Date(`${bill.issuedOn}T00:00:00Z`),
    },
    defaultStyle: { font: 'Roboto', fontSize: 8, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 12, bold: true },
      section: { fontSize: 9, bold: true, margin: [0, 8, 0, 3] },
      note: { color: GREY, fontSize: 7 },
      cell: { fontSize: 6.5 },
      head: { fontSize: 6, color: GREY },
    },
    content: [
      ...heading(bill),
      { columns: [payer(bill), executor(bill)], columnGap: 16 },
      { text: 'Расчёт размера платы', style: 'section' },
      servicesTable(bill.lines),
      totals(bill),
      { text: 'Показания приборов учёта', style: 'section' },
      readingsTable(bill.readings),
      { text: 'Получатели платежа', style: 'section' },
      ...recipients(bill),
    ],
    footer: (page, pages) => ({
      text: `Счёт № ${bill.number}, лист ${page} из ${pages}`,
      style: 'note',
      margin: [28, 12, 28, 0],
    }),
  };
}

function heading(bill: BillDocument): Content[] {
  const validUntil = lastDay(addMonths(bill.month, 1));
  return [
    { text: 'Счёт на оплату за жилое помещение и коммунальные услуги', style: 'title' },
    {
      text: `№ ${bill.number} за ${showMonth(bill.month, 'ru')}, выписан ${showDate(bill.issuedOn)}, действителен до ${showDate(validUntil)}`,
      margin: [0, 2, 0, 6],
    },
    {
      columns: [
        {
          text: ['К оплате: ', { text: showMoney(moneyText(bill.total), bill.currency), bold: true }],
          fontSize: 13,
        },
        {
          text: ['Оплатить не позднее: ', { text: showDate(bill.payBy), bold: true }],
          fontSize: 11,
          alignment: 'right',
        },
      ],
      margin: [0, 0, 0, 6],
    },
  ];
}

function facts(title: string, pairs: readonly (readonly [string, string])[]): Content {
  return {
    stack: [
      { text: title, style: 'section', margin: [0, 0, 0, 3] },
      ...pairs.map(([name, value]): Content => ({ text: [{ text: `${name}: `, color: GREY }, value] })),
    ],
  };
}

function payer(bill: BillDocument): Content {
  const { account, residents } = bill;
  return facts('Плательщик', [
    ['Лицевой счёт', account.number],
    ['Собственник (наниматель)', account.holder],
    ['Адрес', account.address],
    ['Общая площадь', area(bill.totalArea)],
    ['Отапливаемая площадь', area(bill.heatedArea ?? bill.totalArea)],
    ['Площадь дома', area(bill.houseArea)],
    ['Проживает', residents === null ? 'не указано' : showNumber(quantityText(residents))],
  ]);
}

function executor({ organization: { name, taxId, requisites: contacts } }: BillDocument): Content {
  const given: (readonly [string, string | undefined])[] = [
    ['Адрес', contacts.address],
    ['Телефон', contacts.phone && showPhone(contacts.phone)],
    ['Диспетчерская', contacts.dispatcherPhone && showPhone(contacts.dispatcherPhone)],
    ['Электронная почта', contacts.email],
    ['Сайт', contacts.site],
  ];
  return facts('Исполнитель услуг', [
    ['Организация', name],
    ['ИНН', taxId],
    ...given.flatMap(([label, value]): [string, string][] => (value ? [[label, value]] : [])),
  ]);
}

/** The equation of the month, and why the total may differ from the sum of the rows. */
function totals({ lines, total, currency }: BillDocument): Content {
  const closing = sum(lines.map((line) => line.closing));
  const rows = sum(lines.map((line) => dueOf(line.closing)));
  const explained = total === rows ? [] : ['Переплата зачтена в пределах одного получателя. '];
  return {
    text: [
      ...explained,
      `Остаток на конец месяца: ${showMoney(moneyText(closing), currency)}. `,
      { text: `Итого к оплате: ${showMoney(moneyText(total), currency)}`, bold: true, fontSize: 9 },
    ],
    margin: [0, 4, 0, 0],
  };
}

const RECIPIENTS_IN_A_ROW = 2;
const CODE_SIDE = 108;

/** Whom to pay, each with its payment code where something is due to it. */
function recipients(bill: BillDocument): Content[] {
  const drawn = bill.recipients.map((recipient) => recipientOf(recipient, bill));
  const rows: Content[] = [];
  for (let from = 0; from < drawn.length; from += RECIPIENTS_IN_A_ROW)
    rows.push({
      columns: drawn.slice(from, from + RECIPIENTS_IN_A_ROW),
      columnGap: 16,
      margin: [0, 0, 0, 8],
      unbreakable: true,
    });
  return rows;
}

function recipientOf(
  { name, taxId, requisites: bank }: BillRecipient,
  { codes, currency }: Pick<BillDocument, 'codes' | 'currency'>,
): Content {
  const code = codes.find((text) => bank.account && text.includes(`PersonalAcc=${bank.account}`));
  const details = [
    `ИНН ${taxId}`,
    bank.kpp && `КПП ${bank.kpp}`,
    bank.account && `р/с ${bank.account}`,
    bank.name,
    bank.bic && `БИК ${bank.bic}`,
    bank.correspondent && `к/с ${bank.correspondent}`,
  ].flatMap((line) => line || []);
  const due = code === undefined ? undefined : /[|~^#;*]Sum=(\d+)/.exec(code)?.[1];
  if (due !== undefined) details.push(`К оплате ${showMoney(moneyText(moneyOf(BigInt(due))), currency)}`);
  const text: Content = { stack: [{ text: name, bold: true }, ...details] };
  return code
    ? {
        columns: [
          { svg: codeDrawing(code), width: CODE_SIDE, height: CODE_SIDE },
          { ...text, width: '*' },
        ],
        columnGap: 8,
      }
    : text;
}
