import { Process, Processor } from '@nestjs/bull';
import { Inject } from '@nestjs/common';
import { perform } from '@kvartal/platform';
import type { Job } from 'bull';
import {
  BILLING_QUEUE,
  type BillingJobData,
  BillingQueue,
  EXPLAIN_DIFFERENCE,
  SHARED,
} from '../closing/closing.queue';
import { ClosingDifferences } from './closing-differences';

/** Explains a closing that staff asked about: each job takes the next houses. */
@Processor(BILLING_QUEUE)
export class ClosingDifferenceJob {
  constructor(
    @Inject(ClosingDifferences) private readonly differences: ClosingDifferences,
    @Inject(BillingQueue) private readonly queue: BillingQueue,
  ) {}

  @Process({ name: EXPLAIN_DIFFERENCE, concurrency: SHARED })
  explain(job: Job<BillingJobData>): Promise<void> {
    return perform(job, job.data.requestId, async () => {
      if (await this.differences.explainBatch(job.data)) await this.queue.add(EXPLAIN_DIFFERENCE, job.data);
    });
  }
}
