import { type TestDatabase, testDatabase } from '@kvartal/platform/testing';
import { rows } from '@kvartal/platform';

/** Laws that every table obeys, so that nobody has to remember them. */
describe('conventions of the database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const found = (sql: string) =>
    rows<{ name: string }>(database.owner, sql).then((list) => list.map(({ name }) => name));
  const OUR_TABLES = `pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and not c.relispartition and c.relname not in ('migration')`;

  it('keeps no floating point and no numeric: money and quantities are scaled bigint', async () => {
    expect(
      await found(`select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and data_type in ('numeric', 'real', 'double precision', 'money')`),
    ).toEqual([]);
  });

  it('keeps every amount as bigint', async () => {
    expect(
      await found(`select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and data_type <> 'bigint' and column_name in (
          'amount', 'opening', 'charged', 'recalculated', 'underdelivered', 'benefit', 'adjusted', 'paid', 'closing',
          'vat', 'excess', 'price', 'quantity', 'common_quantity', 'value', 'total', 'principal', 'factor')`),
    ).toEqual([]);
  });

  it('leads the key of every row of an organisation with organization_id', async () => {
    expect(
      await found(`select c.relname as name from ${OUR_TABLES}
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and a.attnotnull)
        and exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
        and not exists (
          select from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
          where k.conrelid = c.oid and k.contype = 'p' and a.attname = 'organization_id')
        and c.relname <> 'portal_organization'`),
    ).toEqual([]);
  });

  it('refers from one row of an organisation to another with the organisation in the reference', async () => {
    expect(
      await found(`select k.conname as name from pg_constraint k
        where k.contype = 'f' and k.connamespace = 'public'::regnamespace and array_length(k.conkey, 1) = 1
        and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'organization_id' and a.attnotnull)`),
    ).toEqual([]);
  });

  it('indexes every foreign key', async () => {
    expect(
      await found(`select k.conname as name from pg_constraint k
        where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0
        and not exists (
          select from pg_index i where i.indrelid = k.conrelid
          and (i.indkey::int2[])[0:array_length(k.conkey, 1) - 1] operator(pg_catalog.@>) k.conkey)`),
    ).toEqual([]);
  });

  it('looks nothing of an account up by the month alone', async () => {
    expect(
      await found(`select i.relname as name
        from pg_index x join pg_class i on i.oid = x.indexrelid
        join pg_attribute l on l.attrelid = i.oid and l.attnum = x.indnkeyatts
        join pg_attribute a on a.attrelid = x.indrelid and a.attname = 'account_id'
        where i.relnamespace = 'public'::regnamespace
        and l.attname in ('period_id', 'closing_id', 'held_closing_id', 'month') and x.indnkeyatts = 2`),
    ).toEqual([]);
  });

  it('dates every row', async () => {
    expect(
      await found(`select c.relname as name from ${OUR_TABLES}
        and c.relname <> 'statement_line' -- the ledger's rows are dated by their closing
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'created_at')`),
    ).toEqual([]);
  });

  it('leaves to the product’s clock what people see and what rules go by: nothing of that has a default', async () => {
    expect(
      await found(`select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and column_default is not null and (
          column_name in ('known', 'knew_at', 'given_at', 'seen_at') or column_name = 'created_at' and table_name in (
            'session', 'confirmation', 'consent', 'api_key', 'account_link', 'reading', 'closing', 'movement', 'payment',
            'payment_notice', 'request', 'request_event', 'attachment', 'message', 'audit_event'))`),
    ).toEqual([]);
  });

  it('names every constraint of ours by its rule, never by a counter', async () => {
    expect(
      await found(
        `select conname as name from pg_constraint where connamespace = 'public'::regnamespace and conname ~ '_check\\d*$'`,
      ),
    ).toEqual([]);
  });

  it('gives the runtime no way to define or to truncate', async () => {
    expect(
      await found(
        `select c.relname as name from ${OUR_TABLES} and has_table_privilege('kvartal_runtime', c.oid, 'truncate')`,
      ),
    ).toEqual([]);
    await expect(database.db.query('create table sneaked (id bigint)')).rejects.toThrow(/permission denied/);
  });
});
