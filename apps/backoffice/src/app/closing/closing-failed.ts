import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Banner, Facade } from '@kvartal/ui';
import type { WholeClosingFragment } from '../../generated/graphql';
import { Say } from '../texts/say';
import { WINDOW_OF } from './closing-progress';
import { DiscardButton } from './discard-button';
import { failureWords } from './failure-words';

/** A computation that stopped: what is done, what is not and why, and going on from there. */
@Component({
  selector: 'kv-closing-failed',
  imports: [Banner, DiscardButton, Facade],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-failed.html',
})
export class ClosingFailed {
  protected readonly say = inject(Say);
  readonly closing = input.required<WholeClosingFragment>();
  readonly isBusy = input(false);
  readonly recompute = output();
  readonly discard = output();

  protected readonly windows = computed(() => this.closing().facade.map(({ state }) => WINDOW_OF[state]));
  protected readonly failed = computed(() => this.closing().facade.filter(({ state }) => state === 'FAILED'));

  /** The reason in words. */
  protected reason(failure: string | null): string {
    if (failure === null) return this.say.text('closing.noReason');
    const { key, params } = failureWords(failure);
    return this.say.text(key, params);
  }

  protected goOn(): void {
    if (!this.isBusy()) this.recompute.emit();
  }
}
