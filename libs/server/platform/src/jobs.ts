import { Logger } from '@nestjs/common';
import type { Job } from 'bull';
import { jobSeconds } from './metrics';
import { withRequestId } from './request-id';

const logger = new Logger('Jobs');
const aboutJob = (job: Job) => ({
  queue: job.queue.name,
  job: job.name,
  jobId: String(job.id),
  attempt: job.attemptsMade + 1,
});

/**
 * Does a job's work under the id of the request that caused it, so that every line and every fact on the way bears it,
 * and says how it ended: a failure that is tried again is a warning, the last one an error.
 */
export function perform<T>(job: Job, requestId: string | undefined, work: () => Promise<T>): Promise<T> {
  const about = aboutJob(job);
  const since = performance.now();
  const ended = (outcome: string): number => {
    const milliseconds = performance.now() - since;
    jobSeconds.observe({ queue: about.queue, job: about.job, outcome }, milliseconds / 1000);
    return Math.round(milliseconds);
  };
  return withRequestId(requestId, async () => {
    try {
      const result = await work();
      const line = { ...about, milliseconds: ended('done') };
      if (job.opts.repeat) logger.debug(line, 'job done');
      else logger.log(line, 'job done');
      return result;
    } catch (failure) {
      const line = { ...about, milliseconds: ended('failed'), err: failure };
      if (about.attempt < (job.opts.attempts ?? 1)) logger.warn(line, 'job failed, tried again');
      else logger.error(line, 'job failed');
      throw failure;
    }
  });
}
