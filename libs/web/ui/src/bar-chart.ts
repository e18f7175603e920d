import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { showMonthName, showMonth, showNumber, showQuantity } from '@kvartal/words';
import { type ChartMonth, drawBars } from './bar-chart-geometry';
import { Language } from './language';
import { uiWords } from './ui-words';

const WIDE = { width: 520, height: 168 } as const;
const NARROW = { width: 318, height: 150 } as const;

/** Bars by month with the same figures as a table behind a link. `summary` says in words what the picture shows. */
@Component({
  selector: 'kv-bar-chart',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './bar-chart.html',
  styles: ':host { display: grid; gap: 0.5rem; justify-items: start; } svg, div { width: 100%; }',
})
export class BarChart {
  private readonly language = inject(Language);
  readonly summary = input.required<string>();
  readonly unit = input.required<string>();
  /** Oldest first. */
  readonly months = input.required<readonly ChartMonth[]>();
  readonly tone = input<'cold' | 'hot' | 'day' | 'night' | 'heat'>('cold');

  protected readonly words = uiWords();
  protected readonly asTable = signal(false);
  protected readonly tick = showNumber;
  protected readonly drawings = computed(() => [
    drawBars(this.months(), WIDE),
    drawBars(this.months().slice(-6), NARROW),
  ]);
  protected readonly hasPrevious = computed(() => this.months().some((one) => one.previous !== undefined));
  protected readonly newest = computed(() => {
    const last = this.months().at(-1);
    return last ? showQuantity(last.value, this.unit()) : '';
  });
  protected readonly rows = computed(() =>
    [...this.months()].reverse().map((one) => ({
      month: one.month,
      name: showMonth(one.month, this.language.code()),
      value: showNumber(one.value),
      previous: one.previous === undefined ? '' : showNumber(one.previous),
      estimated: one.estimated ?? false,
    })),
  );

  protected short(month: string): string {
    return showMonthName(month, this.language.code()).slice(0, 3);
  }
}
