import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { Clock } from '../clock';
import { OutboxModule, PlatformModule, QueuesModule } from '../platform.module';
import { type TestDatabase, testDatabase, testRedis } from './database';

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
  /** Makes it this moment for everything that asks the clock. */
  itIs(moment: string): Promise<void>;
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
  const itIs = (moment: string) => module.get(Clock).moveTo(new Date(moment));
  return { ...database, module, itIs, close };
}
