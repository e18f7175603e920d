import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  BillIssuing,
  BillingModule,
  ClosingComputing,
  type ClosingKey,
  ClosingQueries,
  Closings,
} from '@kvartal/billing';
import type { Month } from '@kvartal/domain';
import { DatabaseModule, OutboxModule, PlatformModule, QueuesModule } from '@kvartal/platform';
import { ORGANIZATION } from './town';

@Module({ imports: [PlatformModule, DatabaseModule.forRoot(), QueuesModule, OutboxModule, BillingModule] })
class EngineModule {}

/** What staff do with a closing, through the product's own services, in this process. */
export interface Engine {
  /** Makes the cut and gives the workers their jobs. */
  start(month: Month): Promise<ClosingKey>;
  /** Computes everything here, without a worker. */
  compute(key: ClosingKey): Promise<void>;
  /** The digest to commit by once it is READY; null while it is being computed. Throws where it failed. */
  digest(key: ClosingKey): Promise<string | null>;
  commit(key: ClosingKey, digest: string, issue: boolean): Promise<void>;
  issue(key: ClosingKey): Promise<void>;
  /** Gives a closing up that was not committed. */
  discard(key: ClosingKey): Promise<void>;
}

/** Composes the billing module over a database and a Redis prefix for as long as `work` takes. */
export async function withEngine<T>(
  { url, prefix }: { url: string; prefix: string },
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  Object.assign(process.env, { DATABASE_URL: url, REDIS_PREFIX: prefix });
  const context = await NestFactory.createApplicationContext(EngineModule, { logger: ['error', 'warn'] });
  const closings = context.get(Closings);
  const computing = context.get(ClosingComputing);
  const queries = context.get(ClosingQueries);
  try {
    return await work({
      start: (month) => closings.start('system', ORGANIZATION, month),
      compute: async (key) =>
        void (await Promise.all([computing.computeAll(key), computing.computeAll(key)])),
      digest: async (key) => {
        const { state, digest, failure } = await queries.get(key);
        if (state === 'FAILED') throw new Error(`The closing failed: ${failure}`);
        return state === 'READY' ? digest : null;
      },
      commit: (key, digest, issue) =>
        closings.commit('system', key, digest, { issue, chargesUndecided: true }),
      discard: (key) => closings.discard('system', key),
      issue: (key) => context.get(BillIssuing).issueAll(key, false),
    });
  } finally {
    await context.close();
  }
}
