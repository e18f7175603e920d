import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Say } from '../texts/say';

/**
 * The frame of a table: its name for a screen reader, the box in which it scrolls sideways, and the row of heads, of the
 * `th` inside. On a phone each row is a card.
 */
@Component({
  selector: 'kv-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    class: 'tw',
    '[attr.role]': "scrolls() ? 'region' : null",
    '[attr.tabindex]': "scrolls() ? '0' : null",
    '[attr.aria-label]': 'scrolls() ? caption() : null',
  },
  styles: ':host { display: block; }',
  template: `<table class="tbl fold" [class]="look()">
    <caption class="vh">
      {{
        caption()
      }}
    </caption>
    <thead>
      <tr>
        <ng-content select="th" />
        @if (hasActions()) {
          <th scope="col">
            <span class="vh">{{ say.text('keys.actions') }}</span>
          </th>
        }
      </tr>
    </thead>
    <ng-content />
  </table>`,
})
export class Table {
  protected readonly say = inject(Say);
  readonly caption = input.required<string>();
  /** Whether the last column is what can be done with a row. */
  readonly hasActions = input(false);
  /** Whether nothing inside can be tabbed to, though it may be wider than the window. */
  readonly scrolls = input(false);
  /** More classes of the table. */
  readonly look = input('');
}
