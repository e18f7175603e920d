import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icon-names';

export type Tone = 'neutral' | 'info' | 'now' | 'good' | 'bad';

/** A state in an icon and a word, never by colour alone. */
@Component({
  selector: 'kv-chip',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': "'chip ' + tone()" },
  template: '@if (icon(); as name) {<kv-icon [name]="name" />}<ng-content />',
})
export class Chip {
  readonly tone = input<Tone>('neutral');
  readonly icon = input<IconName>();
}
