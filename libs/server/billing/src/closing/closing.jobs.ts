import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Inject, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { perform, rows } from '@kvartal/platform';
import type { Job, Queue } from 'bull';
import { DataSource } from 'typeorm';
import { BillIssuing } from '../bills/bills.issuing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { TO_EXPLAIN } from '../explaining/closing-differences';
import {
  AT_ONCE,
  BILLING_QUEUE,
  type BillingJob,
  type BillingJobData,
  BillingQueue,
  COMPUTE_HOUSES,
  EXPLAIN_DIFFERENCE,
  ISSUE_BILLS,
  SHARED,
} from './closing.queue';
import { DIFFERS, SecondOpinions } from './second-opinion';

const SWEEP_MS = 15_000;

/** The worker's half: each job takes the next batch of whatever is left, so a job that is lost or done twice is harmless. */
@Processor(BILLING_QUEUE)
export class ClosingJobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ClosingComputing) private readonly computing: ClosingComputing,
    @Inject(BillIssuing) private readonly issuing: BillIssuing,
    @Inject(BillingQueue) private readonly jobs: BillingQueue,
    @Inject(SecondOpinions) private readonly opinions: SecondOpinions,
    @InjectQueue(BILLING_QUEUE) private readonly queue: Queue<BillingJobData>,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    void this.sweep();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.queue.close();
  }

  @Process({ name: COMPUTE_HOUSES, concurrency: AT_ONCE })
  computeHouses(job: Job<BillingJobData>): Promise<void> {
    return perform(job, job.data.requestId, async () => {
      const progress = await this.computing.computeBatch(job.data);
      if (progress === 'MORE') await this.jobs.add(COMPUTE_HOUSES, job.data);
      if (progress === 'ENDED') await this.opinions.checkOnce(job.data);
    });
  }

  @Process({ name: ISSUE_BILLS, concurrency: SHARED })
  issueBills(job: Job<BillingJobData>): Promise<void> {
    return perform(job, job.data.requestId, async () => {
      await this.opinions.checkOnce(job.data);
      if (await this.issuing.issueBatch(job.data)) await this.jobs.add(ISSUE_BILLS, job.data);
    });
  }

  /** Gives closings whose jobs were lost with Redis or with a worker their jobs again. */
  private async sweep(): Promise<void> {
    try {
      const unfinished = await rows<ClosingKey & { job: BillingJob }>(
        this.db,
        `select c.organization_id as "organizationId", c.id as "closingId", case c.state when 'COMPUTING' then '${COMPUTE_HOUSES}'
           when 'COMMITTED' then '${ISSUE_BILLS}' else '${EXPLAIN_DIFFERENCE}' end as job
         from closing c
         where c.state = 'COMPUTING' or (c.state = 'COMMITTED' and exists (
           select from closing_house h where h.organization_id = c.organization_id and h.closing_id = c.id
             and h.issued_at is null) and not ${DIFFERS}) or ${TO_EXPLAIN}`,
      );
      for (const { job, ...key } of unfinished) await this.jobs.addIfForgotten(job, key);
    } catch (failure) {
      Logger.warn(failure, 'ClosingJobs');
    }
  }
}
