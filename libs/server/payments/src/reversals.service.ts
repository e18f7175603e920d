import { Inject, Injectable } from '@nestjs/common';
import { BillingLedger, type NewMovement } from '@kvartal/billing';
import { moneyOf, negate, todayIn } from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Outbox,
  Refusal,
  type Staff,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
  sqlState,
  wasSent,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { PAYMENT_REVERSED } from './payment.events';
import type { PaymentState } from './payment.states';
import { PaymentsQueries } from './payments.queries';
import type { Payment, ReversePaymentInput } from './payments.types';

const LEAST_REASON = 3;
const LONGEST_REASON = 500;
const NO_OPEN_PERIOD = 'LG002';

interface Standing {
  accountId: string;
  state: PaymentState;
  timeZone: string;
}
interface Posted {
  id: string;
  serviceId: string;
  supplierId: string;
  amount: string;
}

/** A payment that staff take back: posted twice, for a stranger's account, or bounced. */
@Injectable()
export class Reversals {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(PaymentsQueries) private readonly queries: PaymentsQueries,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Takes a payment off the balance as it had come, in the open month; penalties count it as one that never came. Refuses
   * REQUIRED and TOO_LONG at the reason, PAYMENT_NOT_RECEIVED where it does not stand on the balance, PERIOD_NOT_OPEN where
   * no month takes money now, IDEMPOTENCY_KEY_REUSED; throws NotFound. The same key again changes nothing.
   */
  async reverse(viewer: Staff, input: ReversePaymentInput): Promise<Payment> {
    const { organizationId, paymentId } = input;
    requireIds(organizationId, paymentId);
    const reason = reasonOf(input);
    await inTransaction(this.db, (tx) => this.reverseOnce(tx, viewer, { ...input, reason })).catch(
      (failure: unknown) => {
        throw sqlState(failure) === NO_OPEN_PERIOD ? new Refusal('PERIOD_NOT_OPEN') : failure;
      },
    );
    const payment = await this.queries.find(organizationId, paymentId);
    if (!payment) throw new NotFound();
    return payment;
  }

  private async reverseOnce(tx: Tx, viewer: Staff, input: ReversePaymentInput): Promise<void> {
    const { organizationId, paymentId, reason, clientKey } = input;
    const payment = await row<Standing>(
      tx,
      `select p.account_id as "accountId", p.state, o.time_zone as "timeZone" from payment p
       join organization o on o.id = p.organization_id where p.organization_id = $1 and p.id = $2 for update of p`,
      [organizationId, paymentId],
    );
    if (!payment) throw new NotFound();
    const at = await this.clock.now();
    const action = 'payment.reverse';
    if (await wasSent(tx, { organizationId, action, clientKey, said: { paymentId, reason } }, at)) return;
    const { state } = payment;
    if (state !== 'SUCCEEDED') throw new Refusal('PAYMENT_NOT_RECEIVED', { params: { state } });
    await this.post(tx, viewer, { input, payment, at });
    await rows(
      tx,
      `update payment set state = 'REVERSED', reversal_reason = $3 where organization_id = $1 and id = $2`,
      [organizationId, paymentId, reason],
    );
    const payload = { organizationId, paymentId };
    await this.outbox.add(tx, { fact: PAYMENT_REVERSED, organizationId, payload });
    const what = { organizationId, objectKind: 'payment', objectId: paymentId };
    await audit(tx, viewer, { at, action, ...what, details: { reason } });
  }

  /** Each movement of the payment has one that undoes it. */
  private async post(
    tx: Tx,
    viewer: Staff,
    { input, payment, at }: { input: ReversePaymentInput; payment: Standing; at: Date },
  ): Promise<void> {
    const { organizationId, paymentId, reason } = input;
    const posted = await rows<Posted>(
      tx,
      `select id::text, service_id as "serviceId", supplier_id as "supplierId", amount
       from movement where organization_id = $1 and source_kind = 'PAYMENT' and source_id = $2 and kind = 'PAYMENT' order by id`,
      [organizationId, paymentId],
    );
    const valueDate = todayIn(at, payment.timeZone);
    await this.ledger.post(
      tx,
      posted.map(({ id, serviceId, supplierId, amount }): NewMovement => ({
        ...{ organizationId, accountId: payment.accountId, serviceId, supplierId, valueDate, reason },
        kind: 'REVERSAL',
        amount: negate(moneyOf(BigInt(amount))),
        source: { kind: 'PAYMENT', id: paymentId },
        reverses: id,
        createdBy: viewer.userId,
      })),
    );
  }
}

function reasonOf({ reason }: ReversePaymentInput): string {
  const text = reason.trim();
  const path = ['input', 'reason'];
  if (text.length < LEAST_REASON) throw new Refusal('REQUIRED', { path });
  if (text.length > LONGEST_REASON)
    throw new Refusal('TOO_LONG', { path, params: { maxLength: LONGEST_REASON, length: text.length } });
  return text;
}
