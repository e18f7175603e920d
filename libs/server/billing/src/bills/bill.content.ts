import {
  type Money,
  type Price,
  type Quantity,
  addMonths,
  dueOf,
  lastDay,
  moneyOf,
  moneyText,
  negate,
  priceText,
  quantityOf,
  quantityText,
  ratioText,
  sum,
} from '@kvartal/domain';
import {
  currencySign,
  enumText,
  showAmount,
  showDate,
  showMoney,
  showMonth,
  showNumber,
  showPhone,
  showQuantity,
} from '@kvartal/words';
import { grouped } from '../grouped';
import type { BillDocument, BillLine, BillNorm, BillReading, BillRecipient } from './bill.document';
import { payeeDigits } from './bill.qr';
import { kindOf, remarksOf } from './bill.remarks';
import {
  DRAFT,
  NETTED,
  REQUISITES,
  WORDS,
  counted,
  draftNumbered,
  draftSheetOf,
  dueTo,
  numbered,
  raised,
  remainder,
  replacing,
  sharedVolume,
  sheetOf,
  taxed,
  toPay,
  wouldPay,
} from './bill.words.ru';

/** A part of the equation that the month adds up by. */
export interface Term {
  label: string;
  /** Before the value: `−`, `+`, `=`, or nothing. */
  sign: string;
  value: string;
}
export interface Fact {
  label: string;
  value: string;
}
/** A service: its number, name and how its volume was found, then the cells of the columns. */
export interface ServiceRow {
  number: string;
  name: string;
  note: string;
  unit: string;
  cells: readonly string[];
}
export interface ServiceGroupRows {
  title: string;
  rows: readonly ServiceRow[];
}
export interface RecipientBlock {
  name: string;
  details: readonly string[];
  due: string;
  /** Text of the QR code; empty where there is none. */
  code: string;
  /** Digits of the barcode; empty where there is none. */
  barcode: string;
}
export interface Table {
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A bill in words: all that is printed, in its order, whatever draws it. The same for the same document. */
export interface BillContent {
  title: string;
  numbered: string;
  due: Fact;
  payBy: Fact;
  equation: readonly Term[];
  counted: string;
  payer: readonly Fact[];
  executor: readonly Fact[];
  recipients: readonly RecipientBlock[];
  /** The sign of the currency, as the head of a column. */
  currency: string;
  groups: readonly ServiceGroupRows[];
  totals: readonly string[];
  explained: string;
  total: string;
  meters: Table;
  /** Recalculations, penalties, instalments: a line each. */
  remarks: readonly string[];
  houseMeters: Table;
  shares: Table;
  norms: string;
  sheet: (page: number, pages: number) => string;
  info: { title: string; author: string; createdOn: string };
}

const amount = (value: Money): string => showAmount(moneyText(value));

/** Puts a bill into words. */
export function billContent(bill: BillDocument): BillContent {
  const { currency, lines } = bill;
  const money = (value: Money): string => showMoney(moneyText(value), currency);
  const closing = sum(lines.map((line) => line.closing));
  const asRows = sum(lines.map((line) => dueOf(line.closing)));
  return {
    ...(bill.isDraft ? draftHeading(bill) : heading(bill)),
    due: { label: bill.isDraft ? DRAFT.due : WORDS.due, value: money(bill.total) },
    payBy: { label: bill.isDraft ? DRAFT.payBy : WORDS.payBy, value: showDate(bill.payBy) },
    equation: equationOf(lines, closing),
    counted: counted(showDate(bill.countedUntil), bill.lastPaidOn && showDate(bill.lastPaidOn)),
    payer: payerOf(bill),
    executor: executorOf(bill),
    recipients: bill.recipients.map((recipient) => recipientOf(recipient, bill)),
    currency: currencySign(currency),
    groups: groupsOf(lines),
    totals: totalsOf(lines),
    explained: `${bill.total === asRows ? '' : NETTED}${remainder(money(closing))}`,
    total: (bill.isDraft ? wouldPay : toPay)(money(bill.total)),
    meters: metersOf(bill.readings),
    remarks: remarksOf(bill),
    houseMeters: bill.houseReadings.length > 0 ? metersOf(bill.houseReadings) : NOTHING,
    shares: sharesOf(bill),
    norms: bill.norms.map(normText).join('; '),
  };
}

type Heading = Pick<BillContent, 'title' | 'numbered' | 'sheet' | 'info'>;

function heading(bill: BillDocument): Heading {
  const { number, month, issuedOn, replaces } = bill;
  return {
    title: WORDS.title,
    numbered:
      numbered({
        number,
        month: showMonth(month, 'ru'),
        kind: kindOf(bill),
        issuedOn: showDate(issuedOn),
        validUntil: showDate(lastDay(addMonths(month, 1))),
      }) + (replaces === null ? '' : replacing(replaces)),
    sheet: (page, pages) => sheetOf(number, page, pages),
    info: { title: `Квитанция ${number}`, author: bill.organization.name, createdOn: issuedOn },
  };
}

/** What nobody shall take for a bill says so at the top, at the total and on every sheet. */
function draftHeading(bill: BillDocument): Heading {
  const { account, month, issuedOn } = bill;
  return {
    title: DRAFT.title,
    numbered: draftNumbered(showMonth(month, 'ru'), kindOf(bill)),
    sheet: (page, pages) => draftSheetOf(account.number, page, pages),
    info: {
      title: `${DRAFT.title} ${account.number}`,
      author: bill.organization.name,
      createdOn: issuedOn,
    },
  };
}

const NOTHING: Table = { heads: [], rows: [] };

function equationOf(lines: readonly BillLine[], closing: Money): Term[] {
  const { equation } = WORDS;
  const opening = sum(lines.map((line) => line.opening));
  const paid = sum(lines.map((line) => line.paid));
  const charged = sum(lines.map((line) => line.charged));
  const corrected = sum(lines.map(correctionOf));
  const start = opening > 0n ? equation.debt : opening < 0n ? equation.credit : equation.even;
  return [
    { label: start, sign: '', value: amount(opening) },
    { label: equation.paid, ...signed(negate(paid)) },
    { label: equation.charged, ...signed(charged) },
    { label: equation.corrected, ...signed(corrected) },
    { label: equation.closing, sign: '=', value: amount(closing) },
  ];
}

const signed = (value: Money): Pick<Term, 'sign' | 'value'> =>
  value < 0n ? { sign: '−', value: amount(negate(value)) } : { sign: '+', value: amount(value) };

const correctionOf = (line: BillLine): Money =>
  sum([line.recalculated, line.adjusted, line.underdelivered, line.benefit]);

/** «74,80 м²»: two decimals, or as many as there are. */
function area(value: Quantity | null): string {
  if (value === null) return WORDS.unknownArea;
  const text = quantityText(value, 2);
  return /\.\d\d$/.test(text) ? `${showAmount(text)}\u00a0м²` : showQuantity(text, 'м²');
}

/** Facts that are known; the others are left out. */
const given = (facts: readonly (readonly [string, string | null | undefined])[]): Fact[] =>
  facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));

