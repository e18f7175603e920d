import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { Banner, Facade, Field, FieldInput, Icon } from '@kvartal/ui';
import type { AnomalyKind, WholeClosingFragment } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say, type TextKey } from '../texts/say';
import { ClosingDifference } from './closing-difference';
import { WINDOW_OF } from './closing-progress';
import { ClosingTotals } from './closing-totals';
import { DiscardButton } from './discard-button';
import { DraftFinder } from './draft-finder';
import { HeldList } from './held-list';
import { shortDigest } from './short-digest';
import { isTyped } from './typed-month';

/** So many houses are named; of more it is said how many. */
const MOST_NAMES = 10;

export const ANOMALY_WHY: Readonly<Record<AnomalyKind, TextKey>> = {
  ZERO_CHARGE: 'anomaly.zeroCharge',
  TRIPLED_CHARGE: 'anomaly.tripledCharge',
  MISSING_READING: 'anomaly.missingReading',
  NEGATIVE_COMMON_AREA: 'anomaly.negativeCommonArea',
  NEGATIVE_LINE: 'anomaly.negativeLine',
  OVER_BOUND: 'anomaly.overBound',
};

/** The computed month before it becomes the books: what to look at, the totals, and the commit of exactly these figures. */
@Component({
  selector: 'kv-closing-review',
  imports: [
    Banner,
    ClosingDifference,
    ClosingTotals,
    DiscardButton,
    DraftFinder,
    Facade,
    Field,
    FieldInput,
    HeldList,
    Icon,
    RouterLink,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-review.html',
})
export class ClosingReview {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly why = ANOMALY_WHY;
  readonly closing = input.required<WholeClosingFragment>();
  readonly isBusy = input(false);
  readonly commit = output();
  readonly recompute = output();
  readonly discard = output();
  readonly withdraw = output<string>();

  /** Other figures need a confirmation of their own. */
  protected readonly typed = linkedSignal({ source: () => this.closing().digest, computation: () => '' });
  protected readonly monthName = computed(() => this.say.month(this.closing().month));
  protected readonly charged = computed(() => this.say.money(this.closing().charged, this.staff.currency()));
  protected readonly windows = computed(() => this.closing().facade.map(({ state }) => WINDOW_OF[state]));
  protected readonly found = computed(() => this.closing().anomalyCounts.filter(({ count }) => count > 0));
  protected readonly clean = computed(() =>
    this.closing()
      .anomalyCounts.filter(({ count }) => count === 0)
      .map(({ kind }) => this.say.enum('AnomalyKind', kind))
      .join(' · '),
  );
  private readonly undecided = computed(() =>
    this.closing().anomalyCounts.reduce((total, one) => total + one.undecided, 0),
  );
  /** Lines about which the independent evaluator does not agree. */
  protected readonly differing = computed(() =>
    (this.closing().secondOpinion?.differences ?? []).slice(0, MOST_NAMES),
  );
  /** Which houses changed, the first of them by name. */
  protected readonly changed = computed(() => {
    const houses = this.closing().changedHouses.map(({ address }) => address);
    const rest = houses.length - MOST_NAMES;
    const named = houses.slice(0, MOST_NAMES).join('; ');
    const more = rest > 0 ? `; ${this.say.text('closing.andMore', { count: rest })}` : '';
    return this.say.text('closing.changedNames', { houses: `${named}${more}` });
  });
  protected readonly digest = computed(() => shortDigest(this.closing().digest ?? ''));
  /** Why the month cannot be committed just now; empty when it can. */
  protected readonly blocked = computed(() => {
    const { dirtyHouses, digest } = this.closing();
    if (digest === null) return this.say.text('closing.noDigest');
    if (dirtyHouses > 0) return this.say.text('closing.dirtyFirst');
    if (this.differing().length) return this.say.text('closing.opinionFirst');
    if (this.undecided() > 0) return this.say.text('closing.undecided', { count: this.undecided() });
    if (!isTyped(this.typed(), this.monthName())) {
      return this.say.text('closing.typeFirst', { month: this.monthName() });
    }
    return '';
  });

  protected submit(event: Event): void {
    event.preventDefault();
    if (!this.blocked() && !this.isBusy()) this.commit.emit();
  }

  protected again(): void {
    if (!this.isBusy()) this.recompute.emit();
  }
}
