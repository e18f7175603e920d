import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Banner, Money } from '@kvartal/ui';
import type { WholeClosingFragment } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { ClosingTotals } from './closing-totals';
import { shortDigest } from './short-digest';

/** A closed month: when, what it came to, and its totals by service. */
@Component({
  selector: 'kv-closing-done',
  imports: [Banner, ClosingTotals, Money, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-done.html',
})
export class ClosingDone {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly closing = input.required<WholeClosingFragment>();
  readonly closedAt = input.required<string | null>();
  protected readonly digest = computed(() => shortDigest(this.closing().digest ?? ''));
}