function payerOf(bill: BillDocument): Fact[] {
  const { account, residents, livingArea, commonArea } = bill;
  const { facts } = WORDS;
  return given([
    [facts.account, account.number],
    [facts.els, account.els],
    [facts.holder, account.holder],
    [facts.address, account.address],
    [facts.totalArea, area(bill.totalArea)],
    [facts.livingArea, livingArea && area(livingArea)],
    [facts.heatedArea, area(bill.heatedArea ?? bill.totalArea)],
    [facts.residents, residents === null ? WORDS.unknownCount : showNumber(quantityText(residents))],
    [facts.houseArea, area(bill.houseArea)],
    [facts.commonArea, commonArea && area(commonArea)],
  ]);
}

function executorOf({ organization, currency }: BillDocument): Fact[] {
  const { name, taxId, requisites: contacts } = organization;
  const { facts } = WORDS;
  return given([
    [facts.organization, name],
    [REQUISITES[currency].taxId, taxId],
    [facts.address, contacts.address],
    [facts.phone, contacts.phone && showPhone(contacts.phone)],
    [facts.dispatcher, contacts.dispatcherPhone && showPhone(contacts.dispatcherPhone)],
    [facts.email, contacts.email],
    [facts.site, contacts.site],
    [facts.hours, contacts.hours],
  ]);
}

