import { connected } from './connection';

const need = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: benchmarks run through npm run bench`);
  return value;
};

/**
 * The server that the launcher started for the benchmarks, or the one that DATABASE_URL named. Read once: modules
 * of the product that are composed in this process are told their own database by the same variable.
 */
const admin = need('DATABASE_URL');
delete process.env['RUNTIME_DATABASE_URL'];
export const adminUrl = (): string => admin;

/** The same server, another database. */
export function databaseUrl(name: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return url.toString();
}

/** Makes the database anew, as a copy of `template` where one is named. */
export async function makeDatabase(name: string, template?: string): Promise<string> {
  await connected(adminUrl(), async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(
      `create database ${name} ${template === undefined ? '' : `template ${template} strategy file_copy`}`,
    );
  });
  return databaseUrl(name);
}

/** Gives a database another name, in the place of one that may have it. */
export async function renameDatabase(from: string, to: string): Promise<string> {
  await dropDatabase(to);
  await connected(adminUrl(), (client) => client.query(`alter database ${from} rename to ${to}`));
  return databaseUrl(to);
}

export const hasDatabase = (name: string): Promise<boolean> =>
  connected(adminUrl(), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    return rowCount === 1;
  });

export const dropDatabase = (name: string): Promise<unknown> =>
  connected(adminUrl(), (client) => client.query(`drop database if exists ${name} with (force)`));
