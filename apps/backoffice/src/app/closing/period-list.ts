import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Chip, Empty, type IconName, Money, Skeleton, type Tone } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import { PeriodsDocument, type PeriodState } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';

export const PERIOD_LOOKS: Readonly<Record<PeriodState, { tone: Tone; icon: IconName }>> = {
  OPEN: { tone: 'neutral', icon: 'calendar' },
  CLOSING: { tone: 'now', icon: 'calculator' },
  CLOSED: { tone: 'good', icon: 'lock' },
};

/** The months of the organisation, the newest first. */
@Component({
  selector: 'kv-period-list',
  imports: [Chip, Empty, Failure, Money, RouterLink, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './period-list.html',
})
export class PeriodList {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  protected readonly looks = PERIOD_LOOKS;
  protected readonly sign = currencySign;
  protected readonly periods = asked(PeriodsDocument, () => {
    const organizationId = this.staff.organizationId();
    return organizationId ? { organizationId } : undefined;
  });
}
