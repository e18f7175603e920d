import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Chip, Empty, type IconName, Money, Skeleton, type Tone } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import { PaymentsDocument, type PaymentState } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Pager, pageOf } from '../shell/pager';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

const LOOKS: Readonly<Record<PaymentState, { tone: Tone; icon: IconName }>> = {
  CREATED: { tone: 'neutral', icon: 'clock' },
  PENDING: { tone: 'info', icon: 'clock' },
  SUCCEEDED: { tone: 'good', icon: 'check' },
  FAILED: { tone: 'bad', icon: 'x' },
  EXPIRED: { tone: 'neutral', icon: 'clock' },
  CANCELED: { tone: 'neutral', icon: 'x' },
  REVIEW: { tone: 'now', icon: 'eye' },
  REFUNDED: { tone: 'neutral', icon: 'rotate-ccw' },
};

/** The payments, the newest first, and what they come to. */
@Component({
  selector: 'kv-payment-list',
  imports: [Chip, Empty, Failure, Money, Pager, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './payment-list.html',
})
export class PaymentList {
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly looks = LOOKS;
  readonly page = input<string>();
  readonly size = input<string>();

  protected readonly sign = computed(() => currencySign(this.staff.currency()));
  protected readonly at = computed(() => pageOf(this.page(), this.size()));
  protected readonly payments = asked(
    PaymentsDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId, page: this.at() } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );
}
