import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { addMoney, money, moneyText, negate, subtractMoney } from '@kvartal/domain';
import { Banner, Money } from '@kvartal/ui';
import type { PeriodsQuery, WholeClosingFragment } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { ClosingTotals } from './closing-totals';
import { HeldList } from './held-list';
import { ReopenButton } from './reopen-button';
import { shortDigest } from './short-digest';

/** So long after it was closed bills and letters are said to be on their way. */
const FRESH_MS = 24 * 60 * 60 * 1000;

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
  /** The month after it; empty where none was opened yet. */
  readonly next = input('');
  readonly isBusy = input(false);
  readonly reopen = output<string>();
  protected readonly mayReopen = computed(() => this.isLast() && this.staff.may('PERIOD_REOPEN'));
  protected readonly isFresh = computed(() => {
    const at = this.closedAt();
    return at !== null && this.staff.now() - Date.parse(at) < FRESH_MS;
  });
  /** Taken off what is owed. */
  protected readonly paid = computed(() => moneyText(negate(money(this.closing().paid))));
  /** What besides charges and payments brought the first balance to the last; empty where nothing did. */
  protected readonly corrected = computed(() => {
    const { opening, charged, paid, closing } = this.closing();
    const explained = subtractMoney(addMoney(money(opening), money(charged)), money(paid));
    const rest = subtractMoney(money(closing), explained);
    return rest === 0n ? '' : moneyText(rest);
  });
  protected readonly digest = computed(() => shortDigest(this.closing().digest ?? ''));
}
