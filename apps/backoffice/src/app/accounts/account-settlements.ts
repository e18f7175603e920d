import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { isCivilDate } from '@kvartal/domain';
import { DateBox, Field, Icon, Money, Skeleton } from '@kvartal/ui';
import { ReconciliationDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** Settlements with the holder over any days: how they add up, and the statement as a file. */
@Component({
  selector: 'kv-account-settlements',
  imports: [DateBox, Failure, Field, Icon, Money, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-settlements.html',
})
export class AccountSettlements {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly accountId = input.required<string>();

  /** Since the year began, until somebody says otherwise. */
  protected readonly from = linkedSignal(() => `${this.staff.today().slice(0, 4)}-01-01`);
  protected readonly to = linkedSignal(() => this.staff.today());
  protected readonly read = asked(
    ReconciliationDocument,
    () => {
      const [organizationId, from, to] = [this.staff.organizationId(), this.from(), this.to()];
      const areDays =
        isCivilDate(from) && isCivilDate(to) && from <= this.staff.today() && to <= this.staff.today();
      return organizationId && areDays ? { organizationId, id: this.accountId(), from, to } : undefined;
    },
    () => this.accountId(),
  );
  protected readonly act = computed(() => this.read.value()?.account.account.reconciliation);
}
