import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { month, nextMonth } from '@kvartal/domain';
import { Banner, Empty, Icon, Skeleton } from '@kvartal/ui';
import {
  ClosingReviewDocument,
  type LeftOutInput,
  PeriodsDocument,
  type ReasonFragment,
  type WholeClosingFragment,
} from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { PageTitle } from '../shell/page-title';
import { Refused } from '../shell/refused';
import { Staff } from '../shell/staff';
import { Say, type TextKey } from '../texts/say';
import { ClosingChecklist } from './closing-checklist';
import { ClosingDone } from './closing-done';
import { ClosingFailed } from './closing-failed';
import { ClosingProgress } from './closing-progress';
import { ClosingReview } from './closing-review';
import { Closings } from './closings';

const STEPS: readonly TextKey[] = ['closing.step1', 'closing.step2', 'closing.step3', 'closing.step4'];

/** What the figures were before the refusal, to say how they changed. */
interface Reviewed {
  digest: string;
  charged: string;
}

/** The closing of one month: checklist, computation, review or result, by the state that the API tells. */
@Component({
  selector: 'kv-closing-page',
  imports: [
    Banner,
    ClosingChecklist,
    ClosingDone,
    ClosingFailed,
    ClosingProgress,
    ClosingReview,
    Empty,
    Failure,
    Icon,
    Refused,
    RouterLink,
    Skeleton,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-page.html',
})
export class ClosingPage {
  private readonly closings = inject(Closings);
  private readonly title = inject(PageTitle);
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  protected readonly steps = STEPS;

  /** `YYYY-MM`, from the address. */
  readonly month = input.required<string>();

  protected readonly periods = asked(
    PeriodsDocument,
    () => this.ofOrganization((organizationId) => ({ organizationId })),
    () => this.month(),
  );
  protected readonly period = computed(() =>
    this.periods.value()?.periods.find(({ month }) => month === this.month()),
  );
  private readonly isReopened = computed(() => this.period()?.state === 'CLOSING');
  /** Who opened the month again, and why; empty where nobody did. */
  protected readonly reopened = computed(() => {
    const [one] = this.isReopened() ? (this.period()?.reopenings ?? []) : [];
    if (!one) return '';
    const { by, reason } = one;
    return this.say.text('closing.reopened', { by, at: this.say.near(one.at, this.staff.today()), reason });
  });
  /** Whether no later month is closed or being closed. */
  protected readonly isLast = computed(
    () => !this.periods.value()?.periods.some(({ month, state }) => month > this.month() && state !== 'OPEN'),
  );
  private readonly closingId = computed(() => {
    const closing = this.period()?.closing;
    // a month that was opened again still names the closing that stands, and waits for another one
    const isOver = closing?.state === 'DISCARDED' || (closing?.state === 'COMMITTED' && this.isReopened());
    return closing && !isOver ? closing.id : undefined;
  });
  protected readonly review = asked(
    ClosingReviewDocument,
    () => {
      const id = this.closingId();
      return id ? this.ofOrganization((organizationId) => ({ organizationId, id })) : undefined;
    },
    () => this.closingId() ?? '',
  );
  protected readonly closing = computed(() => (this.closingId() ? this.review.value()?.closing : undefined));
  /** Whether there is no such month: none that was opened. */
  protected readonly isMissing = computed(() => this.periods.value() !== undefined && !this.period());
  /** The month after it, where that was opened; empty otherwise. */
  protected readonly next = computed(() => {
    const own = this.period();
    const after = own ? nextMonth(month(own.month)) : '';
    return this.periods.value()?.periods.some((one) => one.month === after) ? after : '';
  });
  protected readonly needsChecklist = computed(() => this.period() !== undefined && !this.closingId());
  protected readonly step = computed(() => this.stepOf(this.closing()));

  protected readonly refusals = signal<readonly ReasonFragment[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;
  private readonly reviewed = signal<Reviewed | undefined>(undefined);
  /** After CLOSING_CHANGED: what became of the changed houses, and how the figures differ; empty where nothing is known. */
  protected readonly changed = computed((): readonly string[] => {
    const [before, now] = [this.reviewed(), this.closing()];
    if (!before || !this.refusals().some(({ code }) => code === 'CLOSING_CHANGED')) return [];
    if (now?.state === 'COMPUTING') return [this.say.text('closing.recomputing')];
    if (now?.state !== 'READY' || now.digest === before.digest) return [];
    return [this.say.text('closing.recomputed'), this.difference(before.charged, now.charged)];
  });
  /** A change that the page itself explains better is not said twice. */
  protected readonly reasons = computed(() =>
    this.refusals().filter(({ code }) => code !== 'CLOSING_CHANGED' || this.changed().length === 0),
  );

  constructor() {
    effect(() => this.title.about(this.say.month(this.month())));
  }

  protected start(anyway: boolean): Promise<void> {
    return this.act(() => this.closings.start(this.month(), anyway));
  }

  protected leaveOut({ id }: WholeClosingFragment, leftOut: LeftOutInput): Promise<void> {
    return this.act(() => this.closings.leaveOut(id, leftOut));
  }

  protected withdraw({ id }: WholeClosingFragment, decisionId: string): Promise<void> {
    return this.act(() => this.closings.withdraw(id, decisionId));
  }

  protected reopen(reason: string): Promise<void> {
    return this.act(() => this.closings.reopen(this.month(), reason));
  }

  protected recompute({ id }: WholeClosingFragment): Promise<void> {
    return this.act(() => this.closings.recompute(id));
  }

  protected discard({ id }: WholeClosingFragment): Promise<void> {
    this.reviewed.set(undefined);
    return this.act(() => this.closings.discard(id));
  }

  protected commit({ id, digest, charged }: WholeClosingFragment): Promise<void> {
    if (digest === null) return Promise.resolve();
    this.reviewed.set({ digest, charged });
    return this.act(() => this.closings.commit(id, digest));
  }

  /** The state may have moved with any answer, a refusal most of all: everything is read again. */
  protected reload(): void {
    this.periods.reload();
    this.review.reload();
  }

  private difference(before: string, now: string): string {
    if (before === now) return this.say.text('closing.changedLines');
    const currency = this.staff.currency();
    const sums = { before: this.say.money(before, currency), now: this.say.money(now, currency) };
    return this.say.text('closing.changedFrom', sums);
  }

  private act(act: () => Promise<readonly ReasonFragment[]>): Promise<void> {
    return this.acting.run(async () => {
      this.refusals.set(await act());
      this.reload();
    });
  }

  private ofOrganization<V>(variables: (organizationId: string) => V): V | undefined {
    const organizationId = this.staff.organizationId();
    return organizationId ? variables(organizationId) : undefined;
  }

  private stepOf(closing: WholeClosingFragment | undefined): number {
    if (!closing) return 0;
    return { COMPUTING: 1, FAILED: 1, READY: 2, DISCARDED: 0, COMMITTED: 4 }[closing.state];
  }
}
