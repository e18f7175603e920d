import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';

const need = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: database specs run through the workspace's test run`);
  return value;
};

export interface TestDatabase {
  /** As the runtime role, like the product. */
  db: DataSource;
  /** As the owner: to arrange what the runtime may not. */
  owner: DataSource;
  url: string;
  close(): Promise<void>;
}

async function asAdmin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(need('KVARTAL_TEST_PG_ADMIN'));
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A database of the spec file's own, cloned from the migrated template; dropped by `close`. */
export async function testDatabase(entities: EntityTarget<ObjectLiteral>[] = []): Promise<TestDatabase> {
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await asAdmin((client) =>
    client.query(`create database ${name} template ${need('KVARTAL_TEST_TEMPLATE')} strategy wal_log`),
  );
  const address = new URL(need('KVARTAL_TEST_PG_ADMIN'));
  address.pathname = `/${name}`;
  const url = address.toString();
  const open = (extra: object) =>
    new DataSource({
      type: 'postgres',
      url,
      synchronize: false,
      poolSize: 8,
      entities: entities.filter((one) => typeof one === 'function'),
      extra,
    }).initialize();
  const db = await open({ options: '-c role=kvartal_runtime' });
  const owner = await open({});
  const close = async () => {
    await db.destroy();
    await owner.destroy();
    await asAdmin((client) => client.query(`drop database ${name} with (force)`));
  };
  return { db, owner, url, close };
}

/** A Redis prefix of the spec file's own, and the server's address. */
export const testRedis = () => ({ url: need('KVARTAL_TEST_REDIS'), prefix: `spec:${randomUUID()}` });
