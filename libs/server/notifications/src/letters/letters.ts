import { type Locale, localeOf, showDateTime } from '@kvartal/words';
import { en } from './letters.en';
import { kk } from './letters.kk';
import { ru } from './letters.ru';

/** Every letter that there is, in one language: a language that lacks one does not compile. */
export type Letters = typeof ru;

const ALL: Readonly<Record<Locale, Letters>> = { ru, kk, en };

/** The letters in the language that somebody has chosen, `kk` say; in Russian where we do not speak it. */
export const lettersIn = (locale: string): Letters => ALL[localeOf(locale)];

/** «20.11.2026, 18:02», as a deadline or a moment in a letter. */
export const moment = (instant: Date, timeZone: string): string =>
  showDateTime(instant.toISOString(), timeZone);
