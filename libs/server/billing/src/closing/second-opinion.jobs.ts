import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, perform } from '@kvartal/platform';
import type { Job, Queue } from 'bull';
import { BILLING_QUEUE, SECOND_OPINION_NIGHTLY, SHARED } from './closing.queue';
import { SecondOpinions } from './second-opinion';

/** In UTC: after midnight in all time zones of ours, before the working day. */
const AT_NIGHT = '30 0 * * *';
const HOUSES_A_NIGHT = 20;

/** Computes other houses of the last closings every night, in one worker of many. */
@Processor(BILLING_QUEUE)
export class SecondOpinionJob implements OnApplicationBootstrap {
  constructor(
    @Inject(SecondOpinions) private readonly opinions: SecondOpinions,
    @Inject(Clock) private readonly clock: Clock,
    @InjectQueue(BILLING_QUEUE) private readonly queue: Queue<object>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.add(
      SECOND_OPINION_NIGHTLY,
      {},
      {
        repeat: { cron: AT_NIGHT },
        jobId: SECOND_OPINION_NIGHTLY,
        removeOnComplete: true,
        removeOnFail: true,
      },
    );
  }

  @Process({ name: SECOND_OPINION_NIGHTLY, concurrency: SHARED })
  check(job: Job): Promise<void> {
    return perform(job, undefined, async () =>
      this.opinions.checkLast(HOUSES_A_NIGHT, (await this.clock.now()).toISOString().slice(0, 10)),
    );
  }
}
