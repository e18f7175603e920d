import { Inject, Injectable, Logger } from '@nestjs/common';
import { BillingLedger, type NewMovement } from '@kvartal/billing';
import { moneyText, todayIn } from '@kvartal/domain';
import { Clock, audit, inTransaction, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type OrderStatus, PaymentProvider } from './providers/provider';
import { Shares } from './shares.service';

interface Taken {
  organizationId: string;
  id: string;
  accountId: string;
  timeZone: string;
}

/** A payment that stands and nobody else is changing. */
const LOCK = `select p.organization_id as "organizationId", p.id, p.account_id as "accountId", o.time_zone as "timeZone"
  from payment p join organization o on o.id = p.organization_id
  where p.order_number = $1 and p.state = 'SUCCEEDED' for update of p`;

/** Money that the provider gave back to the payer: it leaves the balance as it had come, once. */
@Injectable()
export class Refunds {
  private readonly logger = new Logger(Refunds.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(Shares) private readonly shares: Shares,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Asks the provider whether a payment that stands was given back. Returns whether this very call took it off the
   * balance. A part of it given back is left for staff, with the sum in `failure`. Throws ProviderUnavailable.
   */
  async check(orderNumber: string): Promise<boolean> {
    const status = await this.provider.status(orderNumber);
    // a reversal undoes the whole payment before the bank has settled it
    const isWhole =
      status.outcome === 'CANCELED' || (status.outcome === 'REFUNDED' && status.refunded >= status.amount);
    if (!isWhole && status.outcome !== 'REFUNDED') return false;
    return inTransaction(this.db, async (tx) => {
      const payment = await row<Taken>(tx, LOCK, [orderNumber]);
      if (!payment) return false;
      await (isWhole ? this.giveBack(tx, payment) : this.note(tx, payment, status));
      return isWhole;
    });
  }

  private async giveBack(tx: Tx, payment: Taken): Promise<void> {
    const { organizationId, id, accountId } = payment;
    const at = await this.clock.now();
    const valueDate = todayIn(at, payment.timeZone);
    const shares = await this.shares.read(tx, payment);
    await this.ledger.post(
      tx,
      shares.map((share): NewMovement => ({
        ...share,
        organizationId,
        accountId,
        kind: 'REFUND',
        valueDate,
        source: { kind: 'PAYMENT', id },
      })),
    );
    await rows(tx, `update payment set state = 'REFUNDED' where organization_id = $1 and id = $2`, [
      organizationId,
      id,
    ]);
    await audit(tx, 'system', {
      at,
      action: 'payment.refund',
      organizationId,
      objectKind: 'payment',
      objectId: id,
    });
  }

  private async note(tx: Tx, { organizationId, id }: Taken, { refunded }: OrderStatus): Promise<void> {
    const reason = `PARTLY_REFUNDED ${moneyText(refunded)}`;
    this.logger.error(`payment ${id} of organisation ${organizationId}: ${reason}`);
    const noted = await row<{ id: string }>(
      tx,
      `with noted as (update payment set failure = $3 where organization_id = $1 and id = $2
         and failure is distinct from $3 returning id) select id from noted`,
      [organizationId, id, reason],
    );
    if (!noted) return;
    const about = { action: 'payment.review', organizationId, objectKind: 'payment', objectId: id };
    await audit(tx, 'system', { ...about, at: await this.clock.now(), details: { reason } });
  }
}
