import type pg from 'pg';
import { connected } from '../connection';
import { expectRoom, inGiB } from '../disk';
import { withoutKeys } from './copies.keys';
import { type CopiedTable, copiesPlan } from './copies.plan';
import { type Sums, expectTimes, sumsOf } from './copies.sums';

/** Which closed months the copies have: all of them, or what the next closing goes on from. Readings are always all there. */
export type Past = 'whole' | 'recent';

export interface Copying {
  url: string;
  /** How many times as large the town becomes. */
  times: number;
  past: Past;
  /** Hears how far it is. */
  say: (words: string) => void;
}

/** A table or a partition that rows are added to. */
interface Target {
  name: string;
  table: CopiedTable;
  /** Which of its rows have copies. */
  kept: string;
  before: Sums;
  bytes: number;
}

/** Keys are sorted in files, and a table with an exclusion stands there twice for a while. */
const SORTING = 1.2;
/** As many as this machine has processors to spare. */
const LANES = 2;

/**
 * Makes a town so many times as large: every house with all that belongs to it, its closed months included, is there once
 * more for each time, under other ids, house numbers and account numbers. For a database in which nobody works. Throws
 * where a table came out with other than so many times its rows and sums, and where the disk has no room.
 */
export async function multiplyTown({ url, times, past, say }: Copying): Promise<void> {
  const targets = await connected(url, (client) => targetsOf(client, past));
  const growth = targets.reduce(
    (sum, { bytes, before }) => sum + (bytes * before.kept * (times - 1)) / before.rows,
    0,
  );
  say(`${targets.length} tables grow by about ${inGiB(growth)}`);
  await connected(url, (client) => expectRoom(client, growth * SORTING));
  const left = [...targets].sort((a, b) => b.bytes * b.before.kept - a.bytes * a.before.kept);
  const lane = (): Promise<void> =>
    connected(url, async (client) => {
      await prepare(client);
      for (let next = left.shift(); next; next = left.shift()) say(await grow(client, next, times));
    });
  await Promise.all(Array.from({ length: LANES }, lane));
  await connected(url, async (client) => {
    await prepare(client);
    await countOn(client, targets);
    await client.query(CLOSINGS);
  });
}

/** What a session that only loads may do without. */
async function prepare(client: pg.Client): Promise<void> {
  await client.query(`set session_replication_role = replica`);
  await client.query('set synchronous_commit = off');
  await client.query(`set maintenance_work_mem = '1GB'`);
  await client.query('set max_parallel_maintenance_workers = 0');
  await client.query('set jit = off');
}

async function targetsOf(client: pg.Client, past: Past): Promise<Target[]> {
  const targets: Target[] = [];
  for (const table of await copiesPlan(client))
    for (const name of await partsOf(client, table.name)) {
      const kept = `${table.belongs} and ${past === 'whole' ? 'true' : await goesOn(client, table)}`;
      const before = await sumsOf(client, { name, measures: table.measures, kept });
      if (before.kept > 0) targets.push({ name, table, kept, before, bytes: await sizeOf(client, name) });
    }
  return targets;
}

async function partsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass
     union all select relname from pg_class where oid = $1::regclass and relkind = 'r'`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** What the next closing goes on from: the closing of the month that was closed last, and money of the month that is open. */
async function goesOn(client: pg.Client, { month }: CopiedTable): Promise<string> {
  if (month === null) return 'true';
  const sql = {
    closing_id: 'select max(closing_id) as id from period',
    period_id: `select id from period where state = 'OPEN'`,
  };
  const { rows } = await client.query<{ id: string }>(sql[month]);
  return `o.${month} = ${rows[0]?.id ?? 'null'}`;
}

async function sizeOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(`select pg_total_relation_size($1) as bytes`, [
    table,
  ]);
  return Number(rows[0]?.bytes);
}

/** Adds all copies of a table's rows and checks them. Returns how long it took, in words. */
async function grow(
  client: pg.Client,
  { name, table, kept, before }: Target,
  times: number,
): Promise<string> {
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);
  const { columns, isOriginal, measures } = table;
  const originals = await endOf(client, name);
  let loaded = '';
  await withoutKeys(client, name, async () => {
    for (let copy = 1; copy < times; copy += 1)
      await client.query(
        `insert into ${name} (${columns.map((one) => one.name).join(', ')}) overriding system value
         select ${columns.map((one) => one.value(copy)).join(', ')} from ${name} o
         where ${originals} and ${isOriginal} and ${kept}`,
      );
    loaded = seconds();
  });
  const keyed = seconds();
  await client.query(`vacuum (parallel 0) ${name}`); // analysed with all others, at the end
  expectTimes(name, { before, times, after: await sumsOf(client, { name, measures, kept: 'true' }) });
  return `${name}: ${before.rows + before.kept * (times - 1)} rows, loaded in ${loaded} s, keyed after ${keyed}, checked after ${seconds()}`;
}

/** Rows before the first copy: looks at no further page. */
async function endOf(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ pages: string }>(
    `select pg_relation_size($1) / current_setting('block_size')::int as pages`,
    [table],
  );
  return `o.ctid < '(${rows[0]?.pages},0)'`;
}

/** New rows get ids after all those that are there. */
async function countOn(client: pg.Client, targets: readonly Target[]): Promise<void> {
  for (const { name, table } of targets)
    if (table.hasOwnId)
      await client.query(
        `select setval(pg_get_serial_sequence('${table.name}', 'id'), (select max(id) from ${name}))`,
      );
}

/** Closings have as many houses as are marked in them, and the fingerprint of those. */
const CLOSINGS = `
  update closing c set houses = h.houses, digest = h.digest
  from (
    select organization_id, closing_id, count(*) as houses,
      encode(sha256(convert_to(string_agg(house_id || ':' || digest, ',' order by house_id), 'UTF8')), 'hex') as digest
    from closing_house group by organization_id, closing_id) h
  where (c.organization_id, c.id) = (h.organization_id, h.closing_id)`;
