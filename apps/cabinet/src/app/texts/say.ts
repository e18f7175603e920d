import { Service } from '@angular/core';
import { Speech, type TextKeyOf, type TextsLike } from '@kvartal/ui';
import { type CurrencyCode, type EnumValue, resourceUnit } from '@kvartal/words';
import type { ru } from './ru';

export type Texts = TextsLike<typeof ru>;
/** A text that is not there does not compile. */
export type TextKey = TextKeyOf<typeof ru>;

/** What the cabinet says. */
@Service()
export class Say extends Speech<TextKey> {
  /** The unit that a resource is measured in. */
  resourceUnit(resource: EnumValue<'Resource'>): string {
    return resourceUnit(resource, this.locale());
  }

  /** A meter as people call it: «Горячая вода, ванная», with its zone where it has several. */
  meter(
    meter: { resource: EnumValue<'Resource'>; place: string },
    zone: EnumValue<'Zone'> = 'SINGLE',
  ): string {
    const parts = [
      this.enum('Resource', meter.resource),
      meter.place,
      zone === 'SINGLE' ? '' : this.enum('Zone', zone),
    ];
    return parts.filter(Boolean).join(', ');
  }

  /** A price as a bare number, at least two decimals: «15,78». */
  bare(price: string): string {
    return this.price(price, 'RUB').split('\u00a0').slice(0, -1).join('\u00a0');
  }

  /** «в рублях», «в тенге». */
  currencyIn(currency: CurrencyCode): string {
    return this.text(currency === 'RUB' ? 'charges.inRoubles' : 'charges.inTenge');
  }

  /** «20.08» */
  shortDate(date: string): string {
    return this.date(date).slice(0, 5);
  }

  /** «18:02», of milliseconds. */
  time(at: number): string {
    return this.dateTime(new Date(at).toISOString()).slice(-5);
  }
}
