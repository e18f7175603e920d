import type { Locale } from './locale';

/** How numbers, dates and phones are shown to people: one way on screens, in PDFs and in mails. The API keeps its own form. */

const NBSP = '\u00a0';
const MINUS = '\u2212';
const CURRENCY_SIGNS = { RUB: '₽', KZT: '₸' } as const;
export type CurrencyCode = keyof typeof CURRENCY_SIGNS;
export const CURRENCIES: readonly CurrencyCode[] = ['RUB', 'KZT'];

const DECIMAL = /^([-−]?)(\d+)(?:\.(\d+))?$/;

interface Decimal {
  sign: string;
  whole: string;
  fraction: string;
}

function partsOf(decimal: string): Decimal {
  const [, minus = '', whole = '', fraction = ''] = DECIMAL.exec(decimal) ?? [];
  if (whole === '') throw new RangeError(`«${decimal}» is not a decimal number`);
  const plain = whole.replace(/^0+(?=\d)/, '');
  const isZero = /^0*$/.test(plain + fraction);
  return { sign: minus && !isZero ? MINUS : '', whole: plain, fraction };
}

/** Groups of three by U+00A0, counted from the right. */
const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, NBSP);

const joined = ({ sign, whole, fraction }: Decimal): string =>
  `${sign}${grouped(whole)}${fraction ? `,${fraction}` : ''}`;

/** A decimal of the API as people read it: "-1234.50" is «−1 234,5». Throws RangeError on anything else. */
export function showNumber(decimal: string): string {
  const parts = partsOf(decimal);
  return joined({ ...parts, fraction: parts.fraction.replace(/0+$/, '') });
}

/** An amount with two decimals and no currency: "1537.15" is «1 537,15». Beyond two decimals it throws. */
export function showAmount(amount: string): string {
  const parts = partsOf(amount);
  if (parts.fraction.length > 2) throw new RangeError(`«${amount}» is finer than a kopek`);
  return joined({ ...parts, fraction: parts.fraction.padEnd(2, '0') });
}

/** An amount with its currency: «1 537,15 ₽», «−96,40 ₸». */
export function showMoney(amount: string, currency: CurrencyCode): string {
  return `${showAmount(amount)}${NBSP}${CURRENCY_SIGNS[currency]}`;
}

export const currencySign = (currency: CurrencyCode): string => CURRENCY_SIGNS[currency];

/** A quantity with all the digits needed to recompute, and its unit where one is given: «10,4183 м³». */
export function showQuantity(quantity: string, unit = ''): string {
  return unit ? `${showNumber(quantity)}${NBSP}${unit}` : showNumber(quantity);
}

/** A price for a unit, at least two decimals, as many as its order has: «15,78 ₽/м³». */
export function showPrice(price: string, currency: CurrencyCode, unit = ''): string {
  const parts = partsOf(price);
  const fraction = parts.fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${joined({ ...parts, fraction })}${NBSP}${CURRENCY_SIGNS[currency]}${unit ? `/${unit}` : ''}`;
}

/** «12 %» */
export const showPercent = (percent: string): string => `${showNumber(percent)}${NBSP}%`;

const MEGABYTE = 1024 * 1024;
const SIZE_UNITS: Readonly<Record<Locale, readonly [string, string]>> = {
  ru: ['КБ', 'МБ'],
  kk: ['КБ', 'МБ'],
  en: ['KB', 'MB'],
};

/** The size of a file: «48 МБ», «1,4 МБ», «312 КБ». */
export function showFileSize(bytes: number, locale: Locale): string {
  const [kilo, mega] = SIZE_UNITS[locale];
  if (bytes < MEGABYTE) return `${Math.max(1, Math.round(bytes / 1024))}${NBSP}${kilo}`;
  const tenths = Math.round((bytes / MEGABYTE) * 10);
  return `${showNumber(`${Math.floor(tenths / 10)}.${tenths % 10}`)}${NBSP}${mega}`;
}

/**
 * A phone: «+7 912 345-67-89»; a city number of five or six digits in pairs: «22-77-88». What is neither stays as it was
 * written. Takes any spelling: 8…, +7…, brackets.
 */
export function showPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const national =
    /^[78](\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits) ?? /^(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  if (national) return `+7${NBSP}${national[1]}${NBSP}${national[2]}-${national[3]}-${national[4]}`;
  if (digits.length === 5 || digits.length === 6) return digits.replace(/\B(?=(\d{2})+$)/g, '-');
  return phone;
}
