import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, perform, rows } from '@kvartal/platform';
import type { Job, Queue } from 'bull';
import { DataSource } from 'typeorm';
import { Settlement } from './settlement.service';

export const PAYMENTS_QUEUE = 'payments';
const POLL = 'poll';
const EVERY_MS = 15_000;
const AT_ONCE = 100;

/** Orders that nobody told us about: after a minute we ask the bank ourselves. */
@Injectable()
export class PendingPayments {
  private readonly logger = new Logger(PendingPayments.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Settlement) private readonly settlement: Settlement,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Asks about the orders that have waited for a minute, those first that were asked about longest ago; and, while the
   * bank may still take money for them, now and then about those that were given up: their notice may have been lost
   * too. Returns how many.
   */
  async poll(): Promise<number> {
    const waiting = await rows<{ orderNumber: string }>(
      this.db,
      `with due as (
         (select organization_id, id from payment
          where state in ('CREATED', 'PENDING') and created_at < $1::timestamptz - interval '1 minute'
          order by coalesce(asked_at, created_at) limit ${AT_ONCE})
         union all
         (select organization_id, id from payment
          where state in ('FAILED', 'EXPIRED', 'CANCELED') and created_at > $1::timestamptz - interval '3 days'
            and coalesce(asked_at, created_at) < $1::timestamptz - interval '6 hours'
          order by created_at limit ${AT_ONCE}))
       , asked as (
         update payment p set asked_at = $1 from due where p.organization_id = due.organization_id and p.id = due.id
         returning p.order_number)
       select order_number as "orderNumber" from asked`,
      [await this.clock.now()],
    );
    for (const { orderNumber } of waiting)
      await this.settlement.check(orderNumber).catch((failure: Error) => this.logger.warn(failure));
    return waiting.length;
  }
}

@Injectable()
@Processor(PAYMENTS_QUEUE)
export class PaymentsJobs implements OnApplicationBootstrap {
  constructor(
    @Inject(PendingPayments) private readonly pending: PendingPayments,
    @InjectQueue(PAYMENTS_QUEUE) private readonly queue: Queue<object>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.add(
      POLL,
      {},
      { repeat: { every: EVERY_MS }, jobId: POLL, removeOnComplete: true, removeOnFail: true },
    );
  }

  @Process(POLL)
  async poll(job: Job): Promise<void> {
    await perform(job, undefined, () => this.pending.poll());
  }
}
