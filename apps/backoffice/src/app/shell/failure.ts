import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { ApiFailure, FailureKind } from '@kvartal/api-client';
import { Banner, type IconName } from '@kvartal/ui';
import { Say, type TextKey } from '../texts/say';

const TEXTS: Readonly<Record<FailureKind, TextKey>> = {
  offline: 'failure.offline',
  unauthenticated: 'failure.unauthenticated',
  forbidden: 'failure.forbidden',
  'not-found': 'failure.notFound',
  'too-many': 'failure.tooMany',
  busy: 'failure.busy',
  internal: 'failure.internal',
};
const FINAL: readonly FailureKind[] = ['forbidden', 'not-found'];

/** Why there is no answer and what to do about it. What cannot change by asking again offers no retry. */
@Component({
  selector: 'kv-failure',
  imports: [Banner],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<kv-banner [tone]="isFinal() ? 'warn' : 'bad'" [icon]="icon()">
    <p>{{ text() }}</p>
    @if (!isFinal()) {
      <button type="button" class="lnk" (click)="retry.emit()">{{ say.text('failure.retry') }}</button>
    }
  </kv-banner>`,
})
export class Failure {
  protected readonly say = inject(Say);
  readonly failure = input.required<ApiFailure>();
  readonly retry = output();

  protected readonly isFinal = computed(() => FINAL.includes(this.failure().kind));
  protected readonly icon = computed<IconName>(() =>
    this.failure().kind === 'offline' ? 'wifi-off' : this.isFinal() ? 'lock' : 'circle-alert',
  );
  protected readonly text = computed(() => {
    const { kind, requestId } = this.failure();
    const sentence = this.say.text(TEXTS[kind]);
    return kind === 'internal' && requestId
      ? `${sentence} ${this.say.text('failure.number', { number: requestId })}`
      : sentence;
  });
}
