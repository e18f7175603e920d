import { rows } from '@kvartal/platform';
import { type TestDatabase, type Town, aTown, testDatabase } from '@kvartal/platform/testing';
import { runtimeLogin, stateOf } from './testing';

/** What api and worker may not do whatever their code says: as a login of the runtime role, which cannot become the owner. */
describe('the application’s own login', () => {
  let at: TestDatabase;
  let town: Town;
  let app: Awaited<ReturnType<typeof runtimeLogin>>;
  beforeAll(async () => {
    at = await testDatabase();
    town = await aTown(at.owner);
    app = await runtimeLogin(at);
  });
  afterAll(async () => {
    await app.end();
    await at.close();
  });
  const asOwner = (sql: string) => rows<{ id: string }>(at.owner, sql);
  const asApp = (sql: string) => rows(app.db, sql);

  it('is the runtime and cannot become more', async () => {
    await expect(asApp('set role postgres')).rejects.toBeDefined();
    for (const sql of [
      `do $$ begin execute format('set role %I', (select tableowner from pg_tables where tablename = 'movement')); end $$`,
      `do $$ begin execute format('set session authorization %I', (select tableowner from pg_tables where tablename = 'movement')); end $$`,
      `set session_replication_role = replica`,
      'create table mine (id bigint)',
      'create schema mine',
      'create function mine() returns int language sql as $$ select 1 $$',
      'create or replace function refuse_ledger_change() returns trigger language plpgsql as $$ begin return new; end $$',
      'alter function refuse_ledger_change() rename to gone',
      'create extension hstore',
    ])
      expect([sql, await stateOf(asApp(sql))]).toEqual([sql, '42501']);
  });

  it.each(['truncate %', 'drop table %', 'alter table % disable trigger all'])(
    'may not: %s, on any table',
    async (form) => {
      const tables = await asOwner(
        `select c.oid::regclass::text as id from pg_class c where c.relnamespace = 'public'::regnamespace
           and c.relkind in ('r', 'p')`,
      );
      expect(tables.length).toBeGreaterThan(30);
      for (const { id } of tables)
        expect([id, await stateOf(asApp(form.replace('%', id)))]).toEqual([id, '42501']);
    },
  );

  it('cannot hide our tables from the rules behind temporary ones of its own', async () => {
    const { organizationId, periodId, houseId, accountIds, services, supplierId } = town.first;
    await asOwner(`update period set state = 'CLOSING'`);
    const runner = app.db.createQueryRunner();
    await runner.query(
      `create temp table period as select organization_id, id, month, 'OPEN' as state from public.period`,
    );
    const money = runner.query(
      `insert into movement (created_at, organization_id, period_id, house_id, account_id, service_id, supplier_id, kind, amount,
         value_date, source_kind, source_id) values (now(), $1, $2, $3, $4, $5, $6, 'ADJUSTMENT', 100, '2026-10-15', 'STAFF', 7)`,
      [organizationId, periodId, houseId, accountIds[0], services.MAINT, supplierId],
    );
    expect(await stateOf(money)).toBe('LG001');
    await runner.query('drop table pg_temp.period');
    await runner.release();
  });

  it('may not drop a constraint, a trigger, an index or a partition', async () => {
    const objects = await asOwner(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as id from pg_constraint
         where connamespace = 'public'::regnamespace and conrelid <> 0
       union all select format('drop trigger %I on %s', tgname, tgrelid::regclass) from pg_trigger where not tgisinternal
       union all select format('drop index %s', indexrelid::regclass) from pg_index
         where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
       union all select format('alter table statement_line detach partition %s', inhrelid::regclass) from pg_inherits
         where inhparent = 'statement_line'::regclass`,
    );
    expect(objects.length).toBeGreaterThan(200);
    for (const { id } of objects) expect([id, await stateOf(asApp(id))]).toEqual([id, '42501']);
  });

  it.each(['movement', 'bill', 'audit_event', 'debt_lot', 'payment_allocation', 'statement_line'])(
    'only lets grow: %s',
    async (table) => {
      expect(await stateOf(asApp(`update ${table} set created_at = now()`))).toMatch(/42501|42703/);
      expect(await stateOf(asApp(`delete from ${table}`))).toBe('42501');
    },
  );
});
