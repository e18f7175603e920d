import { Inject, Injectable, Logger } from '@nestjs/common';
import { NotFound, RedisClient, type Resident } from '@kvartal/platform';
import { isWaiting } from './payment.states';
import { PaymentsQueries } from './payments.queries';
import type { Payment } from './payments.types';
import { Settlement } from './settlement.service';

/** One question to the bank about one order in this time, however many pages poll. */
const ASK_EVERY_MS = 3000;

/** The page that the payer comes back to: it polls, and while the order is open we ask the bank ourselves. */
@Injectable()
export class ReturnPage {
  private readonly logger = new Logger(ReturnPage.name);

  constructor(
    @Inject(PaymentsQueries) private readonly queries: PaymentsQueries,
    @Inject(Settlement) private readonly settlement: Settlement,
    @Inject(RedisClient) private readonly redis: RedisClient,
  ) {}

  /** The viewer's own order. Throws NotFound for any other. */
  async show(viewer: Resident, orderNumber: string): Promise<Payment> {
    const payment = await this.own(viewer, orderNumber);
    if (!isWaiting(payment.state) || !(await this.isMyTurn(orderNumber))) return payment;
    try {
      await this.settlement.check(orderNumber);
    } catch (failure) {
      // the page shows the order as it stands; the callback and the poll go on trying
      this.logger.warn(failure);
    }
    return this.own(viewer, orderNumber);
  }

  private async own(viewer: Resident, orderNumber: string): Promise<Payment> {
    const payment = await this.queries.findOwn(viewer.userId, orderNumber);
    if (!payment) throw new NotFound();
    return payment;
  }

  private async isMyTurn(orderNumber: string): Promise<boolean> {
    return (await this.redis.set(`payment-asked:${orderNumber}`, '1', 'PX', ASK_EVERY_MS, 'NX')) === 'OK';
  }
}
