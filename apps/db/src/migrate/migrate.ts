import { DataSource } from 'typeorm';
import { FirstTown1763700000000 } from '../migrations/0001-first-town';
import { EveryRule1795200000000 } from '../migrations/0002-every-rule';

/** Brings the database at DATABASE_URL (as its owner) to this release, each migration in a transaction of its own. */
export async function migrate(): Promise<number> {
  const db = await new DataSource({
    type: 'postgres',
    url: process.env['DATABASE_URL'],
    migrations: [FirstTown1763700000000, EveryRule1795200000000],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
  }).initialize();
  try {
    const ran = await db.runMigrations();
    console.log(
      ran.length ? `Migrated: ${ran.map(({ name }) => name).join(', ')}` : 'The schema is up to date',
    );
    return 0;
  } finally {
    await db.destroy();
  }
}
