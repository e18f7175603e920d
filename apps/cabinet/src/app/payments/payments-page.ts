import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { loaded } from '@kvartal/api-client';
import { Chip, Empty, type IconName, Money, Skeleton, type Tone } from '@kvartal/ui';
import { showMoney } from '@kvartal/words';
import type { PaymentState } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { Pager } from '../shell/pager';
import { Say } from '../texts/say';
import { Payments } from './payments';

const SIZE = 25;
const LOOKS: Readonly<Record<PaymentState, { tone: Tone; icon: IconName }>> = {
  CREATED: { tone: 'neutral', icon: 'clock' },
  PENDING: { tone: 'info', icon: 'clock' },
  SUCCEEDED: { tone: 'good', icon: 'circle-check' },
  FAILED: { tone: 'bad', icon: 'circle-alert' },
  EXPIRED: { tone: 'neutral', icon: 'x' },
  CANCELED: { tone: 'neutral', icon: 'x' },
  REVIEW: { tone: 'info', icon: 'search' },
  REFUNDED: { tone: 'neutral', icon: 'rotate-ccw' },
  REVERSED: { tone: 'neutral', icon: 'rotate-ccw' },
};

/** Every payment on the account: when it was made, when it was posted, for which month, where. */
@Component({
  selector: 'kv-payments-page',
  imports: [RouterLink, Chip, Empty, Money, Skeleton, FailureView, Pager],
  templateUrl: './payments-page.html',
  styles: `
    .note {
      margin-top: var(--kv-3);
    }
    @media screen and (max-width: 599px) {
      tfoot tr {
        display: flex;
        justify-content: space-between;
      }
    }
  `,
})
export class PaymentsPage {
  private readonly payments = inject(Payments);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);

  protected readonly size = SIZE;
  protected readonly looks = LOOKS;
  protected readonly page = signal(1);
  protected readonly read = loaded(
    () => {
      const key = this.accounts.key();
      return key && { ...key, page: { number: this.page(), size: SIZE } };
    },
    (variables, signal) => this.payments.list(variables, signal),
  );
  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');
  protected readonly sum = computed(() => showMoney(this.read.data()?.sum ?? '0.00', this.currency()));
}
