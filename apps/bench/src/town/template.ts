import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Month } from '@kvartal/domain';
import type pg from 'pg';
import { adminUrl, connected, dropDatabase, hasDatabase, makeDatabase } from '../environment';
import { type Engine, withEngine } from './engine';
import { schemaHash } from './schema-hash';
import { payBills } from './town';

/** A database while it is being made. */
export interface Making {
  client: pg.Client;
  /** Closes a month through the product, without bills unless `issue`; it is paid then, by most in time. */
  close(month: Month, issue: boolean): Promise<void>;
}

/**
 * A migrated database that runs are copies of: made once and kept, made anew where the migrations or `version` have changed. Returns
 * its name.
 */
export async function keptTemplate(
  { kind, version = '', isAnybodyLate = true }: { kind: string; version?: string; isAnybodyLate?: boolean },
  make: (making: Making) => Promise<void>,
): Promise<string> {
  const name = `bench_${kind}_${version}${schemaHash()}`;
  if (await hasDatabase(name)) return name;
  await dropOlder(`bench_${kind}_`);
  console.log(`making ${name}: once, kept for further runs`);
  const draft = `${name}_draft`;
  const url = await makeDatabase(draft);
  await migrate(url);
  await connected(url, (client) =>
    withEngine({ url, prefix: draft }, async (engine) => {
      await make({
        client,
        close: (month, issue) => closeMonth({ engine, client, month, issue, isAnybodyLate }),
      });
      await client.query('vacuum analyze');
    }),
  );
  await connected(adminUrl(), (client) => client.query(`alter database ${draft} rename to ${name}`));
  return name;
}

interface MonthToClose {
  engine: Engine;
  client: pg.Client;
  month: Month;
  issue: boolean;
  isAnybodyLate: boolean;
}

async function closeMonth({ engine, client, month, issue, isAnybodyLate }: MonthToClose): Promise<void> {
  const key = await engine.start(month);
  await engine.compute(key);
  const digest = await engine.digest(key);
  if (!digest) throw new Error(`${month} was not computed`);
  await engine.commit(key, digest, false);
  if (issue) await engine.issue(key);
  else
    await client.query('update closing_house set issued_at = now() where closing_id = $1', [key.closingId]);
  await payBills(client, { closingId: key.closingId, month, isAnybodyLate });
}

/** Migrates a database with the product's own command. */
async function migrate(url: string): Promise<void> {
  const child = spawn(process.execPath, ['dist/apps/db/main.mjs', 'migrate'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The migration ended with ${code}`);
}

async function dropOlder(prefix: string): Promise<void> {
  const names = await connected(adminUrl(), async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where starts_with(datname, $1)`,
      [prefix],
    );
    return rows.map(({ datname }) => datname);
  });
  for (const name of names) await dropDatabase(name);
}
