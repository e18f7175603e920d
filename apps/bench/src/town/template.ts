import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Month } from '@kvartal/domain';
import type pg from 'pg';
import { connected } from '../connection';
import { adminUrl, dropDatabase, hasDatabase, makeDatabase, renameDatabase } from '../environment';
import { closeMonth } from './close-month';
import { withEngine } from './engine';
import { schemaHash } from './schema-hash';

/** A database while it is being made. */
export interface Making {
  client: pg.Client;
  url: string;
  /** Closes a month through the product, without bills unless `issue`; it is paid then, by most in time. */
  close(month: Month, issue: boolean): Promise<void>;
}

export interface TemplateKind {
  kind: string;
  version?: string;
  isAnybodyLate?: boolean;
  /** A template that it begins as a copy of, instead of an empty migrated database. */
  from?: () => Promise<string>;
}

/**
 * A migrated database that runs are copies of: made once and kept, made anew where the migrations or `version` have changed. Returns
 * its name.
 */
export async function keptTemplate(
  { kind, version = '', isAnybodyLate = true, from }: TemplateKind,
  make: (making: Making) => Promise<void>,
): Promise<string> {
  const name = `bench_${kind}_${version}${schemaHash()}`;
  if (await hasDatabase(name)) return name;
  await dropOlder(`bench_${kind}_`);
  const template = await from?.();
  console.log(`making ${name}: once, kept for further runs`);
  const draft = `${name}_draft`;
  const url = await makeDatabase(draft, template);
  if (template === undefined) await migrate(url);
  await connected(url, (client) =>
    withEngine({ url, prefix: draft }, async (engine) => {
      await make({
        client,
        url,
        close: (month, issue) => closeMonth({ engine, client, month, issue, isAnybodyLate }),
      });
      await client.query('vacuum analyze');
    }),
  );
  await renameDatabase(draft, name);
  return name;
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
