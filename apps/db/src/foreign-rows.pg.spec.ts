import type { DataSource } from 'typeorm';
import { row, rows } from '@kvartal/platform';
import { type TestDatabase, type Town, aTown, testDatabase } from '@kvartal/platform/testing';
import { fillEveryTable, runtimeLogin } from './testing';

interface Reference {
  name: string;
  fromTable: string;
  toTable: string;
  /** Of the row that points, beside its organisation; and of the row that it points at, in the same order. */
  columns: string[];
  keys: string[];
}

/** Every reference between rows of organisations, as the database itself lists them: a new table cannot be forgotten. */
const REFERENCES = `
  select k.conname as name, k.conrelid::regclass::text as "fromTable", k.confrelid::regclass::text as "toTable",
    array_agg(a.attname::text order by place) as columns, array_agg(b.attname::text order by place) as keys
  from pg_constraint k
  cross join lateral unnest(k.conkey, k.confkey) with ordinality as pair(from_number, to_number, place)
  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = from_number
  join pg_attribute b on b.attrelid = k.confrelid and b.attnum = to_number
  where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0
    and array_length(k.conkey, 1) > 1 and a.attname <> 'organization_id'
  group by k.oid order by k.conname`;

const FOREIGN_KEY_VIOLATION = '23503';
/** In PostgreSQL's own words: not allowed, a broken reference; ours begin with LG. */
const REFUSED = /^(42501|23503|LG\d{3})$/;

describe('rows of one organisation never point into another', () => {
  let at: TestDatabase;
  let town: Town;
  let references: Reference[];
  let app: Awaited<ReturnType<typeof runtimeLogin>>;

  beforeAll(async () => {
    at = await testDatabase();
    town = await aTown(at.owner);
    for (const organization of [town.first, town.second]) await fillEveryTable(at.owner, town, organization);
    references = await rows<Reference>(at.owner, REFERENCES);
    app = await runtimeLogin(at);
  });
  afterAll(async () => {
    await app.end();
    await at.close();
  });

  /** The change that turns one row of the first organisation towards a row of the second. */
  async function turning({ fromTable, toTable, columns, keys }: Reference): Promise<[string, unknown[]]> {
    const target = await row<Record<string, unknown>>(
      at.owner,
      `select ${keys.join(', ')} from ${toTable} where organization_id = $1 limit 1`,
      [town.second.organizationId],
    );
    const own = await row<{ ctid: string }>(
      at.owner,
      `select ctid::text from ${fromTable} where organization_id = $1 limit 1`,
      [town.first.organizationId],
    );
    if (!own || !target)
      throw new Error(`fillEveryTable has to give ${own ? toTable : fromTable} a row: it is new`);
    const changes = columns.map((column, place) => `${column} = $${place + 2}`).join(', ');
    return [
      `update ${fromTable} set ${changes} where ctid = $1::tid`,
      [own.ctid, ...keys.map((key) => target[key])],
    ];
  }

  /** Tries a change and takes it back: the SQLSTATE and the constraint that refused, or undefined where nothing did. */
  async function refusalOf(
    db: DataSource,
    before: string,
    [sql, parameters]: [string, unknown[]],
  ): Promise<{ code: string; constraint?: string } | undefined> {
    const runner = db.createQueryRunner();
    await runner.startTransaction();
    try {
      if (before) await runner.query(before);
      await runner.query(sql, parameters);
      await runner.query('set constraints all immediate');
      return undefined;
    } catch (failure) {
      const { code, constraint } = Object(Object(failure).driverError);
      return { code, constraint };
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it('knows the references', () => {
    expect(references.length).toBeGreaterThan(40);
  });

  it('by any reference that there is: the key itself refuses, with every trigger of ours out of the way', async () => {
    for (const reference of references) {
      const off = `alter table ${reference.fromTable} disable trigger user`;
      expect([reference.name, await refusalOf(at.owner, off, await turning(reference))]).toEqual([
        reference.name,
        { code: FOREIGN_KEY_VIOLATION, constraint: reference.name },
      ]);
    }
  });

  it('by the application’s own login neither', async () => {
    for (const reference of references) {
      const refusal = await refusalOf(app.db, '', await turning(reference));
      expect([reference.name, refusal?.code]).toEqual([reference.name, expect.stringMatching(REFUSED)]);
    }
  });

  it('by moving a row over to the other organisation', async () => {
    const tables = [...new Set(references.map(({ fromTable }) => fromTable))];
    for (const table of tables) {
      const off = `alter table ${table} disable trigger user`;
      const move: [string, unknown[]] = [
        `update ${table} set organization_id = $2 where organization_id = $1`,
        [town.first.organizationId, town.second.organizationId],
      ];
      expect([table, (await refusalOf(at.owner, off, move))?.code]).toEqual([
        table,
        expect.stringMatching(/^(23503|23505|23P01)$/),
      ]);
      expect([table, (await refusalOf(app.db, '', move))?.code]).toEqual([
        table,
        expect.stringMatching(/^(42501|23503|23505|23P01|LG\d{3})$/),
      ]);
    }
  });

  it('and every other number of a row is known not to be a reference', async () => {
    const others = await rows<{ name: string }>(
      at.owner,
      `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id')
         and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bigint'::regtype and a.attname like '%\\_id'
         and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey))
       order by 1`,
    );
    expect(others.map(({ name }) => name)).toEqual([
      // who did it and to what: only read by people
      'audit_event.actor_id',
      'audit_event.object_id',
      // checked by `debt_lot_of_its_organization`, a batch at a time
      'debt_lot.account_id',
      'debt_lot.closing_id',
      'debt_lot.organization_id',
      'debt_lot.service_id',
      'debt_lot.supplier_id',
      // of a house, premises, an account or a meter: checked by `fact_of_its_subject`
      'fact.subject_id',
      // a journal; 0 is every house
      'input_change.house_id',
      // of a payment or a person
      'movement.source_id',
      // checked by `penalty_debtor_of_its_organization`, a batch at a time, as are the lists of services and suppliers
      'penalty_debtor.account_id',
      'penalty_debtor.closing_id',
      'penalty_debtor.organization_id',
      // of the row whose change is noted: only read by people
      'recalculation_due.source_id',
      // the ledger has no foreign keys: `closing_attach` refuses what points nowhere
      'statement_line.account_id',
      'statement_line.closing_id',
      'statement_line.house_id',
      'statement_line.organization_id',
      'statement_line.service_id',
      'statement_line.supplier_id',
      'statement_line.tariff_id',
    ]);
  });
});
