// The product's database: made, migrated, given its runtime login, seeded when it is empty.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { run } from './command.mjs';
import { ROOT, keptSecret } from './place.mjs';

const NAME = 'kvartal';
const LOGIN = 'kvartal_app';
const ROLE = 'kvartal_runtime';

/**
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * @param {import('./postgres.mjs').Postgres} postgres
 * @returns {Promise<string>} the address of the product's database on our own server
 */
export async function ownDatabase(postgres) {
  await withClient(postgres.url(), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
    if (!rowCount) await client.query(`create database ${NAME}`);
  });
  return postgres.url(NAME);
}

/**
 * Runs one command of apps/db to its end.
 * @param {string} command migrate or seed
 * @param {{ env: NodeJS.ProcessEnv, note?: (text: string) => void }} how
 */
export const runDb = (command, { env, note }) =>
  run(process.execPath, ['--enable-source-maps', join(ROOT, 'dist/apps/db/main.mjs'), command], {
    cwd: ROOT,
    env,
    onOutput: note,
  });

/**
 * The login of api and worker, a member of the role that the migration made. RUNTIME_DATABASE_URL names another.
 * @param {string} ownerUrl
 * @param {string} dataDir where its password is kept
 * @returns {Promise<string>}
 */
export async function runtimeLogin(ownerUrl, dataDir) {
  if (process.env.RUNTIME_DATABASE_URL) return process.env.RUNTIME_DATABASE_URL;
  const password = keptSecret(join(dataDir, 'secrets/runtime-database'));
  await withClient(ownerUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [LOGIN]);
    await client.query(
      `${rowCount ? 'alter' : 'create'} role ${LOGIN} login password ${client.escapeLiteral(password)}`,
    );
    await client.query(`grant ${ROLE} to ${LOGIN}`);
  });
  const url = new URL(ownerUrl);
  url.username = LOGIN;
  url.password = password;
  return url.toString();
}

/**
 * Whether the demo town has to be made. A seeding that was cut off half-way leaves rows but no file of sign-ins.
 * @param {string} ownerUrl
 * @param {string} signIns the file that the seed writes last
 * @returns {Promise<'empty' | 'unfinished' | 'seeded'>}
 */
export async function seedState(ownerUrl, signIns) {
  const inhabited = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query('select exists (select from organization) as some');
    return rows[0]?.some === true;
  });
  if (!inhabited) return 'empty';
  return existsSync(signIns) ? 'seeded' : 'unfinished';
}

/** Drops the product's database on our own server: only ever one whose seeding was not finished. @param {import('./postgres.mjs').Postgres} postgres */
export const dropOwnDatabase = (postgres) =>
  withClient(postgres.url(), (client) => client.query(`drop database if exists ${NAME} with (force)`));
