import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { currentRequestId } from './request-id';
import { afterCommit, rows, type Tx } from './transaction';

/** A fact, past tense, its payload ids only: `{ fact: 'RequestAnswered', organizationId, payload: { requestId } }`. */
export interface Fact {
  fact: string;
  organizationId?: string;
  payload: Readonly<Record<string, string>>;
}

/** A fact as its listeners get it: the outbox row's id makes what they do repeatable. */
export interface RecordedFact extends Fact {
  outboxId: string;
  requestId: string | null;
}

export const OUTBOX_QUEUE = 'outbox';
export interface OutboxJob {
  outboxId: string;
}

export const ON_FACT = 'kvartal:on-fact';
/** Marks a method of a worker's provider that a fact is handed to. It may be called twice for one fact. */
export const OnFact = (...facts: string[]) => SetMetadata(ON_FACT, facts);

const JOB = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 2000 },
  removeOnComplete: true,
  removeOnFail: true,
} as const;

/**
 * Whatever leaves the building goes through here: written down in the transaction of the fact that caused it, handed on
 * by a job keyed by that row. Nothing is sent for what did not happen, nothing that happened is forgotten.
 */
@Injectable()
export class Outbox {
  constructor(
    @InjectQueue(OUTBOX_QUEUE) private readonly queue: Queue<OutboxJob>,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Writes the fact down; the job is added after the commit, and by the sweep where that was lost. */
  async add(tx: Tx, { fact, organizationId, payload }: Fact): Promise<void> {
    const added = await rows<{ id: string }>(
      tx,
      'insert into outbox (organization_id, fact, payload, request_id) values ($1, $2, $3, $4) returning id',
      [organizationId ?? null, fact, payload, currentRequestId() ?? null],
    );
    afterCommit(tx, () => this.enqueue(added));
  }

  /** Hands on, after the commit, facts that a set-based statement wrote into `outbox` by itself. */
  announce(tx: Tx, outboxIds: readonly string[]): void {
    afterCommit(tx, () => this.enqueue(outboxIds.map((id) => ({ id }))));
  }

  /** Adds again what Redis lost or was never told: rows unsent for five seconds, 500 at a time. Returns how many. */
  async sweep(): Promise<number> {
    const late = await rows<{ id: string }>(
      this.db,
      `select id from outbox where sent_at is null and created_at < now() - interval '5 seconds' order by id limit 500`,
    );
    await this.enqueue(late);
    return late.length;
  }

  private async enqueue(recorded: readonly { id: string }[]): Promise<void> {
    await this.queue.addBulk(
      recorded.map(({ id }) => ({ data: { outboxId: id }, opts: { ...JOB, jobId: id } })),
    );
  }
}
