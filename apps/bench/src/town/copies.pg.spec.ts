import { month } from '@kvartal/domain';
import { type TestDatabase, expectBooksBalanced, testDatabase, testRedis } from '@kvartal/platform/testing';
import { rows } from '@kvartal/platform';
import { connected } from '../connection';
import { closeMonth } from './close-month';
import { type Past, multiplyTown } from './copies';
import { withEngine } from './engine';
import { makeTown } from './town';

/** A house of 75 flats, and one of 5. */
const SMALL = 80;
const TOWN = { accounts: SMALL, services: 10, first: month('2026-08'), months: 3 };

describe('a town that is multiplied from a smaller one', () => {
  let database: TestDatabase;

  const found = <T>(sql: string) => rows<T>(database.owner, sql);
  const multiply = (times: number, past: Past) =>
    multiplyTown({ url: database.url, times, past, say: () => undefined });
  const close = (name: string, issue: boolean) => {
    const redis = testRedis();
    Object.assign(process.env, { REDIS_URL: redis.url });
    return connected(database.url, (client) =>
      withEngine({ url: database.url, prefix: redis.prefix }, (engine) =>
        closeMonth({ engine, client, month: month(name), issue, isAnybodyLate: true }),
      ),
    );
  };
  /** What stands in the lines of a month for each copy of the small town, its accounts counted from the first of the copy. */
  const linesOf = (name: string, accounts: number) =>
    found<{ lines: number; fingerprint: string }>(
      `select count(*)::int as lines, md5(string_agg(concat_ws(' ', (l.account_id - 1) % ${accounts}, service_id, supplier_id, method, tariff_id,
         quantity, price, opening, charged, recalculated, paid, closing), ',' order by l.account_id, service_id, supplier_id)) as fingerprint
       from statement_line l join period p on p.closing_id = l.closing_id and p.month = '${name}-01'
       group by (l.account_id - 1) / ${accounts} order by (l.account_id - 1) / ${accounts}`,
    );
  const rules = () =>
    found(
      `select conrelid::regclass::text as at, conname as name, pg_get_constraintdef(oid) as rule from pg_constraint
         where connamespace = 'public'::regnamespace
       union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
       union all select indrelid::regclass::text, indexrelid::regclass::text, concat(indisvalid, indisready) from pg_index
       union all select oid::regclass::text, 'options', reloptions::text from pg_class where relnamespace = 'public'::regnamespace
       order by 1, 2, 3`,
    );
  /** Foreign keys, by statements that find what points nowhere. */
  const orphans = async () => {
    const keys = await found<{ name: string; sql: string }>(
      `select k.conname as name, format('select from %s a where %s and not exists (select from %s b where %s) limit 1', k.conrelid::regclass,
         string_agg(format('a.%I is not null', m.attname), ' and '), k.confrelid::regclass,
         string_agg(format('a.%I = b.%I', m.attname, t.attname), ' and ')) as sql
       from pg_constraint k cross join lateral unnest(k.conkey, k.confkey) as u(mine, theirs)
       join pg_attribute m on m.attrelid = k.conrelid and m.attnum = u.mine
       join pg_attribute t on t.attrelid = k.confrelid and t.attnum = u.theirs
       where k.contype = 'f' and k.connamespace = 'public'::regnamespace group by k.oid, k.conname`,
    );
    const broken: string[] = [];
    for (const { name, sql } of keys) if ((await found(sql)).length > 0) broken.push(name);
    return broken;
  };
  const ofAll = (times: number, one: object | undefined) => Array.from({ length: times }, () => one);

  beforeAll(async () => {
    database = await testDatabase();
    await connected(database.url, (client) => makeTown(client, TOWN));
    await close('2026-08', true);
  }, 60_000);
  afterAll(() => database.close());

  it('is refused where nobody knows how a larger town would have more of something', async () => {
    await found(
      `insert into sent_change (organization_id, client_key, action, said, created_at) values (1, 'k', 'a', '{}', now())`,
    );
    await expect(multiply(2, 'whole')).rejects.toThrow(
      'sent_change has rows, and nobody knows whether a larger town has more of them',
    );
    await found('delete from sent_change');
    await found(
      `insert into recalculation_due (organization_id, house_id, first_month, cause, source_id) values (1, 1, '2026-08-01', 'account', 1)`,
    );
    await expect(multiply(2, 'whole')).rejects.toThrow('recalculation_due.source_id');
    await found('delete from recalculation_due');
  });

  it('has every closed month in every copy, breaks no rule, and closes the next month as the small one would', async () => {
    const before = await rules();
    const [small] = await linesOf('2026-08', SMALL);
    expect(small?.lines).toBe(SMALL * TOWN.services);
    await multiply(3, 'whole');
    expect(await linesOf('2026-08', SMALL)).toEqual(ofAll(3, small));
    expect(await rules()).toEqual(before);
    expect(await orphans()).toEqual([]);
    await expectBooksBalanced(database.owner);
    await close('2026-09', true);
    const closed = await linesOf('2026-09', SMALL);
    expect(closed).toEqual(ofAll(3, closed[0]));
    await expectBooksBalanced(database.owner);
  });

  it('goes on from the last closing alone where that is all that is copied', async () => {
    await multiply(2, 'recent');
    expect(await linesOf('2026-08', 3 * SMALL)).toHaveLength(1);
    expect(await orphans()).toEqual([]);
    await close('2026-10', false);
    const closed = await linesOf('2026-10', SMALL);
    expect(closed).toEqual(ofAll(6, closed[0]));
    expect(closed[0]?.lines).toBeGreaterThan(SMALL * TOWN.services); // some owe a penalty by now
    expect(
      await found(
        `select c.houses, c.digest = encode(sha256(convert_to(string_agg(h.house_id || ':' || h.digest, ',' order by h.house_id), 'UTF8')), 'hex') as matches
         from closing c join closing_house h on h.closing_id = c.id group by c.id, c.houses, c.digest order by c.id`,
      ),
    ).toEqual([6, 12, 12].map((houses) => ({ houses, matches: true })));
  });
});
