import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Api, type RefusalData } from '@kvartal/api-client';
import { Chip, Dialog, Empty, type IconName, Money, Skeleton, Toasts, type Tone } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import {
  PaymentsDocument,
  type PaymentsQuery,
  type PaymentState,
  ReversePaymentDocument,
} from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { type Filled, FilledForm, type FormField } from '../shell/filled-form';
import { Pager, pageOf } from '../shell/pager';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
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
  REVERSED: { tone: 'neutral', icon: 'rotate-ccw' },
};

type Payment = PaymentsQuery['payments']['items'][number];

/** The payments, the newest first, what they come to, and taking one back. */
@Component({
  selector: 'kv-payment-list',
  imports: [Chip, Dialog, Empty, Failure, FilledForm, Money, Pager, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './payment-list.html',
})
export class PaymentList {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
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

  protected readonly mayReverse = computed(() => this.staff.may('PAYMENT_WRITE'));
  protected readonly reversing = signal<Payment | undefined>(undefined);
  protected readonly isReversing = computed(() => this.reversing() !== undefined);
  protected readonly fields = computed((): FormField[] => [
    {
      name: 'reason',
      label: this.say.text('closing.reason'),
      hint: this.say.text('payments.reasonHint'),
      type: 'text',
    },
  ]);
  protected readonly consequence = computed(() => {
    const payment = this.reversing();
    if (!payment) return '';
    const sum = this.say.money(payment.amount, this.staff.currency());
    return this.say.text('payments.reverseNote', { sum, number: payment.accountNumber });
  });

  protected readonly send = async (filled: Filled, clientKey: string): Promise<readonly RefusalData[]> => {
    const input = {
      organizationId: this.staff.organizationId() ?? '',
      paymentId: this.reversing()?.id ?? '',
      reason: filled['reason'] ?? '',
      clientKey,
    };
    const { reversePayment } = await this.api.mutate(ReversePaymentDocument, { input });
    return reversePayment.__typename === 'Refused' ? reversePayment.refusals : [];
  };

  protected reversed(): void {
    this.reversing.set(undefined);
    this.toasts.show(this.say.text('payments.reversed'));
    this.payments.reload();
  }
}
