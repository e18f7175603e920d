import { Inject, Injectable, Logger } from '@nestjs/common';
import { BillingLedger, type NewMovement, type ServiceBalance } from '@kvartal/billing';
import {
  type Money,
  type Month,
  allocateInOrder,
  allocateProportional,
  moneyOf,
  moneyText,
  negate,
  todayIn,
} from '@kvartal/domain';
import { Clock, Outbox, audit, inTransaction, row, rows, sqlState, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { PAYMENT_RECEIVED } from './payment.events';
import { type PaymentState, isWaiting, mayStillSucceed } from './payment.states';
import { type OrderStatus, PaymentProvider } from './providers/provider';

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

/** A share of a payment on one line of the ledger. */
interface Share {
  serviceId: string;
  supplierId: string;
  amount: Money;
}

const UNIQUE_VIOLATION = '23505';

/** Finds out what became of an order, and turns paid ones into money on the ledger: once, however often it is told. */
@Injectable()
export class Settlement {
  private readonly logger = new Logger(Settlement.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Asks the provider about an order and settles what it says. Returns the state afterwards, undefined for an order that
   * is none of ours. Throws ProviderUnavailable. What a notice or a return page says is never believed, only asked after.
   */
  async check(orderNumber: string): Promise<PaymentState | undefined> {
    const payment = await row<PendingPayment>(this.db, SELECT, [orderNumber]);
    if (!payment || !mayStillSucceed(payment.state)) return payment?.state;
    const status = await this.provider.status(orderNumber);
    try {
      return await inTransaction(this.db, (tx) => this.settle(tx, orderNumber, status));
    } catch (failure) {
      // the provider counts one operation under two orders: nothing is posted twice, staff look at it
      if (sqlState(failure) !== UNIQUE_VIOLATION) throw failure;
      return inTransaction(this.db, (tx) => this.review(tx, payment, 'OPERATION_KNOWN'));
    }
  }

  private async settle(tx: Tx, orderNumber: string, status: OrderStatus): Promise<PaymentState> {
    const payment = await row<PendingPayment>(tx, `${SELECT} for update of p`, [orderNumber]);
    if (!payment) throw new RangeError('The payment has vanished');
    if (!mayStillSucceed(payment.state)) return payment.state;
    if (status.outcome === 'PAID') return this.takePaid(tx, payment, status);
    if (!isWaiting(payment.state)) return payment.state;
    if (status.outcome === 'DECLINED') return this.end(tx, payment, 'FAILED', status.reason);
    if (status.outcome === 'CANCELED' || status.outcome === 'REFUNDED')
      return this.end(tx, payment, 'CANCELED', status.reason);
    const now = await this.clock.now();
    if (payment.expiresAt && payment.expiresAt < now) return this.end(tx, payment, 'EXPIRED', '');
    return payment.state;
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
    await this.post(tx, payment, status);
    return 'SUCCEEDED';
  }

  private async post(tx: Tx, payment: PendingPayment, status: OrderStatus): Promise<void> {
    const now = await this.clock.now();
    const valueDate = todayIn(status.paidAt ?? now, payment.timeZone);
    const shares = await this.allocate(tx, payment);
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
    await this.writeShares(tx, payment, shares);
    const payload = { organizationId: payment.organizationId, paymentId: payment.id };
    await this.outbox.add(tx, { fact: PAYMENT_RECEIVED, organizationId: payment.organizationId, payload });
    await audit(tx, 'system', {
      action: 'payment.post',
      organizationId: payment.organizationId,
      objectKind: 'payment',
      objectId: payment.id,
      details: { late: !isWaiting(payment.state) },
    });
  }

  /** By the organisation's mode over what is owed at this moment, with the account held: two payments of it queue. */
  private async allocate(tx: Tx, payment: PendingPayment): Promise<Share[]> {
    const { organizationId, accountId } = payment;
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(tx, 'select from account where organization_id = $1 and id = $2 for no key update', [
      organizationId,
      accountId,
    ]);
    const lines = await this.ledger.balances(tx, organizationId, accountId);
    const inOrder = payment.allocation === 'PRIORITY' ? [...lines].sort(penaltyLast) : lines;
    const by = payment.allocation === 'PRIORITY' ? allocateInOrder : allocateProportional;
    const { amounts, advance } = by(
      moneyOf(BigInt(payment.amount)),
      inOrder.map(({ balance }) => balance),
    );
    const shares = inOrder.map(({ serviceId, supplierId }, at) => ({
      serviceId,
      supplierId,
      amount: amounts[at] ?? moneyOf(0n),
    }));
    return withAdvance(
      shares,
      advance,
      inOrder.length ? placeOfAdvance(inOrder) : await this.anyService(tx, payment),
    );
  }

  /** An account that owes nothing and never did: money beyond all debts needs a line to stand on. */
  private async anyService(
    tx: Tx,
    { organizationId, accountId }: PendingPayment,
  ): Promise<Omit<Share, 'amount'>> {
    const found = await row<Omit<Share, 'amount'>>(
      tx,
      `select t.service_id as "serviceId", t.supplier_id as "supplierId" from account_service t
       join service s on s.organization_id = t.organization_id and s.id = t.service_id
       where t.organization_id = $1 and t.account_id = $2 and upper_inf(t.known)
       order by s.service_group in ('CAPITAL_REPAIR', 'PENALTY'), s.calc_order limit 1`,
      [organizationId, accountId],
    );
    if (!found) throw new RangeError('The account takes no service that an advance could stand on');
    return found;
  }

  private async writeShares(
    tx: Tx,
    { organizationId, id }: PendingPayment,
    shares: readonly Share[],
  ): Promise<void> {
    await rows(
      tx,
      `insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount)
       select $1, $2, * from unnest($3::bigint[], $4::bigint[], $5::bigint[])`,
      [
        organizationId,
        id,
        shares.map((one) => one.serviceId),
        shares.map((one) => one.supplierId),
        shares.map((one) => one.amount.toString()),
      ],
    );
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
      action: 'payment.review',
      organizationId: payment.organizationId,
      objectKind: 'payment',
      objectId: payment.id,
      details: { reason },
    });
    return this.end(tx, payment, 'REVIEW', reason);
  }
}

const penaltyLast = (a: ServiceBalance, b: ServiceBalance): number =>
  Number(a.group === 'PENALTY') - Number(b.group === 'PENALTY') || a.calcOrder - b.calcOrder;

/** Money beyond all debts stands as a negative balance on the largest line that nets with others. */
function placeOfAdvance(lines: readonly ServiceBalance[]): Omit<Share, 'amount'> {
  const netting = lines.filter(({ group }) => group !== 'CAPITAL_REPAIR' && group !== 'PENALTY');
  const [first, ...others] = netting.length ? netting : lines;
  if (!first) throw new RangeError('There is no line for an advance');
  return others.reduce((largest, line) => (line.balance > largest.balance ? line : largest), first);
}

function withAdvance(
  shares: readonly Share[],
  advance: Money,
  { serviceId, supplierId }: Omit<Share, 'amount'>,
): Share[] {
  const all = shares.some((one) => one.serviceId === serviceId && one.supplierId === supplierId)
    ? [...shares]
    : [...shares, { serviceId, supplierId, amount: moneyOf(0n) }];
  return all
    .map((one) =>
      one.serviceId === serviceId && one.supplierId === supplierId
        ? { ...one, amount: moneyOf(one.amount + advance) }
        : one,
    )
    .filter(({ amount }) => amount > 0n);
}
