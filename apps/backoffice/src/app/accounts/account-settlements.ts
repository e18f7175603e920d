import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { Icon, Money, Skeleton } from '@kvartal/ui';
import { ReconciliationDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** Settlements with the holder over any days: how they add up, and the statement as a file. */
@Component({
  selector: 'kv-account-settlements',
  imports: [Failure, Icon, Money, Skeleton],
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
      return organizationId && from && to ? { organizationId, id: this.accountId(), from, to } : undefined;
    },
    () => this.accountId(),
  );
  protected readonly act = computed(() => this.read.value()?.account.account.reconciliation);
}
