import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A bar of real counts: `value` of `max`. */
@Component({
  selector: 'kv-progress',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    class: 'bar',
    role: 'progressbar',
    'aria-valuemin': '0',
    '[attr.aria-label]': 'label()',
    '[attr.aria-valuemax]': 'max()',
    '[attr.aria-valuenow]': 'value()',
  },
  template: '<i [style.--v]="percent()"></i>',
  styles: ':host { display: block; }',
})
export class Progress {
  readonly label = input.required<string>();
  readonly value = input.required<number>();
  readonly max = input.required<number>();
  protected readonly percent = computed(() =>
    this.max() > 0 ? Math.min(100, (this.value() / this.max()) * 100) : 0,
  );
}

export type FacadeState = 'waiting' | 'done' | 'now' | 'failed';

const CLASSES: Readonly<Record<FacadeState, string>> = { waiting: '', done: 'ok', now: 'now', failed: 'bad' };
const WORST_FIRST: readonly FacadeState[] = ['failed', 'now', 'waiting', 'done'];

/**
 * The façade of a long job: one window for one house, or for `perWindow` houses when there are more than `limit`. A window
 * shows the state that asks for most attention among its houses.
 */
@Component({
  selector: 'kv-facade',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'facade', role: 'img', '[attr.aria-label]': 'label()' },
  template: '@for (state of windows(); track $index) {<i [class]="classes[state]"></i>}',
})
export class Facade {
  readonly label = input.required<string>();
  readonly states = input.required<readonly FacadeState[]>();
  readonly limit = input(240);

  protected readonly classes = CLASSES;
  readonly perWindow = computed(() => Math.max(1, Math.ceil(this.states().length / this.limit())));
  protected readonly windows = computed(() => {
    const [states, size] = [this.states(), this.perWindow()];
    return Array.from({ length: Math.ceil(states.length / size) }, (_, at) => {
      const houses = states.slice(at * size, (at + 1) * size);
      return WORST_FIRST.find((state) => houses.includes(state)) ?? 'waiting';
    });
  });
}
