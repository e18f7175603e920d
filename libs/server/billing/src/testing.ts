import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ROLE_PERMISSIONS, type Role } from '@kvartal/auth';
import {
  OutboxModule,
  PlatformModule,
  QueuesModule,
  type Resident,
  type Staff,
  inTransaction,
  row,
  rows,
} from '@kvartal/platform';
import { type TestDatabase, type Town, testDatabase, testRedis } from '@kvartal/platform/testing';
import { DataSource } from 'typeorm';

export { aBill } from './bills/bill.testing';
export { filesOfZip, poppler, savedPdf, textOfPdf } from './documents.testing';

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

type Modules = (new () => object)[];

/** Modules composed over a database and a Redis prefix of the spec's own. */
export interface UnderTest extends TestDatabase {
  module: TestingModule;
  /** Another process of the product over the same database and Redis; the caller closes it. */
  alongside(...modules: Modules): Promise<TestingModule>;
}

/** Composes modules of the product as a process would. `close` takes everything down again. */
export async function underTest(...modules: Modules): Promise<UnderTest> {
  const database = await testDatabase();
  const redis = testRedis();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    DEV_CLOCK: '1',
    FILES_DIR: mkdtempSync(join(tmpdir(), 'kvartal-files-')),
  });
  const alongside = async (...others: Modules) => {
    const composed = await Test.createTestingModule({
      imports: [PlatformModule, TheDatabase.of(database.db), QueuesModule, OutboxModule, ...others],
    }).compile();
    return composed.init();
  };
  const module = await alongside(...modules);
  const close = async () => {
    await module.close();
    await database.close();
  };
  return { ...database, module, alongside, close };
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
    `insert into account_link (created_at, organization_id, user_id, account_id, proof) values (now(), $1, $2, $3, 'STAFF')`,
    [account.organizationId, userId, account.accountId],
  );
  return {
    kind: 'resident',
    portalId,
    userId,
    sessionId: '1',
    ip: '127.0.0.1',
    userAgent: '',
    requestId: '',
  };
}

/** Somebody of the staff of the town's first organisation, as the viewer of a request. */
export async function aStaff(owner: DataSource, { portalId, first }: Town, role: Role): Promise<Staff> {
  const login = role.toLowerCase();
  const user = await row<{ id: string }>(
    owner,
    `insert into portal_user (portal_id, kind, login, email, password_hash, state)
     values ($1, 'STAFF', $2, $2 || '@example.org', '-', 'ACTIVE') returning id`,
    [portalId, login],
  );
  return {
    kind: 'staff',
    portalId,
    userId: user?.id ?? '',
    sessionId: '1',
    memberships: [{ organizationId: first.organizationId, role, permissions: ROLE_PERMISSIONS[role] }],
    ip: '127.0.0.1',
    userAgent: '',
    requestId: '',
  };
}

/** A reading of a register of the town's first house that settles a month, through the ledger's door. */
export async function reads(
  db: DataSource,
  { organizationId, houseId, registerIds }: Town['first'],
  register: number,
  { of, value }: { of: string; value: number },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
       values (now(), tstzrange(now(), null), $1, $2, $3, $4, $4::date + 19, $5::bigint * 1000000, 'SITE')`,
      [organizationId, houseId, registerIds[register], of, value],
    );
  });
}

/** Houses like the town's first one: its accounts, areas, residents and services, without meters. */
export async function moreHouses(owner: DataSource, town: Town['first'], count: number): Promise<string[]> {
  const added: string[] = [];
  for (let at = 1; at <= count; at += 1) {
    const house = await row<{ id: string }>(
      owner,
      `insert into house (organization_id, city, street, number) values ($1, 'Приреченск', 'Речная', $2) returning id`,
      [town.organizationId, at],
    );
    const houseId = house?.id ?? '';
    for (const accountId of town.accountIds) await copyAccount(owner, { town, houseId, accountId, at });
    added.push(houseId);
  }
  return added;
}

async function copyAccount(
  owner: DataSource,
  { town, houseId, accountId, at }: { town: Town['first']; houseId: string; accountId: string; at: number },
): Promise<void> {
  const parameters = [town.organizationId, houseId, accountId, at];
  const copied = await row<{ id: string; premisesId: string; wasPremisesId: string }>(
    owner,
    `with was as (select a.*, p.number as flat from account a
       join premises p on p.organization_id = a.organization_id and p.id = a.premises_id
       where a.organization_id = $1 and a.id = $3),
     room as (insert into premises (organization_id, house_id, kind, number)
       select $1, $2, 'FLAT', flat from was returning id)
     insert into account (organization_id, house_id, premises_id, kind, number, opened_on)
     select $1, $2, room.id, 'PERSON', was.number || lpad($4::text, 3, '0'), was.opened_on from was, room
     returning id, premises_id as "premisesId", (select premises_id from was) as "wasPremisesId"`,
    parameters,
  );
  if (!copied) throw new Error('The account was not copied');
  await rows(
    owner,
    `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known)
     select $1, $2, subject, case subject when 'ACCOUNT' then $4::bigint else $5 end, kind, value, valid, known from fact
     where organization_id = $1 and (subject = 'ACCOUNT' and subject_id = $3 or subject = 'PREMISES' and subject_id = $6)`,
    [town.organizationId, houseId, accountId, copied.id, copied.premisesId, copied.wasPremisesId],
  );
  await rows(
    owner,
    `insert into account_service (organization_id, house_id, account_id, service_id, supplier_id, method, valid, known)
     select $1, $2, $4, service_id, supplier_id, method, valid, known from account_service
     where organization_id = $1 and account_id = $3`,
    [town.organizationId, houseId, accountId, copied.id],
  );
}
