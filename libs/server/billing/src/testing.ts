import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { OutboxModule, PlatformModule, QueuesModule, type Resident, row, rows } from '@kvartal/platform';
import { type TestDatabase, testDatabase, testRedis } from '@kvartal/platform/testing';
import { DataSource } from 'typeorm';

@Module({})
class TheDatabase {
  static of(db: DataSource): DynamicModule {
    return {
      module: TheDatabase,
      global: true,
      providers: [{ provide: DataSource, useValue: db }],
      exports: [DataSource],
    };
  }
}

/** Modules composed over a database and a Redis prefix of the spec's own. */
export interface UnderTest extends TestDatabase {
  module: TestingModule;
}

/** Composes modules of the product as a process would. `close` takes everything down again. */
export async function underTest(...modules: (new () => object)[]): Promise<UnderTest> {
  const database = await testDatabase();
  const redis = testRedis();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    DEV_CLOCK: '1',
    FILES_DIR: mkdtempSync(join(tmpdir(), 'kvartal-files-')),
  });
  const module = await Test.createTestingModule({
    imports: [PlatformModule, TheDatabase.of(database.db), QueuesModule, OutboxModule, ...modules],
  }).compile();
  await module.init();
  const close = async () => {
    await module.close();
    if (database.db.isInitialized) await database.close();
  };
  return { ...database, module, close };
}

/** A resident of a portal with an address for mail, linked to an account: as the viewer of a request. */
export async function aResident(
  owner: DataSource,
  portalId: string,
  account: { organizationId: string; accountId: string },
): Promise<Resident> {
  const user = await row<{ id: string }>(
    owner,
    `insert into portal_user (portal_id, kind, login, email, password_hash, state)
     values ($1, 'RESIDENT', 'resident' || $2, 'resident' || $2 || '@example.org', '-', 'ACTIVE') returning id`,
    [portalId, account.accountId],
  );
  const userId = user?.id ?? '';
  await rows(
    owner,
    `insert into account_link (organization_id, user_id, account_id, proof) values ($1, $2, $3, 'STAFF')`,
    [account.organizationId, userId, account.accountId],
  );
  return { kind: 'resident', portalId, userId, sessionId: '1', ip: '127.0.0.1', userAgent: '', requestId: '' };
}
