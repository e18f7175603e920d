import { Inject, Injectable, Logger } from '@nestjs/common';
import { BillingLedger, type NewMovement } from '@kvartal/billing';
import { type Month, moneyText, negate, todayIn } from '@kvartal/domain';
import { Clock, Outbox, audit, inTransaction, row, rows, sqlState, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { PAYMENT_RECEIVED } from './payment.events';
import { type PaymentState, isWaiting, mayStillSucceed } from './payment.states';
import { type OrderStatus, PaymentProvider } from './providers/provider';
import { type Share, Shares } from './shares.service';

interface PendingPayment {
  organizationId: string;
  id: string;
  accountId: string;
  orderNumber: string;
  amount: string;
  currency: string;
  state: PaymentState;
  expiresAt: Date | null;
  forMonth: Month | null;
  timeZone: string;
  allocation: string | null;
}

const SELECT = `select p.organization_id as "organizationId", p.id, p.account_id as "accountId", p.order_number as "orderNumber",
    p.amount, p.currency, p.state, p.expires_at as "expiresAt",
    to_char(p.for_month, 'YYYY-MM') as "forMonth", o.time_zone as "timeZone", o.settings->>'allocation' as allocation
  from payment p join organization o on o.id = p.organization_id where p.order_number = $1`;

/** What asking after an order came to: where it stands, and whether this very call has moved it there. */
interface Settled {
  state: PaymentState;
  isNew: boolean;
}

const UNIQUE_VIOLATION = '23505';
/** A card that is being checked when the order's time runs out may still be charged. */
const GRACE_MS = 10 * 60_000;

/** Finds out what became of an order, and turns paid ones into money on the ledger: once, however often it is told. */
@Injectable()
export class Settlement {
  private readonly logger = new Logger(Settlement.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(Shares) private readonly shares: Shares,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Asks the provider about an order and settles what it says. Returns undefined for an order that is none of ours.
   * Throws ProviderUnavailable. What a notice or a return page says is never believed, only asked after.
   */
  async check(orderNumber: string): Promise<Settled | undefined> {
    const payment = await row<PendingPayment>(this.db, SELECT, [orderNumber]);
    if (!payment) return undefined;
    if (!mayStillSucceed(payment.state)) return { state: payment.state, isNew: false };
    const status = await this.provider.status(orderNumber);
    try {
      return await inTransaction(this.db, (tx) => this.settle(tx, orderNumber, status));
    } catch (failure) {
      // the provider counts one operation under two orders: nothing is posted twice, staff look at it
      if (sqlState(failure) !== UNIQUE_VIOLATION) throw failure;
      const state = await inTransaction(this.db, (tx) => this.review(tx, payment, 'OPERATION_KNOWN'));
      return { state, isNew: true };
    }
  }

  private async settle(tx: Tx, orderNumber: string, status: OrderStatus): Promise<Settled> {
    const payment = await row<PendingPayment>(tx, `${SELECT} for update of p`, [orderNumber]);
    if (!payment) throw new RangeError('The payment has vanished');
    const state = await this.settleLocked(tx, payment, status);
    return { state, isNew: state !== payment.state };
  }

  private async settleLocked(tx: Tx, payment: PendingPayment, status: OrderStatus): Promise<PaymentState> {
    if (!mayStillSucceed(payment.state)) return payment.state;
    if (status.outcome === 'PAID') return this.takePaid(tx, payment, status);
    // money came and only some of it went back before we heard of either
    if (status.outcome === 'REFUNDED' && status.refunded < status.amount)
      return this.review(tx, payment, `PARTLY_REFUNDED ${moneyText(status.refunded)}`);
    if (!isWaiting(payment.state)) return payment.state;
    if (status.outcome === 'DECLINED') return this.end(tx, payment, 'FAILED', status.reason);
    if (status.outcome === 'CANCELED' || status.outcome === 'REFUNDED')
      return this.end(tx, payment, 'CANCELED', status.reason);
    const now = await this.clock.now();
    const isOver = payment.expiresAt && payment.expiresAt.getTime() + GRACE_MS < now.getTime();
    return isOver ? this.end(tx, payment, 'EXPIRED', '') : payment.state;
  }

  private async takePaid(tx: Tx, payment: PendingPayment, status: OrderStatus): Promise<PaymentState> {
    const differs =
      status.orderNumber !== payment.orderNumber
        ? 'ORDER_DIFFERS'
        : status.currency !== payment.currency
          ? 'CURRENCY_DIFFERS'
          : status.amount !== BigInt(payment.amount)
            ? `AMOUNT_DIFFERS ${moneyText(status.amount)}`
            : undefined;
    if (differs !== undefined) return this.review(tx, payment, differs);
    const shares = await this.shares.split(tx, payment);
    if (!shares) return this.review(tx, payment, 'NO_SERVICE');
    await this.post(tx, payment, { status, shares });
    return 'SUCCEEDED';
  }

  private async post(
    tx: Tx,
    payment: PendingPayment,
    { status, shares }: { status: OrderStatus; shares: readonly Share[] },
  ): Promise<void> {
    const now = await this.clock.now();
    const valueDate = todayIn(status.paidAt ?? now, payment.timeZone);
    const posting = await this.ledger.post(
      tx,
      shares.map(({ serviceId, supplierId, amount }): NewMovement => ({
        organizationId: payment.organizationId,
        accountId: payment.accountId,
        serviceId,
        supplierId,
        kind: 'PAYMENT',
        amount: negate(amount),
        valueDate,
        ...(payment.forMonth === null ? {} : { forMonth: payment.forMonth }),
        source: { kind: 'PAYMENT', id: payment.id },
      })),
    );
    await rows(
      tx,
      `update payment set state = 'SUCCEEDED', operation_id = $3, value_date = $4, posted_at = $5, period_id = $6, failure = null
       where organization_id = $1 and id = $2`,
      [payment.organizationId, payment.id, status.operationId, valueDate, now, posting.periodId],
    );
    await this.shares.write(tx, payment, shares);
    const payload = { organizationId: payment.organizationId, paymentId: payment.id };
    await this.outbox.add(tx, { fact: PAYMENT_RECEIVED, organizationId: payment.organizationId, payload });
    await audit(tx, 'system', {
      at: now,
      action: 'payment.post',
      organizationId: payment.organizationId,
      objectKind: 'payment',
      objectId: payment.id,
      details: { late: !isWaiting(payment.state) },
    });
  }

  private async end(
    tx: Tx,
    payment: PendingPayment,
    state: PaymentState,
    failure: string,
  ): Promise<PaymentState> {
    await rows(
      tx,
      'update payment set state = $3, failure = nullif($4, $5) where organization_id = $1 and id = $2',
      [payment.organizationId, payment.id, state, failure, ''],
    );
    return state;
  }

  private async review(tx: Tx, payment: PendingPayment, reason: string): Promise<PaymentState> {
    this.logger.error(`payment ${payment.id} of organisation ${payment.organizationId}: ${reason}`);
    await audit(tx, 'system', {
      at: await this.clock.now(),
      action: 'payment.review',
      organizationId: payment.organizationId,
      objectKind: 'payment',
      objectId: payment.id,
      details: { reason },
    });
    return this.end(tx, payment, 'REVIEW', reason);
  }
}
