import { ChangeDetectionStrategy, Component, effect, ElementRef, inject, input } from '@angular/core';
import { Banner } from '@kvartal/ui';
import type { ReasonFragment } from '../../generated/graphql';
import { Say } from '../texts/say';

/** The reasons of a refusal in words, above what was asked for. Takes the focus, so that it is seen and heard. */
@Component({
  selector: 'kv-refused',
  imports: [Banner],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { tabindex: '-1' },
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
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  constructor() {
    effect(() => {
      this.refusals();
      this.host.nativeElement.focus();
    });
  }
}
