import { setTimeout as pause } from 'node:timers/promises';
import type { ClosingKey } from '@kvartal/billing';
import type { Arguments } from '../arguments';
import { connected, dropDatabase, makeDatabase } from '../environment';
import { median, report, rounded } from '../figures';
import { Product, freePort } from '../processes';
import { type Engine, withEngine } from './engine';
import { closingTemplate } from './template';
import { CHARGED, ORGANIZATION } from './town';
import { closingYardstick } from './yardstick';

interface Run {
  lines: number;
  /** From the start of the closing to its commit. */
  seconds: number;
  readySeconds: number;
  /** From the commit until every bill stands. */
  billsSeconds: number;
  yardstickSeconds: number;
  workerPeakMiB: number;
  checksum: string;
}

/** The closing of a month by worker processes, against a bare COPY of the same rows. */
export async function benchClosing(given: Arguments): Promise<void> {
  const size = { accounts: given.count('accounts', 100_000), services: given.count('services', 10) };
  const workers = given.count('workers', 2);
  const template = await closingTemplate(size);
  const runs: Run[] = [];
  for (let at = 1; at <= given.count('runs', 3); at += 1) {
    const run = await measure(template, workers);
    console.log(`run ${at}: ${JSON.stringify(run)}`);
    runs.push(run);
  }
  const checksums = new Set(runs.map(({ checksum }) => checksum));
  if (checksums.size !== 1)
    throw new Error(`The same month was computed differently: ${[...checksums].join(', ')}`);
  const middle = (of: (run: Run) => number): number => rounded(median(runs.map(of)));
  const seconds = middle((run) => run.seconds);
  report('closing', median(runs.map((run) => run.seconds / run.yardstickSeconds)), runs.length, {
    accounts: size.accounts,
    services: size.services,
    workers,
    lines: runs[0]?.lines ?? 0,
    seconds,
    readySeconds: middle((run) => run.readySeconds),
    yardstickSeconds: middle((run) => run.yardstickSeconds),
    billsSeconds: middle((run) => run.billsSeconds),
    accountsPerSecond: Math.round(size.accounts / seconds),
    workerPeakMiB: Math.max(...runs.map((run) => run.workerPeakMiB)),
    checksum: runs[0]?.checksum ?? '',
  });
}

async function measure(template: string, workers: number): Promise<Run> {
  const name = 'bench_closing_run';
  const url = await makeDatabase(name, template);
  const prefix = `${name}:${process.pid}:${performance.now()}`;
  const products: Product[] = [];
  try {
    for (let at = 0; at < workers; at += 1) products.push(await startWorker(url, prefix));
    const closed = await withEngine({ url, prefix }, (engine) => close(engine, url));
    const workerPeakMiB = Math.max(...products.map((one) => one.peakMiB()));
    for (const one of products.splice(0)) await one.stop();
    const yardstickSeconds = await connected(url, (client) => closingYardstick(client, closed.key.closingId));
    const { key, ...figures } = closed;
    return { ...figures, yardstickSeconds, workerPeakMiB, ...(await linesOf(url, key)) };
  } finally {
    for (const one of products) await one.stop();
    await dropDatabase(name);
  }
}

async function startWorker(url: string, prefix: string): Promise<Product> {
  return Product.start('worker', {
    DATABASE_URL: url,
    REDIS_PREFIX: prefix,
    HEALTH_PORT: String(await freePort()),
    NODE_ENV: 'production',
  });
}

async function close(
  engine: Engine,
  url: string,
): Promise<Pick<Run, 'seconds' | 'readySeconds' | 'billsSeconds'> & { key: ClosingKey }> {
  await connected(url, (client) => client.query('checkpoint'));
  const started = performance.now();
  const since = (): number => (performance.now() - started) / 1000;
  const key = await engine.start(CHARGED);
  const digest = await until(() => engine.digest(key), 20);
  const readySeconds = since();
  await engine.commit(key, digest, true);
  const seconds = since();
  await until(
    () =>
      connected(url, async (client) => {
        const { rowCount } = await client.query(
          'select from closing_house where organization_id = $1 and closing_id = $2 and issued_at is null limit 1',
          [ORGANIZATION, key.closingId],
        );
        return rowCount === 0 ? true : null;
      }),
    100,
  );
  return { key, seconds, readySeconds, billsSeconds: since() - seconds };
}

async function until<T>(look: () => Promise<T | null>, milliseconds: number): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    await pause(milliseconds);
  }
}

/** How many lines there are, and a sum over all that stands in them: equal in every run. */
async function linesOf(url: string, { closingId }: ClosingKey): Promise<Pick<Run, 'lines' | 'checksum'>> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ lines: string; checksum: string }>(
      `select count(*) as lines, to_hex(mod(sum(hashtextextended(l::text, 0)::numeric), 4611686018427387904)::bigint) as checksum
       from statement_line l where organization_id = $1 and closing_id = $2`,
      [ORGANIZATION, closingId],
    );
    return { lines: Number(rows[0]?.lines), checksum: rows[0]?.checksum ?? '' };
  });
}
