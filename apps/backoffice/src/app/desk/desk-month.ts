import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Chip, Empty, Lamp, Money, Progress, Skeleton } from '@kvartal/ui';
import { DeskCoverageDocument, DeskPeriodsDocument } from '../../generated/graphql';
import { PERIOD_LOOKS } from '../closing/period-list';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say, type TextKey } from '../texts/say';

/** The month at hand: how far its readings and its closing are, and the last closed one. */
@Component({
  selector: 'kv-desk-month',
  imports: [Chip, Empty, Failure, Lamp, Money, Progress, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'stack' },
  templateUrl: './desk-month.html',
})
export class DeskMonth {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  protected readonly looks = PERIOD_LOOKS;

  protected readonly periods = asked(
    DeskPeriodsDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );
  private readonly all = computed(() =>
    [...(this.periods.value()?.periods ?? [])].sort((a, b) => a.month.localeCompare(b.month)),
  );
  /** A month that is being closed goes before the one that has opened after it. */
  protected readonly current = computed(
    () =>
      this.all().find(({ state }) => state === 'CLOSING') ?? this.all().find(({ state }) => state === 'OPEN'),
  );
  protected readonly last = computed(() => this.all().findLast(({ state }) => state === 'CLOSED'));
  protected readonly coverage = asked(
    DeskCoverageDocument,
    () => {
      const [organizationId, month] = [this.staff.organizationId(), this.current()?.month];
      return organizationId && month ? { organizationId, month } : undefined;
    },
    () => this.current()?.month ?? '',
  );
  protected readonly list = computed(() => this.coverage.value()?.closingChecklist);
  /** Whether the month at hand has its height: what stands below it is shown only then, so that nothing is pushed down. */
  protected readonly isSettled = computed(
    () => !this.current() || this.list() !== undefined || this.coverage.failure() !== undefined,
  );
  protected readonly lastShown = computed(() => (this.isSettled() ? this.last() : undefined));
  /** What waits for a person in the closing, if anything. */
  protected readonly waits = computed((): TextKey | undefined => {
    const closing = this.current()?.closing;
    if (closing?.state === 'READY') return 'desk.waitsReview';
    if (closing?.state === 'FAILED') return 'desk.waitsFailed';
    if (closing?.state === 'COMPUTING') return 'desk.computing';
    return undefined;
  });
}
