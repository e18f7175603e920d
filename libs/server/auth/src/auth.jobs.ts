import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import { DataSource } from 'typeorm';
import { Clock, perform, rows } from '@kvartal/platform';

export const AUTH_QUEUE = 'auth';
const PURGE = 'purge';
const EVERY_MS = 15 * 60_000;

/** What nobody needs any longer: registrations that were never confirmed, and the traces of old sessions and links. */
@Injectable()
export class Purge {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Drops expired registrations at once, sessions and links a month after their end. May run twice at once. */
  async run(): Promise<void> {
    const now = await this.clock.now();
    await rows(this.db, `delete from portal_user where state = 'PENDING' and expires_at <= $1`, [now]);
    await rows(
      this.db,
      `delete from session where least(coalesce(ended_at, expires_at), expires_at) < $1::timestamptz - interval '30 days'`,
      [now],
    );
    await rows(this.db, `delete from confirmation where expires_at < $1::timestamptz - interval '30 days'`, [
      now,
    ]);
  }
}

/** Purges every quarter of an hour, in one worker of many. */
@Injectable()
@Processor(AUTH_QUEUE)
export class PurgeJob implements OnApplicationBootstrap {
  constructor(
    private readonly purge: Purge,
    @InjectQueue(AUTH_QUEUE) private readonly queue: Queue<object>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.add(
      PURGE,
      {},
      { repeat: { every: EVERY_MS }, jobId: PURGE, removeOnComplete: true, removeOnFail: true },
    );
  }

  @Process(PURGE)
  clear(job: Job): Promise<void> {
    return perform(job, undefined, () => this.purge.run());
  }
}
