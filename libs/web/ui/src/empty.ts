import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Mark } from './lamp';

/** Nothing here: the unlit mark, what, why, and one action as content. */
@Component({
  selector: 'kv-empty',
  imports: [Mark],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'empty' },
  template: `<kv-mark [lit]="false" [large]="true" />
    <h2>{{ heading() }}</h2>
    @if (text()) {
      <p class="muted measure">{{ text() }}</p>
    }
    <ng-content />`,
})
export class Empty {
  readonly heading = input.required<string>();
  readonly text = input('');
}
