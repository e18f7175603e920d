import { setTimeout as pause } from 'node:timers/promises';
import type { ClosingKey } from '@kvartal/billing';
import { monthOf, todayIn } from '@kvartal/domain';
import type pg from 'pg';
import { connected } from '../connection';
import { Product } from '../processes';
import { type Engine, withEngine } from '../town/engine';
import { ORGANIZATION } from '../town/town';

const WORKERS = 2;
const LOOK_MS = 50;

/** What the workers got done while something else was measured. */
export interface ClosedMeanwhile {
  accountsClosed: number;
  closingSeconds: number;
}

/**
 * Has two workers compute the closing of the present month for as long as `work` takes: whenever a closing is drawn up it is
 * discarded and begun anew.
 */
export async function whileClosing<T>(
  url: string,
  work: () => Promise<T>,
): Promise<{ seen: T; closed: ClosedMeanwhile }> {
  const prefix = `bench_api_closing:${process.pid}:${Math.round(performance.now())}`;
  const products: Product[] = [];
  try {
    for (let at = 0; at < WORKERS; at += 1)
      products.push(await Product.start('worker', { DATABASE_URL: url, REDIS_PREFIX: prefix }));
    return await connected(url, (client) =>
      withEngine({ url, prefix }, async (engine) => {
        const closings = new Closings(engine, client);
        const running = closings.run();
        const started = performance.now();
        const seen = await Promise.race([work(), running.then(failed)]);
        const closingSeconds = (performance.now() - started) / 1000;
        closings.isOver = true;
        return { seen, closed: { accountsClosed: await running, closingSeconds } };
      }),
    );
  } finally {
    for (const one of products) await one.stop();
  }
}

const failed = (): never => {
  throw new Error('The closings ended before the measurement');
};

/** One closing after another, until told that it is enough. */
class Closings {
  isOver = false;

  constructor(
    private readonly engine: Engine,
    private readonly client: pg.Client,
  ) {}

  /** Answers how many accounts were computed. */
  async run(): Promise<number> {
    const present = monthOf(todayIn(new Date(Date.now()), 'Europe/Moscow'));
    let accounts = 0;
    while (!this.isOver) {
      const key = await this.engine.start(present);
      while (!this.isOver && (await this.engine.digest(key)) === null) await pause(LOOK_MS);
      accounts += await this.computed(key);
      await this.engine.discard(key);
    }
    return accounts;
  }

  private async computed({ closingId }: ClosingKey): Promise<number> {
    const { rows } = await this.client.query<{ accounts: number }>(
      `select coalesce(sum(accounts), 0)::int as accounts from closing_house
       where organization_id = $1 and closing_id = $2 and state = 'DONE'`,
      [ORGANIZATION, closingId],
    );
    return rows[0]?.accounts ?? 0;
  }
}
