import { setTimeout as pause } from 'node:timers/promises';
import type { ClosingKey } from '@kvartal/billing';
import { month } from '@kvartal/domain';
import type pg from 'pg';
import { connected } from '../connection';
import { dropDatabase, makeDatabase, renameDatabase } from '../environment';
import { Product } from '../processes';
import { cpuOfServer } from '../processor';
import { type Engine, withEngine } from '../town/engine';
import { ORGANIZATION } from '../town/town';
import { type SetBased, setBased } from './set-based';
import { closingYardstick } from './yardstick';

/** What one closing of the month took, and the yardstick right after it over the same rows. */
export interface Run {
  lines: number;
  /** All that was charged, in minor units. */
  charged: string;
  /** From the start of the closing to its commit. */
  seconds: number;
  readySeconds: number;
  /** From the commit until every bill stands. */
  billsSeconds: number;
  yardstickSeconds: number;
  /** Processor time of workers and PostgreSQL up to the commit; of PostgreSQL for the yardstick. */
  cpuSeconds: number;
  /** Of them the workers'. */
  workersCpuSeconds: number;
  yardstickCpuSeconds: number;
  workerPeakMiB: number;
  checksum: string;
  /** Of the set-based statement, where the town is one that it can charge. */
  sql?: SetBased;
}

interface HowToClose {
  workers: number;
  isSimple: boolean;
  isLast: boolean;
  /** So many accounts are computed before, by a closing that is thrown away. */
  rehearsed: number;
}

const DATABASE = 'bench_closing_run';
/** The months before are closed, this one is measured. */
export const CHARGED = month('2026-10');
export const HISTORY = 6;

/**
 * Closes the month in a fresh copy of the template, or in the template itself where it is the last run of it, by so many
 * worker processes, then loads the same rows by COPY, and charges a simple town by the set-based statement too.
 */
export async function closeOnce(
  template: string,
  { workers, isSimple, isLast, rehearsed }: HowToClose,
): Promise<Run> {
  const url = isLast ? await renameDatabase(template, DATABASE) : await makeDatabase(DATABASE, template);
  const prefix = `${DATABASE}:${process.pid}:${Math.round(performance.now())}`;
  const products: Product[] = [];
  try {
    for (let at = 0; at < workers; at += 1)
      products.push(await Product.start('worker', { DATABASE_URL: url, REDIS_PREFIX: prefix }));
    const { key, ...figures } = await connected(url, (client) =>
      withEngine({ url, prefix }, async (engine) => {
        if (rehearsed > 0) await rehearse({ engine, client }, rehearsed);
        return close({ engine, client, products });
      }),
    );
    const workerPeakMiB = Math.max(...products.map((one) => one.peakMiB()));
    const { seconds, cpuSeconds, workersCpuSeconds } = figures;
    console.log(
      `closed in ${seconds.toFixed(2)} s: ${cpuSeconds.toFixed(2)} s of processor time, of the workers ${workersCpuSeconds.toFixed(2)}, at most ${workerPeakMiB} MiB`,
    );
    for (const one of products.splice(0)) await one.stop();
    return {
      ...figures,
      workerPeakMiB,
      ...(await connected(url, (client) => compare(client, key, isSimple))),
    };
  } finally {
    for (const one of products) await one.stop();
    await dropDatabase(DATABASE);
  }
}

interface Measured {
  engine: Engine;
  client: pg.Client;
  products: readonly Product[];
}
type Closed = Pick<Run, 'seconds' | 'readySeconds' | 'billsSeconds' | 'cpuSeconds' | 'workersCpuSeconds'> & {
  key: ClosingKey;
};

async function close({ engine, client, products }: Measured): Promise<Closed> {
  await warmUp(client);
  await client.query('checkpoint');
  const server = await serverPid(client);
  const cpuOfWorkers = (): number => products.reduce((sum, one) => sum + one.cpuSeconds(), 0);
  const before = { server: cpuOfServer(server), workers: cpuOfWorkers() };
  const started = performance.now();
  const since = (): number => (performance.now() - started) / 1000;
  const key = await engine.start(CHARGED);
  await until(() => isComputed(client, key), 50);
  const digest = (await engine.digest(key)) ?? '';
  const readySeconds = since();
  await engine.commit(key, digest, true);
  const seconds = since();
  const workersCpuSeconds = cpuOfWorkers() - before.workers;
  const cpuSeconds = workersCpuSeconds + cpuOfServer(server) - before.server;
  await until(() => isIssued(client, key), 100);
  return { key, seconds, readySeconds, cpuSeconds, workersCpuSeconds, billsSeconds: since() - seconds };
}

