import { Component, computed, inject, input } from '@angular/core';
import { Chip, type IconName, type Tone } from '@kvartal/ui';
import type { RequestState } from '../../generated/graphql';
import { Say } from '../texts/say';

const LOOKS: Readonly<Record<RequestState, { tone: Tone; icon: IconName }>> = {
  NEW: { tone: 'neutral', icon: 'plus' },
  IN_WORK: { tone: 'info', icon: 'wrench' },
  CLARIFICATION: { tone: 'now', icon: 'message-square' },
  DONE: { tone: 'good', icon: 'check' },
  CLOSED: { tone: 'neutral', icon: 'lock' },
  CANCELED: { tone: 'neutral', icon: 'x' },
  REJECTED: { tone: 'bad', icon: 'x' },
};

/** The state of a request as its resident reads it: what needs clarifying waits for them. */
@Component({
  selector: 'kv-request-chip',
  imports: [Chip],
  template: '<kv-chip [tone]="look().tone" [icon]="look().icon">{{ word() }}</kv-chip>',
})
export class RequestChip {
  private readonly say = inject(Say);
  readonly state = input.required<RequestState>();
  protected readonly look = computed(() => LOOKS[this.state()]);
  protected readonly word = computed(() =>
    this.state() === 'CLARIFICATION'
      ? this.say.text('requests.waitsForYou')
      : this.say.enum('RequestState', this.state()),
  );
}
