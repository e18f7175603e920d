import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Banner, Money } from '@kvartal/ui';
import type { PeriodsQuery, WholeClosingFragment } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { ClosingTotals } from './closing-totals';
import { HeldList } from './held-list';
import { ReopenButton } from './reopen-button';
import { shortDigest } from './short-digest';

/** A closed month: when, what it came to, and its totals by service. */
@Component({
  selector: 'kv-closing-done',
  imports: [Banner, ClosingTotals, HeldList, Money, ReopenButton, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-done.html',
})
export class ClosingDone {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly closing = input.required<WholeClosingFragment>();
  readonly closedAt = input.required<string | null>();
  readonly reopenings = input.required<PeriodsQuery['periods'][number]['reopenings']>();
  /** Whether it is the last closed month: only that one is opened again. */
  readonly isLast = input(false);
  readonly isBusy = input(false);
  readonly reopen = output<string>();
  protected readonly mayReopen = computed(() => this.isLast() && this.staff.may('PERIOD_REOPEN'));
  protected readonly digest = computed(() => shortDigest(this.closing().digest ?? ''));
}
