import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Refusal, perform, rows } from '@kvartal/platform';
import type { Job, Queue } from 'bull';
import { DataSource } from 'typeorm';
import { ACCEPTANCE_DAYS, ANSWER_DAYS, type RequestStep } from './request.states';
import { RequestSteps } from './request.steps';

export const REQUESTS_QUEUE = 'requests';
const CLOSE_SILENT = 'close-silent';
const EVERY_MS = 10 * 60_000;
const AT_ONCE = 500;

interface Silent {
  organizationId: string;
  requestId: string;
  step: RequestStep;
}

const WORDS: Partial<Record<RequestStep, string>> = {
  closeAccepted: `Закрыта сама: за ${ACCEPTANCE_DAYS} дней возражений не было.`,
  closeUnanswered: `Закрыта сама: ответа на вопрос не было ${ANSWER_DAYS} дней.`,
};

const SILENT = `
  select organization_id as "organizationId", id as "requestId", 'closeAccepted' as step from request
    where state = 'DONE' and done_at < $1::timestamptz - make_interval(days => $2)
  union all
  select r.organization_id, r.id, 'closeUnanswered' from request r
    where r.state = 'CLARIFICATION' and (select max(e.created_at) from request_event e
      where e.organization_id = r.organization_id and e.request_id = r.id and e.to_state = 'CLARIFICATION')
      < $1::timestamptz - make_interval(days => $3)
  limit $4`;

/** Closes what its resident says nothing about: done for five days, or asked for seven. */
@Injectable()
export class SilentRequests {
  private readonly logger = new Logger(SilentRequests.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RequestSteps) private readonly steps: RequestSteps,
  ) {}

  /** Returns how many were closed. Two of these at once close each request once. */
  async close(): Promise<number> {
    const silent = await rows<Silent>(this.db, SILENT, [
      await this.clock.now(),
      ACCEPTANCE_DAYS,
      ANSWER_DAYS,
      AT_ONCE,
    ]);
    let closed = 0;
    for (const one of silent) closed += (await this.closeOne(one)) ? 1 : 0;
    return closed;
  }

  private async closeOne({ step, ...request }: Silent): Promise<boolean> {
    try {
      await this.steps.make('system', { ...request, step, kind: 'STATE', text: WORDS[step] ?? '' });
      return true;
    } catch (failure) {
      // somebody spoke meanwhile; anything else must not keep the others waiting
      if (!(failure instanceof Refusal)) this.logger.error(failure);
      return false;
    }
  }
}

@Injectable()
@Processor(REQUESTS_QUEUE)
export class RequestsJobs implements OnApplicationBootstrap {
  constructor(
    @Inject(SilentRequests) private readonly silent: SilentRequests,
    @InjectQueue(REQUESTS_QUEUE) private readonly queue: Queue<object>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.add(
      CLOSE_SILENT,
      {},
      { repeat: { every: EVERY_MS }, jobId: CLOSE_SILENT, removeOnComplete: true, removeOnFail: true },
    );
  }

  @Process(CLOSE_SILENT)
  async closeSilent(job: Job): Promise<void> {
    await perform(job, undefined, () => this.silent.close());
  }
}
