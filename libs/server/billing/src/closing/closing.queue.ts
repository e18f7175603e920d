import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Job, JobStatus, Queue } from 'bull';
import { currentRequestId } from '@kvartal/platform';
import type { ClosingKey } from './closing.lock';

export const BILLING_QUEUE = 'billing';
export const COMPUTE_HOUSES = 'compute-houses';
export const ISSUE_BILLS = 'issue-bills';
/** Why a closing differs from the month before, worked out when staff ask. */
export const EXPLAIN_DIFFERENCE = 'explain-difference';
/** A sample of every last closing is computed by the independent evaluator, once a night. */
export const SECOND_OPINION_NIGHTLY = 'second-opinion';
/**
 * How many billing jobs a worker has in hand. While a batch waits, its core works for PostgreSQL: two at once only push each
 * other's memory out.
 */
export const AT_ONCE = 1;
/** Bull adds up what each kind of job of a queue asks for: all kinds but one ask for nothing, and share `AT_ONCE`. */
export const SHARED = 0;

/** Whose work it is, and which request asked for it: its id stands in every line of the worker's log. */
export interface BillingJobData extends ClosingKey {
  requestId?: string | undefined;
}
export type BillingJob = typeof COMPUTE_HOUSES | typeof ISSUE_BILLS | typeof EXPLAIN_DIFFERENCE;

/** An active job is no promise: its worker may be dead, and Redis learns of that only half a minute later. */
const PROMISED: JobStatus[] = ['waiting', 'delayed', 'paused'];
const JOB = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: true,
  removeOnFail: true,
} as const;

/** Somebody watches a month that is computed or explained: Bull takes jobs with a priority before those without. */
const WATCHED = { ...JOB, priority: 1 } as const;

/** The queue of the billing module. A job carries ids only and takes whatever houses are left, so doing one twice is harmless. */
@Injectable()
export class BillingQueue {
  constructor(@InjectQueue(BILLING_QUEUE) private readonly queue: Queue<BillingJobData>) {}

  /** Adds so many jobs of a kind for a closing. */
  async add(kind: BillingJob, key: ClosingKey, count = 1): Promise<void> {
    const { organizationId, closingId } = key;
    const data = { organizationId, closingId, requestId: currentRequestId() };
    const options = kind === ISSUE_BILLS ? JOB : WATCHED;
    await this.queue.addBulk(
      Array.from({ length: count }, () => ({ name: kind, data, opts: { ...options } })),
    );
  }

  /** Adds one job where none waits: after it was lost, never told, or taken by a worker that died. */
  async addIfForgotten(kind: BillingJob, key: ClosingKey): Promise<void> {
    const jobs = await this.queue.getJobs(PROMISED);
    const isPromised = jobs.some(
      (job: Job<BillingJobData> | null) => job?.name === kind && job.data.closingId === key.closingId,
    );
    if (!isPromised) await this.add(kind, key);
  }
}
