import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** The lit window: something waits for this person now. Always stands beside words. */
@Component({
  selector: 'kv-lamp',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'lamp', 'aria-hidden': 'true' },
  template: '',
})
export class Lamp {}

/** The mark of the product, nine windows with one lit; unlit it stands for «nothing here». */
@Component({
  selector: 'kv-mark',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'mark', 'aria-hidden': 'true', '[class.lg]': 'large()' },
  template: '@for (at of windows; track at) {<i [class.on]="lit() && at === 4"></i>}',
})
export class Mark {
  readonly lit = input(true);
  readonly large = input(false);
  protected readonly windows = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
}

const DAY_MS = 86_400_000;
const dayNumber = (date: string): number => Date.parse(date) / DAY_MS;

/**
 * The days of the reading intake, one window a day: past, today, left. `from`, `to` and `today` are civil dates; the
 * sentence that belongs to it is the content.
 */
@Component({
  selector: 'kv-intake-strip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<div class="strip" aria-hidden="true">
      @for (day of days(); track day.at) {
        <i [class]="day.kind"></i>
      }
    </div>
    <p class="s muted"><ng-content /></p>`,
  styles: ':host { display: grid; gap: 0.375rem; }',
})
export class IntakeStrip {
  readonly from = input.required<string>();
  readonly to = input.required<string>();
  readonly today = input.required<string>();

  protected readonly days = computed(() => {
    const [first, last, today] = [dayNumber(this.from()), dayNumber(this.to()), dayNumber(this.today())];
    const count = Math.max(0, Math.min(62, last - first + 1));
    return Array.from({ length: count }, (_, at) => {
      const day = first + at;
      return { at, kind: day < today ? 'past' : day === today ? 'today' : '' };
    });
  });
}
