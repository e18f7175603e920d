import { plural } from './locale';
import type { CurrencyCode } from './formats';

const UNITS = ['', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять'];
const FEMALE = ['', 'одна', 'две', ...UNITS.slice(3)];
const TEENS =
  'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать'.split(
    ' ',
  );
const TENS = [
  '',
  '',
  ...'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'.split(' '),
];
const HUNDREDS = [
  '',
  ...'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'.split(' '),
];

interface Counted {
  one: string;
  few: string;
  many: string;
  female: boolean;
}
/** Classes of three figures from the right, after the first. */
const CLASSES: readonly Counted[] = [
  { one: 'тысяча', few: 'тысячи', many: 'тысяч', female: true },
  { one: 'миллион', few: 'миллиона', many: 'миллионов', female: false },
  { one: 'миллиард', few: 'миллиарда', many: 'миллиардов', female: false },
  { one: 'триллион', few: 'триллиона', many: 'триллионов', female: false },
];
const MONEY: Readonly<Record<CurrencyCode, readonly [whole: Counted, part: Counted]>> = {
  RUB: [
    { one: 'рубль', few: 'рубля', many: 'рублей', female: false },
    { one: 'копейка', few: 'копейки', many: 'копеек', female: true },
  ],
  KZT: [
    { one: 'тенге', few: 'тенге', many: 'тенге', female: false },
    { one: 'тиын', few: 'тиына', many: 'тиынов', female: false },
  ],
};

const countedBy = (count: number, { one, few, many }: Counted): string =>
  plural('ru', count, { one, few, many, other: many });

function threeFigures(number: number, female: boolean): string[] {
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  const isTeen = rest >= 10 && rest < 20;
  return [
    HUNDREDS[hundreds],
    isTeen ? TEENS[rest - 10] : TENS[Math.floor(rest / 10)],
    isTeen ? '' : (female ? FEMALE : UNITS)[rest % 10],
  ].flatMap((word) => (word ? [word] : []));
}

/**
 * An amount as acts and orders write it out: "1588.50" is «Одна тысяча пятьсот восемьдесят восемь рублей 50 копеек».
 * Throws RangeError on what is no amount of two decimals, or is a thousand trillions and more. A minus is not said.
 */
export function sumInWords(amount: string, currency: CurrencyCode): string {
  const [, whole = '', part = ''] = /^-?(\d{1,15})\.(\d\d)$/.exec(amount) ?? [];
  if (whole === '') throw new RangeError(`«${amount}» cannot be written out`);
  const [units, parts] = MONEY[currency];
  const classes = [units, ...CLASSES];
  const words = classes.flatMap((one, at) => {
    const figures = Number(whole.slice(-3 * (at + 1), at === 0 ? undefined : -3 * at));
    const isSaid = at === 0 || figures > 0;
    return isSaid ? [[...threeFigures(figures, one.female), countedBy(figures, one)]] : [];
  });
  const said = words.reverse().flat().join(' ');
  const text = Number(whole) === 0 ? `ноль ${said}` : said;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${part} ${countedBy(Number(part), parts)}`;
}
