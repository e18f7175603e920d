import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { ApiFailure } from '@kvartal/api-client';
import { Say, type TextKey } from '../texts/say';
import { Failure } from './failure';

/** A place of the menu for somebody who may not work there. */
@Component({
  selector: 'kv-not-theirs',
  imports: [Failure],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<div class="st-h">
      <h1>{{ say.text(name()) }}</h1>
    </div>
    <kv-failure [failure]="failure" />`,
})
export class NotTheirs {
  protected readonly say = inject(Say);
  /** The name of the place, from its route. */
  readonly name = input.required<TextKey>();
  protected readonly failure = new ApiFailure('forbidden');
}
