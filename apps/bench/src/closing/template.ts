import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { adminUrl, connected, dropDatabase, hasDatabase, makeDatabase } from '../environment';
import { schemaHash } from '../schema-hash';
import { withEngine } from './engine';
import { BEFORE, type TownSize, makeTown, payBills } from './town';

/** Migrates a database with the product's own command. */
export async function migrate(url: string): Promise<void> {
  const child = spawn(process.execPath, ['dist/apps/db/main.mjs', 'migrate'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The migration ended with ${code}`);
}

/**
 * The database that every run is a copy of, made once and kept: a town with one month closed and paid by the product
 * itself. Made anew where the migrations have changed. Returns its name.
 */
export async function closingTemplate(size: TownSize): Promise<string> {
  const name = `bench_closing_${size.accounts}_${size.services}_${schemaHash()}`;
  if (await hasDatabase(name)) return name;
  await dropOlder(`bench_closing_${size.accounts}_${size.services}_`);
  console.log(`making ${name}: once, kept for further runs`);
  const draft = `${name}_draft`;
  const url = await makeDatabase(draft);
  await migrate(url);
  await connected(url, (client) => makeTown(client, size));
  const closingId = await withEngine({ url, prefix: draft }, async (engine) => {
    const key = await engine.start(BEFORE);
    await engine.compute(key);
    const digest = await engine.digest(key);
    if (!digest) throw new Error('The month before was not computed');
    await engine.commit(key, digest, false);
    await engine.issue(key);
    return key.closingId;
  });
  await connected(url, (client) => payBills(client, closingId));
  await connected(adminUrl(), (client) => client.query(`alter database ${draft} rename to ${name}`));
  return name;
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
