import { Component, computed, inject, input, output } from '@angular/core';
import type { ApiFailure } from '@kvartal/api-client';
import { Banner } from '@kvartal/ui';
import { Say } from '../texts/say';

/** Why there is no answer and what to do, in the place of what was asked. */
@Component({
  selector: 'kv-failure',
  imports: [Banner],
  template: `<kv-banner [tone]="offline() ? 'info' : 'bad'" [icon]="offline() ? 'wifi-off' : 'circle-alert'">
    <p>{{ text() }}</p>
    @if (mayRepeat()) {
      <button type="button" class="lnk" (click)="again.emit()">{{ say.text('failure.again') }}</button>
    }
  </kv-banner>`,
})
export class FailureView {
  readonly failure = input.required<ApiFailure>();
  readonly again = output();

  protected readonly say = inject(Say);
  protected readonly offline = computed(() => this.failure().kind === 'offline');
  protected readonly mayRepeat = computed(() => !['not-found', 'forbidden'].includes(this.failure().kind));
  protected readonly text = computed(() => {
    const { kind, requestId } = this.failure();
    switch (kind) {
      case 'offline':
        return this.say.text('failure.offline');
      case 'unauthenticated':
        return this.say.text('failure.signedOut');
      case 'not-found':
      case 'forbidden':
        return this.say.text('failure.notFound');
      case 'too-many':
        return this.say.text('failure.tooMany');
      case 'busy':
        return this.say.text('failure.busy');
      case 'internal':
        return requestId
          ? this.say.text('failure.internalNumber', { number: requestId.slice(0, 8).toUpperCase() })
          : this.say.text('failure.internal');
    }
  });
}