/**
 * A server that has worked for months holds in its memory what it works with; one that was started for the benchmark touches
 * its memory for the first time, and its first run took half as long again as the third. Where the whole town fits, it is
 * read once before.
 */
async function warmUp(client: pg.Client): Promise<void> {
  await client.query('create extension if not exists pg_prewarm');
  await client.query(
    `select pg_prewarm(c.oid::regclass) from pg_class c
     where c.relkind in ('r', 'i') and c.relnamespace = 'public'::regnamespace
       and pg_database_size(current_database()) < pg_size_bytes(current_setting('shared_buffers'))`,
  );
}

/**
 * A worker lives for months, and what it has once compiled it keeps (docker/worker.flags); one that was started for the
 * benchmark would compile while it is measured. So the accountant begins, thinks better of it, and begins anew.
 */
async function rehearse(
  { engine, client }: Pick<Measured, 'engine' | 'client'>,
  accounts: number,
): Promise<void> {
  const key = await engine.start(CHARGED);
  await until(() => hasComputed(client, key, accounts), 50);
  await engine.discard(key);
}

/** Whether so many accounts are done, or there is nothing left to do. */
async function hasComputed(
  client: pg.Client,
  { closingId }: ClosingKey,
  accounts: number,
): Promise<true | null> {
  const { rowCount } = await client.query(
    `select from closing c where c.organization_id = $1 and c.id = $2 and (c.state <> 'COMPUTING' or $3 <= (
       select sum(h.accounts) from closing_house h
       where h.organization_id = c.organization_id and h.closing_id = c.id and h.state = 'DONE'))`,
    [ORGANIZATION, closingId, accounts],
  );
  return rowCount === 1 ? true : null;
}

async function serverPid(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** A look that costs the server nothing beside the work that it waits for. */
async function isComputed(client: pg.Client, { closingId }: ClosingKey): Promise<true | null> {
  const { rowCount } = await client.query({
    name: 'is_computed',
    text: `select from closing where organization_id = $1 and id = $2 and state <> 'COMPUTING'`,
    values: [ORGANIZATION, closingId],
  });
  return rowCount === 1 ? true : null;
}

async function isIssued(client: pg.Client, { closingId }: ClosingKey): Promise<true | null> {
  const { rowCount } = await client.query(
    'select from closing_house where organization_id = $1 and closing_id = $2 and issued_at is null limit 1',
    [ORGANIZATION, closingId],
  );
  return rowCount === 0 ? true : null;
}

async function until<T>(look: () => Promise<T | null>, milliseconds: number): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    await pause(milliseconds);
  }
}

/** The yardstick; the set-based statement where the town is simple; how many lines there are, and a sum over all that stands in them: equal in every run. */
async function compare(
  client: pg.Client,
  { closingId }: ClosingKey,
  isSimple: boolean,
): Promise<Pick<Run, 'yardstickSeconds' | 'yardstickCpuSeconds' | 'lines' | 'charged' | 'checksum' | 'sql'>> {
  const server = await serverPid(client);
  const cpu = (): number => cpuOfServer(server);
  const { seconds, cpuSeconds } = await closingYardstick(client, closingId, cpu);
  const charged = { closingId, month: CHARGED, history: HISTORY };
  const sql = isSimple ? await setBased(client, charged, cpu) : undefined;
  const { rows } = await client.query<{ lines: string; charged: string; checksum: string }>(
    `select count(*) as lines, coalesce(sum(charged), 0) as charged, to_hex(mod(sum(hashtextextended(l::text, 0)::numeric), 4611686018427387904)::bigint) as checksum
     from statement_line l where organization_id = $1 and closing_id = $2`,
    [ORGANIZATION, closingId],
  );
  return {
    ...(sql && { sql }),
    yardstickSeconds: seconds,
    yardstickCpuSeconds: cpuSeconds,
    lines: Number(rows[0]?.lines),
    charged: rows[0]?.charged ?? '',
    checksum: rows[0]?.checksum ?? '',
  };
}
