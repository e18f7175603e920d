import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { Banner, Facade } from '@kvartal/ui';
import type { LeftOutInput, WholeClosingFragment } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { WINDOW_OF } from './closing-progress';
import { DiscardButton } from './discard-button';
import { failureWords } from './failure-words';
import { Reasoned, type Way } from './reasoned';

/** A computation that stopped: what is done, what is not and why, and going on from there. */
@Component({
  selector: 'kv-closing-failed',
  imports: [Banner, DiscardButton, Facade, Reasoned, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-failed.html',
})
export class ClosingFailed {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly closing = input.required<WholeClosingFragment>();
  readonly isBusy = input(false);
  readonly recompute = output();
  readonly discard = output();
  readonly leaveOut = output<LeftOutInput>();

  protected readonly windows = computed(() => this.closing().facade.map(({ state }) => WINDOW_OF[state]));
  protected readonly failed = computed(() => this.closing().facade.filter(({ state }) => state === 'FAILED'));
  /** Whether a price or a norm is missing, which are set on a page of their own. */
  protected readonly lacksValues = computed(() =>
    this.failed().some(({ failure }) => /^NO_(TARIFF|NORM)\b/.test(failure ?? '')),
  );

  /** All of them, until somebody says otherwise. */
  protected readonly picked = linkedSignal({
    source: this.failed,
    computation: (failed) => new Set(failed.map(({ houseId }) => houseId)),
  });
  protected readonly isUnpicked = signal(false);
  protected readonly without = computed(() => {
    const count = this.picked().size;
    return this.say.text(count ? 'closing.leaveOut' : 'closing.leaveOutNone', { count });
  });
  protected readonly ways = computed((): Way[] => [
    { choice: 'LEAVE_OUT', text: this.without(), look: 'danger' },
  ]);

  protected pick(houseId: string): void {
    const picked = new Set(this.picked());
    if (!picked.delete(houseId)) picked.add(houseId);
    this.picked.set(picked);
    this.isUnpicked.set(false);
  }

  protected leave(reason: string): void {
    this.isUnpicked.set(this.picked().size === 0);
    if (!this.isUnpicked()) this.leaveOut.emit({ houseIds: [...this.picked()], reason });
  }

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
