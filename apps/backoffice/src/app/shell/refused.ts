import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Banner } from '@kvartal/ui';
import type { ReasonFragment } from '../../generated/graphql';
import { Say } from '../texts/say';

/** The reasons of a refusal in words, above what was asked for. */
@Component({
  selector: 'kv-refused',
  imports: [Banner],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<kv-banner tone="bad">
    @for (reason of refusals(); track $index) {
      <p>{{ say.refusal(reason.code, reason.params) }}</p>
    }
    <ng-content />
  </kv-banner>`,
})
export class Refused {
  protected readonly say = inject(Say);
  readonly refusals = input.required<readonly ReasonFragment[]>();
}
