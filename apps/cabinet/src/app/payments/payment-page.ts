import { Component, computed, DestroyRef, effect, inject, input, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { loaded } from '@kvartal/api-client';
import { Banner, type BannerTone, Skeleton } from '@kvartal/ui';
import { showMoney } from '@kvartal/words';
import type { PaymentState } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { HomeSummary } from '../home/home-summary';
import { FailureView } from '../shell/failure-view';
import { Say, type TextKey } from '../texts/say';
import { Payments } from './payments';

const LOOKS: Readonly<Record<PaymentState, { tone: BannerTone; text: TextKey }>> = {
  CREATED: { tone: 'info', text: 'pay.created' },
  PENDING: { tone: 'info', text: 'pay.pending' },
  SUCCEEDED: { tone: 'good', text: 'pay.succeeded' },
  FAILED: { tone: 'bad', text: 'pay.failed' },
  EXPIRED: { tone: 'warn', text: 'pay.expired' },
  CANCELED: { tone: 'warn', text: 'pay.canceled' },
  REVIEW: { tone: 'info', text: 'pay.review' },
  REFUNDED: { tone: 'info', text: 'pay.refunded' },
  REVERSED: { tone: 'warn', text: 'pay.reversed' },
};
const MOVING: readonly PaymentState[] = ['CREATED', 'PENDING'];
/** Often at first: most payments are through in seconds. */
const waitMs = (asked: number): number => (asked < 30 ? 2000 : 10_000);

/** Where the bank sends a person back to: what became of the payment, asked again until it is known. */
@Component({
  selector: 'kv-payment-page',
  imports: [RouterLink, Banner, Skeleton, FailureView],
  template: `<div class="page-h">
      <h1>{{ say.text('title.payment') }}</h1>
    </div>
    @if (read.data(); as payment) {
      <section class="sheet form">
        <div aria-live="polite">
          <kv-banner [tone]="look().tone"
            ><p>{{ say.text(look().text, { sum: sum() }) }}</p></kv-banner
          >
        </div>
        <dl class="facts s">
          <div>
            <dt>{{ say.text('pay.sum') }}</dt>
            <dd class="b">{{ sum() }}</dd>
          </div>
          @if (payment.forMonth; as month) {
            <div>
              <dt>{{ say.text('pay.month') }}</dt>
              <dd>{{ say.month(month) }}</dd>
            </div>
          }
          <div>
            <dt>{{ say.text('account.number') }}</dt>
            <dd>{{ payment.accountNumber }}</dd>
          </div>
          <div>
            <dt>{{ say.text('pay.when') }}</dt>
            <dd>{{ say.dateTime(payment.createdAt) }}</dd>
          </div>
          <div>
            <dt>{{ say.text('pay.order') }}</dt>
            <dd>{{ payment.orderNumber }}</dd>
          </div>
          @if (payment.failure) {
            <div>
              <dt>{{ say.text('pay.reason') }}</dt>
              <dd>{{ payment.failure }}</dd>
            </div>
          }
        </dl>
        <p class="row wrap">
          @if (mayRepeat()) {
            <a class="btn pri" routerLink="/pay">{{ say.text('pay.repeat') }}</a>
          }
          <a class="btn sec" routerLink="/payments">{{ say.text('title.payments') }}</a>
          <a class="btn quiet" routerLink="/home">{{ say.text('missing.home') }}</a>
        </p>
      </section>
    } @else if (read.failure(); as failure) {
      <kv-failure [failure]="failure" (again)="read.reload()" />
    } @else {
      <section class="sheet form"><kv-skeleton [lines]="5" /></section>
    }`,
})
export class PaymentPage {
  private readonly payments = inject(Payments);
  private readonly accounts = inject(Accounts);
  private readonly home = inject(HomeSummary);
  protected readonly say = inject(Say);
  readonly orderNumber = input.required<string>();

  protected readonly read = loaded(this.orderNumber, (orderNumber, signal) =>
    this.payments.one(orderNumber, signal),
  );
  private readonly state = computed(() => this.read.data()?.state ?? 'PENDING');
  protected readonly look = computed(() => LOOKS[this.state()]);
  protected readonly mayRepeat = computed(() => ['FAILED', 'EXPIRED', 'CANCELED'].includes(this.state()));
  protected readonly sum = computed(() => {
    const payment = this.read.data();
    return payment ? showMoney(payment.amount, payment.currency) : '';
  });

  constructor() {
    let asked = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
    effect(() => {
      const payment = this.read.data();
      clearTimeout(timer);
      if (!payment || this.read.isLoading()) return;
      if (MOVING.includes(payment.state)) timer = setTimeout(() => this.read.reload(), waitMs(asked++));
      else if (payment.state === 'SUCCEEDED') untracked(() => this.refresh());
    });
  }

  private refresh(): void {
    this.home.reload();
    this.accounts.reload();
  }
}
