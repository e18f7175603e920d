import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { IconName } from './icon-names';

/** An icon of the sprite. Silent for screen readers unless `label` gives it a name. */
@Component({
  selector: 'kv-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'i-box' },
  template: `<svg
    class="i"
    [attr.aria-hidden]="label() ? null : 'true'"
    [attr.role]="label() ? 'img' : null"
    [attr.aria-label]="label() || null"
  >
    <use [attr.href]="'icons.svg#' + name()" />
  </svg>`,
  styles: ':host { display: inline-flex; flex: none; }',
})
export class Icon {
  readonly name = input.required<IconName>();
  readonly label = input('');
}