/** Where to pay, with the codes of what is due there. */
function recipientOf(recipient: BillRecipient, bill: BillDocument): RecipientBlock {
  const { name, taxId, requisites: bank } = recipient;
  const say = REQUISITES[bill.currency];
  const line = (...parts: (readonly [string, string | undefined])[]): string[] => {
    const known = parts.flatMap(([label, value]) => (value ? [`${label} ${value}`.trim()] : []));
    return known.length > 0 ? [known.join(', ')] : [];
  };
  const code = bill.codes.find((text) => bank.account && text.includes(`PersonalAcc=${bank.account}`)) ?? '';
  const due = /[|~^#;*]Sum=(\d+)/.exec(code)?.[1];
  const sumDue = due === undefined ? undefined : moneyOf(BigInt(due));
  return {
    name,
    details: [
      ...line([say.taxId, taxId], [say.kpp, bank.kpp]),
      ...line([say.account, bank.account]),
      ...line(['', bank.name]),
      ...line([say.bic, bank.bic]),
      ...line([say.correspondent, bank.correspondent]),
    ],
    due: sumDue === undefined ? '' : dueTo(showMoney(moneyText(sumDue), bill.currency)),
    code,
    barcode: sumDue === undefined ? '' : payeeDigits(recipient, bill, sumDue),
  };
}

/** «16,20»: two decimals, or as many as the order has. */
function tariff(value: Price): string {
  const text = priceText(value);
  return /\.\d\d$/.test(text) ? showAmount(text) : showNumber(text);
}

/** Services under their kinds, numbered through. */
function groupsOf(lines: readonly BillLine[]): ServiceGroupRows[] {
  let number = 0;
  return [...grouped(lines, (line) => line.group)].map(([, own]) => ({
    title: own[0] ? WORDS.groups[own[0].group] : '',
    rows: own.map((line) => serviceRow(line, (number += 1))),
  }));
}

function serviceRow(line: BillLine, number: number): ServiceRow {
  const priced = line.price !== 0n;
  return {
    number: String(number),
    name: line.service,
    note: [noteOf(line), ...partsOf(line)].filter(Boolean).join(', '),
    unit: line.unit,
    cells: [
      priced ? showNumber(quantityText(line.quantity)) : WORDS.none,
      priced ? tariff(line.price) : WORDS.none,
      amount(line.opening),
      amount(line.paid),
      amount(line.charged),
      amount(sum([line.recalculated, line.adjusted])),
      WORDS.none,
      amount(line.underdelivered),
      amount(line.benefit),
      WORDS.none,
      amount(dueOf(line.closing)),
    ],
  };
}

/** How the volume was found, and what of it is the house's. */
function noteOf({ method, group, commonQuantity, quantity, unit }: BillLine): string {
  if (group === 'PENALTY') return '';
  const how = enumText('Method', method, 'ru').toLowerCase();
  if (commonQuantity === 0n || commonQuantity === quantity) return how;
  return `${how}, ${sharedVolume(showQuantity(quantityText(commonQuantity), unit))}`;
}

/** Parts of what is charged that the form has no columns for. */
const partsOf = ({ vat, excess }: BillLine): string[] => [
  ...(excess === 0n ? [] : [raised(amount(excess))]),
  ...(vat === 0n ? [] : [taxed(amount(vat))]),
];

function totalsOf(lines: readonly BillLine[]): string[] {
  const total = (of: (line: BillLine) => Money): string => amount(sum(lines.map(of)));
  return [
    '',
    '',
    total((line) => line.opening),
    total((line) => line.paid),
    total((line) => line.charged),
    total((line) => sum([line.recalculated, line.adjusted])),
    '',
    total((line) => line.underdelivered),
    total((line) => line.benefit),
    '',
    total((line) => dueOf(line.closing)),
  ];
}

function metersOf(readings: readonly BillReading[]): Table {
  const { readings: heads } = WORDS;
  return {
    heads: Object.values(heads),
    rows: readings.map((reading) => [
      meterName(reading),
      reading.serial ?? WORDS.none,
      volume(reading.previous),
      volume(reading.current),
      volume(usedOf(reading)),
      reading.takenOn === null ? WORDS.none : showDate(reading.takenOn),
      reading.verifiedUntil === null ? WORDS.none : showDate(reading.verifiedUntil),
    ]),
  };
}

const volume = (value: Quantity | null): string =>
  value === null ? WORDS.none : showNumber(quantityText(value));

/** What a register counted; nothing is said where it began anew. */
function usedOf({ previous, current }: BillReading): Quantity | null {
  if (previous === null || current === null || current < previous) return null;
  return quantityOf(current - previous);
}

const meterName = ({ resource, zone }: BillReading): string =>
  [enumText('Resource', resource, 'ru'), zone === 'SINGLE' ? '' : enumText('Zone', zone, 'ru').toLowerCase()]
    .filter(Boolean)
    .join(', ');

function sharesOf({ shares }: BillDocument): Table {
  if (shares.length === 0) return NOTHING;
  return {
    heads: Object.values(WORDS.shares),
    rows: shares.map(({ service, unit, houseMeter, individual, distributed }) => [
      `${service}, ${unit}`,
      volume(houseMeter),
      volume(individual),
      volume(distributed),
    ]),
  };
}

const normText = ({ service, unit, kind, value, document }: BillNorm): string =>
  `${service} ${showNumber(ratioText(value))}\u00a0${kind === 'HEATING_MONTHS' ? '' : `${unit} `}${WORDS.norms[kind]} (${document})`;
