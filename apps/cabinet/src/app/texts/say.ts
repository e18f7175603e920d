import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Language } from '@kvartal/ui';
import {
  type CurrencyCode,
  enumText,
  enumTextOf,
  type EnumName,
  type EnumValue,
  type RefusalCode,
  REFUSAL_CODES,
  refusalText,
  resourceUnit,
  showDate,
  showDateTime,
  showDay,
  showFileSize,
  showMonth,
  showMonthName,
  showNear,
  showPrice,
  unitText,
} from '@kvartal/words';
import type { Params } from './message';
import type { TextKey } from './keys';

const isRefusalCode = (code: string): code is RefusalCode => REFUSAL_CODES.some((one) => one === code);

/**
 * Everything the cabinet says, in the language of the page. Each method reads the language's signal, so a template or
 * a `computed` that speaks is spoken anew when the language changes.
 */
@Service()
export class Say {
  private readonly language = inject(Language);
  private readonly transloco = inject(TranslocoService);
  /** Instants are shown where the reader is: a resident lives where the house stands. */
  private readonly timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  readonly locale = this.language.code;

  readonly text = (key: TextKey, params: Params = {}): string =>
    this.transloco.translate<string>(key, params, this.locale());

  readonly refusal = (code: string, params: Record<string, string>): string =>
    isRefusalCode(code) ? refusalText(code, params, this.locale()) : code;

  enum<N extends EnumName>(name: N, value: EnumValue<N>): string {
    return enumText(name, value, this.locale());
  }

  enumOf(name: EnumName, value: string): string {
    return enumTextOf(name, value, this.locale());
  }

  /** «20.11.2026» */
  readonly date = showDate;
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
  price(price: string, currency: CurrencyCode, unit = ''): string {
    return showPrice(price, currency, unit && this.unit(unit));
  }
  unit(unit: string): string {
    return unitText(unit, this.locale());
  }
  resourceUnit(resource: EnumValue<'Resource'>): string {
    return resourceUnit(resource, this.locale());
  }
  fileSize(bytes: number): string {
    return showFileSize(bytes, this.locale());
  }
}
