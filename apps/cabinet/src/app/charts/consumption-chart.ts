import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { BarChart } from '@kvartal/ui';
import { type CurrencyCode, currencySign, type EnumValue, showMoney, showQuantity } from '@kvartal/words';
import { Say } from '../texts/say';
import { lastYear } from './series';

export interface Series {
  resource: EnumValue<'Resource'>;
  unit: string;
  months: { month: string; quantity: string; charged: string; estimated: boolean }[];
}

const TONES = {
  COLD_WATER: 'cold',
  HOT_WATER: 'hot',
  ELECTRICITY: 'day',
  HEAT: 'heat',
  GAS: 'night',
} as const;

/** Consumption by month: a resource is chosen, its volume or its price is shown, the year before stands beside. */
@Component({
  selector: 'kv-consumption-chart',
  imports: [BarChart],
  template: `<div class="row between wrap heading">
      <div class="seg" role="group" [attr.aria-label]="say.text('chart.resource')">
        @for (one of series(); track one.resource) {
          <button
            type="button"
            [attr.aria-pressed]="chosen()?.resource === one.resource"
            (click)="resource.set(one.resource)"
          >
            {{ say.enum('Resource', one.resource) }}
          </button>
        }
      </div>
      <div class="seg" role="group" [attr.aria-label]="say.text('chart.unit')">
        <button type="button" [attr.aria-pressed]="!inMoney()" (click)="inMoney.set(false)">
          {{ unit() }}
        </button>
        <button type="button" [attr.aria-pressed]="inMoney()" (click)="inMoney.set(true)">
          {{ sign() }}
        </button>
      </div>
    </div>
    @if (chosen(); as one) {
      <kv-bar-chart
        [summary]="summary()"
        [unit]="inMoney() ? sign() : unit()"
        [months]="months()"
        [tone]="tones[one.resource]"
      />
      <p class="legend">
        <span><i [class]="tones[one.resource]"></i>{{ say.text('chart.now') }}</span>
        @if (hasPrevious()) {
          <span><i class="before"></i>{{ say.text('chart.before') }}</span>
        }
        @if (hasEstimated()) {
          <span><i class="guess"></i>{{ say.text('chart.estimated') }}</span>
        }
      </p>
    }`,
  styles: `
    :host {
      display: grid;
      gap: var(--kv-3);
    }
    .seg {
      flex-wrap: wrap;
    }
    .cold {
      background: var(--kv-c-cold);
    }
    .hot {
      background: var(--kv-c-hot);
    }
    .day {
      background: var(--kv-c-day);
    }
    .night {
      background: var(--kv-c-night);
    }
    .heat {
      background: var(--kv-c-heat);
    }
    .before {
      background: var(--kv-c-last);
    }
    .guess {
      border: 1px dashed currentColor;
    }
  `,
})
export class ConsumptionChart {
  protected readonly say = inject(Say);
  readonly series = input.required<readonly Series[]>();
  readonly currency = input.required<CurrencyCode>();

  protected readonly tones = TONES;
  protected readonly resource = linkedSignal(() => this.series()[0]?.resource);
  protected readonly inMoney = signal(false);
  protected readonly chosen = computed(() =>
    this.series().find(({ resource }) => resource === this.resource()),
  );
  protected readonly unit = computed(() => this.say.unit(this.chosen()?.unit ?? ''));
  protected readonly sign = computed(() => currencySign(this.currency()));
  protected readonly months = computed(() =>
    lastYear(this.chosen()?.months ?? [], this.inMoney() ? 'charged' : 'quantity'),
  );
  protected readonly hasPrevious = computed(() =>
    this.months().some(({ previous }) => previous !== undefined),
  );
  protected readonly hasEstimated = computed(() => this.months().some(({ estimated }) => estimated));
  protected readonly summary = computed(() => {
    const [one, last] = [this.chosen(), this.months().at(-1)];
    if (!one || !last) return '';
    const show = (value: string) =>
      this.inMoney() ? showMoney(value, this.currency()) : showQuantity(value, this.unit());
    const name = this.say.enum('Resource', one.resource);
    const now = this.say.text('chart.summary', {
      name,
      month: this.say.monthName(last.month),
      value: show(last.value),
    });
    return last.previous === undefined
      ? now
      : `${now} ${this.say.text('chart.summaryBefore', { value: show(last.previous) })}`;
  });
}
