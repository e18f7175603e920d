import { Component, computed, inject, input } from '@angular/core';
import { Money } from '@kvartal/ui';
import { type CurrencyCode, showQuantity } from '@kvartal/words';
import type { ToldFragment } from '../../generated/graphql';
import { Say } from '../texts/say';
import { type CauseRow, causeRows } from './causes';

/** From one sum to another, cause by cause, with bars that go on where the one before ended. */
@Component({
  selector: 'kv-cause-list',
  imports: [Money],
  templateUrl: './cause-list.html',
  styleUrl: './cause-list.scss',
})
export class CauseList {
  protected readonly say = inject(Say);
  readonly lines = input.required<readonly ToldFragment[]>();
  readonly before = input.required<string>();
  readonly after = input.required<string>();
  readonly beforeName = input.required<string>();
  readonly afterName = input.required<string>();
  readonly currency = input.required<CurrencyCode>();

  protected readonly rows = computed(() => causeRows(this.lines(), this.before(), this.after()));

  /** «10,418 м³ вместо 8,205 м³», «118,07 ₽ вместо 112,40 ₽» */
  protected change({ told, unit }: CauseRow['lines'][number]): string {
    const { quantityBefore, quantityAfter, priceBefore, priceAfter } = told;
    if (told.cause === 'TARIFF' && priceBefore !== null && priceAfter !== null)
      return this.say.text('diff.instead', {
        now: this.say.price(priceAfter, this.currency()),
        before: this.say.price(priceBefore, this.currency()),
      });
    if (quantityBefore === null || quantityAfter === null) return '';
    return this.say.text('diff.instead', {
      now: showQuantity(quantityAfter, this.say.unit(unit)),
      before: showQuantity(quantityBefore, this.say.unit(unit)),
    });
  }
}
