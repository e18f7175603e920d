import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '@kvartal/ui';
import { type CurrencyCode, showMoney, showQuantity } from '@kvartal/words';
import { Say } from '../texts/say';
import type { Line } from './charges';
import { LineExplanation } from './line-explanation';
import { isProduct } from './lines';

/** How a line was charged: volume × price where that is the whole of it, and by what rule. */
@Component({
  selector: 'kv-line-detail',
  imports: [RouterLink, Icon, LineExplanation],
  template: `<div class="how">
      @if (product()) {
        <p class="formula">
          <span class="fx"
            ><b>{{ sum() }}</b
            ><small>{{ say.text('charges.chargedSmall') }}</small></span
          >
          <span class="op">=</span>
          <span class="fx"
            >{{ volume() }}<small>{{ say.text('charges.volumeSmall') }}</small></span
          >
          <span class="op">×</span>
          <span class="fx"
            >{{ tariff() }}<small>{{ say.text('charges.priceSmall') }}</small></span
          >
        </p>
      } @else {
        <p class="formula">
          <span class="fx"
            ><b>{{ sum() }}</b
            ><small>{{ say.text('charges.chargedSmall') }}</small></span
          >
        </p>
      }
      <kv-line-explanation
        [line]="line()"
        [month]="month()"
        [currency]="currency()"
        [hidesFormula]="product()"
      />
      <dl class="facts s">
        <div>
          <dt>{{ say.text('home.how') }}</dt>
          <dd>{{ say.enum('Method', line().method) }}</dd>
        </div>
        @if (common(); as share) {
          <div>
            <dt>{{ say.text('charges.common') }}</dt>
            <dd class="nw">{{ share }}</dd>
          </div>
        }
        <div>
          <dt>{{ say.text('charges.supplier') }}</dt>
          <dd>{{ line().supplier }}</dd>
        </div>
      </dl>
    </div>
    <div class="stack s">
      <p class="muted">{{ say.text('charges.identity') }}</p>
      <p>
        <a class="btn sec sm" routerLink="/requests/new"
          ><kv-icon name="message-square" />{{ say.text('charges.disagree') }}</a
        >
      </p>
    </div>`,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 15rem;
      gap: var(--kv-5) var(--kv-8);
      border-top: 1px dashed var(--kv-rule-2);
      padding-top: var(--kv-4);
      margin-top: var(--kv-1);
    }
    .formula {
      font-size: var(--kv-t-l);
      font-weight: 500;
      font-variant-numeric: tabular-nums;
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0.25rem 0.5rem;
      margin-bottom: var(--kv-4);
    }
    .facts {
      margin-top: var(--kv-4);
    }
    .formula b {
      font-weight: 600;
    }
    .op {
      color: var(--kv-ink-3);
    }
    .fx {
      display: inline-flex;
      flex-direction: column;
      line-height: 1.25;
    }
    small {
      font-size: var(--kv-t-xs);
      color: var(--kv-ink-2);
      font-weight: 400;
    }
    @media screen and (max-width: 839px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
        margin-top: var(--kv-4);
      }
    }
  `,
})
export class LineDetail {
  protected readonly say = inject(Say);
  readonly line = input.required<Line>();
  readonly currency = input.required<CurrencyCode>();
  readonly month = input.required<string>();

  protected readonly product = computed(() => isProduct(this.line()));
  protected readonly sum = computed(() => showMoney(this.line().charged, this.currency()));
  protected readonly volume = computed(() =>
    showQuantity(this.line().quantity, this.say.unit(this.line().unit)),
  );
  protected readonly tariff = computed(() => {
    const { price, unit } = this.line();
    return this.say.price(price, this.currency(), unit);
  });
  protected readonly common = computed(() => {
    const { commonQuantity, unit } = this.line();
    return /[1-9]/.test(commonQuantity) ? showQuantity(commonQuantity, this.say.unit(unit)) : '';
  });
}
