import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { uiWords } from './ui-words';

const WIDTHS = [40, 100, 75, 90, 60] as const;

/** Grey lines in the place of what is loading. */
@Component({
  selector: 'kv-skeleton',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', '[attr.aria-label]': 'words().loading' },
  template: `@for (width of shown(); track $index) {
    <div class="skel" aria-hidden="true" [style.width.%]="width"></div>
  }`,
  styles: ':host { display: block; }',
})
export class Skeleton {
  readonly lines = input(3);
  protected readonly words = uiWords();
  protected readonly shown = computed(() =>
    Array.from({ length: this.lines() }, (_, at) => WIDTHS[at % WIDTHS.length] ?? 100),
  );
}
