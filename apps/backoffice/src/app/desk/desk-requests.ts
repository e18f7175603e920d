import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Plate, Skeleton } from '@kvartal/ui';
import { DeskRequestsDocument, type RequestState } from '../../generated/graphql';
import { DeadlineMark } from '../requests/deadline-mark';
import { asked } from '../shell/asked';
import { houseNumber } from '../shell/beside-plate';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

const SHOWN: readonly { state: RequestState; view: string }[] = [
  { state: 'NEW', view: 'new' },
  { state: 'IN_WORK', view: 'work' },
  { state: 'CLARIFICATION', view: 'clarification' },
];

/** The open requests: how many in each state, and the first of them. */
@Component({
  selector: 'kv-desk-requests',
  imports: [DeadlineMark, Failure, Plate, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'sheet', style: 'display: block' },
  templateUrl: './desk-requests.html',
})
export class DeskRequests {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly number = houseNumber;
  protected readonly open = asked(
    DeskRequestsDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );
  protected readonly counts = computed(() => {
    const counts = this.open.value()?.requests.counts ?? [];
    return SHOWN.map((one) => ({
      ...one,
      count: counts.find(({ state }) => state === one.state)?.count ?? 0,
    }));
  });
}
