import { CURRENCIES, showAmount, showFileSize, showMoney, showNumber } from './formats';
import { showDate } from './dates';
import { type Forms, type Locale, plural } from './locale';
import type { RefusalCode } from './refusal-codes';

/** Values of a refusal as the API gives them, or as a plain record. ISO dates, a decimal point, bytes, seconds. */
export type RefusalParams =
  readonly { name: string; value: string }[] | Readonly<Record<string, string | number>>;

/** What the sentences of a language read their values from: already in the form that people read. */
export class Values {
  constructor(
    private readonly values: Readonly<Record<string, string>>,
    readonly locale: Locale,
  ) {}

  /** Whether all of these came. A sentence says less, never «undefined». */
  has(...names: string[]): boolean {
    return names.every((name) => (this.values[name] ?? '') !== '');
  }

  /** As it came. */
  raw(name: string): string {
    return this.values[name] ?? '';
  }

  /** A number with its decimal comma; what is no number stays as it came. */
  number(name: string): string {
    const raw = this.raw(name);
    return /^[-−]?\d+(\.\d+)?$/.test(raw) ? showNumber(raw) : raw;
  }

  date(name: string): string {
    return showDate(this.raw(name));
  }

  /** An amount in its currency, or bare where the refusal does not name one. */
  money(name: string): string {
    const currency = CURRENCIES.find((one) => one === this.raw('currency'));
    return currency ? showMoney(this.raw(name), currency) : showAmount(this.raw(name));
  }

  /** The size of a file given in bytes. */
  size(name: string): string {
    return showFileSize(Number(this.raw(name)), this.locale);
  }

  /** Seconds as whole minutes, rounded up, never less than what has to be waited: «15 минут». */
  minutes(name: string, forms: Forms): string {
    const count = Math.max(1, Math.ceil(Number(this.raw(name)) / 60));
    return `${count}\u00a0${plural(this.locale, count, forms)}`;
  }

  /** The number with the word that goes with it: «3 цифры». */
  count(name: string, forms: Forms): string {
    return `${this.number(name)}\u00a0${this.form(name, forms)}`;
  }

  form(name: string, forms: Forms): string {
    return plural(this.locale, Number(this.raw(name)), forms);
  }
}

/** The sentences of one language: a code without its sentence does not compile. */
export type RefusalSentences = Readonly<Record<RefusalCode, string | ((values: Values) => string)>>;

/** Thirty kilobytes a language: a page fetches its own. */
const FILES: Readonly<Record<Locale, () => Promise<RefusalSentences>>> = {
  ru: () => import('./refusals.ru').then(({ refusalsRu }) => refusalsRu),
  kk: () => import('./refusals.kk').then(({ refusalsKk }) => refusalsKk),
  en: () => import('./refusals.en').then(({ refusalsEn }) => refusalsEn),
};

const isList = (params: RefusalParams): params is readonly { name: string; value: string }[] =>
  Array.isArray(params);

function recordOf(params: RefusalParams): Record<string, string> {
  const pairs = isList(params)
    ? params.map(({ name, value }): [string, string] => [name, value])
    : Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]);
  return Object.fromEntries(pairs);
}

/** The sentence of a refusal for people: what happened, why, what to do. */
export type RefusalSpeech = (code: RefusalCode, params: RefusalParams) => string;

/** Refusals in one language. */
export async function refusalsIn(locale: Locale): Promise<RefusalSpeech> {
  const sentences = await FILES[locale]();
  return (code, params) => {
    const sentence = sentences[code];
    return typeof sentence === 'string' ? sentence : sentence(new Values(recordOf(params), locale));
  };
}
