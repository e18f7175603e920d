import type { Locale } from './locale';

const NBSP = '\u00a0';

type Months = readonly string[];
/** As it stands alone: «ноябрь 2026». */
const ALONE: Readonly<Record<Locale, Months>> = {
  ru: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' '),
  kk: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};
/** As it goes with a day: «20 ноября». */
const WITH_DAY: Readonly<Record<Locale, Months>> = {
  ...ALONE,
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
};
const NEAR: Readonly<Record<Locale, readonly [yesterday: string, today: string, tomorrow: string]>> = {
  ru: ['вчера', 'сегодня', 'завтра'],
  kk: ['кеше', 'бүгін', 'ертең'],
  en: ['yesterday', 'today', 'tomorrow'],
};
const DAY_MS = 86_400_000;

function dateParts(date: string): { year: string; month: number; day: number } {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
  if (year === '') throw new RangeError(`«${date}» is not a date`);
  return { year, month: Number(month), day: Number(day) };
}

/** A civil date in a table: "2026-11-20" is «20.11.2026». */
export function showDate(date: string): string {
  const { year, month, day } = dateParts(date);
  return `${String(day).padStart(2, '0')}.${String(month).padStart(2, '0')}.${year}`;
}

/** A civil date in a sentence: «20 ноября», «20 қараша», "20 November". */
export function showDay(date: string, locale: Locale): string {
  const { month, day } = dateParts(date);
  return `${day}${NBSP}${WITH_DAY[locale][month - 1] ?? ''}`;
}

/** A span of days in a sentence: «с 10 по 25 декабря», «с 25 ноября по 3 декабря». */
export function showDays(from: string, to: string, locale: Locale): string {
  const [first, last] = [dateParts(from), dateParts(to)];
  const start =
    first.month === last.month && first.year === last.year ? String(first.day) : showDay(from, locale);
  if (locale === 'ru') return `с${NBSP}${start} по${NBSP}${showDay(to, locale)}`;
  if (locale === 'kk') return `${start}–${showDay(to, locale)}`;
  return `from ${start} to ${showDay(to, locale)}`;
}

/** A month: "2026-11" is «ноябрь 2026», «2026 ж. қараша», "November 2026". Takes a date too. */
export function showMonth(month: string, locale: Locale): string {
  const { year, month: at } = dateParts(`${month.slice(0, 7)}-01`);
  const name = ALONE[locale][at - 1] ?? '';
  return locale === 'kk' ? `${year}${NBSP}ж. ${name}` : `${name}${NBSP}${year}`;
}

/** A month without its year: «ноябрь». */
export function showMonthName(month: string, locale: Locale): string {
  return ALONE[locale][dateParts(`${month.slice(0, 7)}-01`).month - 1] ?? '';
}

function localParts(instant: string | Date, timeZone: string): { date: string; time: string } {
  const at = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => at.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** An instant where the organisation is: «20.11.2026, 18:02». `timeZone` is such as `Europe/Moscow`. */
export function showDateTime(instant: string | Date, timeZone: string): string {
  const { date, time } = localParts(instant, timeZone);
  return `${showDate(date)}, ${time}`;
}

/** An instant near today in words, «сегодня, 18:02», else «20.11.2026, 18:02». `today` is the organisation's civil date. */
export function showNear(
  instant: string | Date,
  place: { today: string; timeZone: string; locale: Locale },
): string {
  const { date, time } = localParts(instant, place.timeZone);
  const away = Math.round((Date.parse(date) - Date.parse(place.today)) / DAY_MS);
  const word = away >= -1 && away <= 1 ? NEAR[place.locale][away + 1] : undefined;
  return `${word ?? showDate(date)}, ${time}`;
}
