import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icon-names';

export type BannerTone = 'warn' | 'bad' | 'good' | 'info';

const ICONS: Readonly<Record<BannerTone, IconName>> = {
  warn: 'triangle-alert',
  bad: 'circle-alert',
  good: 'circle-check',
  info: 'info',
};

/** A message above the content: an outage, an error, what was done, information. Errors and results are announced. */
@Component({
  selector: 'kv-banner',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '[class]': "'banner ' + tone()",
    '[attr.role]': "tone() === 'bad' ? 'alert' : tone() === 'good' ? 'status' : null",
  },
  template: '<kv-icon [name]="shown()" /><div class="grow"><ng-content /></div>',
})
export class Banner {
  readonly tone = input<BannerTone>('info');
  readonly icon = input<IconName>();
  protected readonly shown = computed(() => this.icon() ?? ICONS[this.tone()]);
}
