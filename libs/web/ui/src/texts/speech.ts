import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import {
  type CurrencyCode,
  enumText,
  enumTextOf,
  type EnumName,
  type EnumValue,
  showDate,
  showDateTime,
  showDay,
  showFileSize,
  showMonth,
  showMoney,
  showMonthName,
  showNear,
  showNumber,
  showPrice,
  unitText,
} from '@kvartal/words';
import { Language } from '../language';
import type { Params } from './message';
import { Refusals } from './refusals';

/** The texts of a language, with the same keys as those that `T` was made from. */
export type TextsLike<T> = { readonly [K in keyof T]: T[K] extends string ? string : TextsLike<T[K]> };

/** The name of a text of `T`: `closing.start`. */
export type TextKeyOf<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : TextKeyOf<T[K], `${Before}${K}.`>;
}[keyof T & string];

/**
 * What a page says, in its language. Every method reads the language's signal, so whatever speaks in a template or a
 * `computed` is spoken anew when the language changes. An application narrows `text` to its own keys.
 */
@Service()
export class Speech<Key extends string = string> {
  private readonly transloco = inject(TranslocoService);
  private readonly refusals = inject(Refusals);
  readonly locale = inject(Language).code;
  /** Instants are shown by the clock of the person who reads them. */
  readonly timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  text(key: Key, params: Params = {}): string {
    return this.transloco.translate<string>(key, { ...params }, this.locale());
  }

  /** The sentence of a refusal; a code that is younger than this page stays a code. */
  refusal(code: string, params: readonly { name: string; value: string }[]): string {
    return this.refusals.text(code, params);
  }

  enum<N extends EnumName>(name: N, value: EnumValue<N>): string {
    return enumText(name, value, this.locale());
  }

  /** The same for a value that only arrives as text. */
  enumOf(name: EnumName, value: string): string {
    return enumTextOf(name, value, this.locale());
  }

  unit(unit: string): string {
    return unitText(unit, this.locale());
  }

  price(price: string, currency: CurrencyCode, unit = ''): string {
    return showPrice(price, currency, unit && this.unit(unit));
  }

  /** «1 537,15 ₽» */
  money(amount: string, currency: CurrencyCode): string {
    return showMoney(amount, currency);
  }

  /** A whole number in groups: «48 216». */
  number(count: number): string {
    return showNumber(String(count));
  }

  fileSize(bytes: number): string {
    return showFileSize(bytes, this.locale());
  }

  /** «20.11.2026» */
  date(date: string): string {
    return showDate(date);
  }

  /** «20 ноября» */
  day(date: string): string {
    return showDay(date, this.locale());
  }

  /** «ноябрь 2026» */
  month(month: string): string {
    return showMonth(month, this.locale());
  }

  /** «ноябрь» */
  monthName(month: string): string {
    return showMonthName(month, this.locale());
  }

  /** «20.11.2026, 18:02» */
  dateTime(instant: string): string {
    return showDateTime(instant, this.timeZone);
  }

  /** «сегодня, 18:02» */
  near(instant: string, today: string): string {
    return showNear(instant, { today, timeZone: this.timeZone, locale: this.locale() });
  }
}
