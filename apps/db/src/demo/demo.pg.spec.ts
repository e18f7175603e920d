import { type TestDatabase, expectBooksBalanced, testDatabase, testRedis } from '@kvartal/platform/testing';
import { rows } from '@kvartal/platform';
import { runDemo } from './run-demo';

const TOWN = { accounts: 24, seed: 7 };

/** Two towns of one seed: made one after another, and made as large ones are. */
describe('the demo town', () => {
  let ordinary: TestDatabase;
  let bulk: TestDatabase;
  let rulesBefore: unknown;

  const found = <T>(at: TestDatabase, sql: string) => rows<T>(at.owner, sql);
  const rulesOf = (at: TestDatabase) =>
    found(
      at,
      `select conrelid::regclass::text as at, conname as name, pg_get_constraintdef(oid) as rule from pg_constraint
         where connamespace = 'public'::regnamespace and conrelid::regclass::text !~ 'statement_line_'
       union all select tablename, indexname, indexdef from pg_indexes
         where schemaname = 'public' and tablename !~ 'statement_line_' order by 1, 2, 3`,
    );
  const make = async (at: TestDatabase, largeAbove?: number) => {
    const redis = testRedis();
    const env = { DATABASE_URL: at.url, REDIS_URL: redis.url, REDIS_PREFIX: redis.prefix, DEV_CLOCK: '1' };
    Object.assign(process.env, env);
    await runDemo({ ...TOWN, ...(largeAbove === undefined ? {} : { largeAbove }) });
  };

  beforeAll(async () => {
    ordinary = await testDatabase();
    bulk = await testDatabase();
    rulesBefore = await rulesOf(bulk);
    await make(ordinary);
    await make(bulk, 10);
  }, 180_000);
  afterAll(async () => {
    await ordinary.close();
    await bulk.close();
  });

  it('has twelve closed months in every organisation, and books that balance', async () => {
    for (const at of [ordinary, bulk]) {
      expect(
        await found(
          at,
          `select organization_id::int as "id", count(*)::int as n from period where state = 'CLOSED' group by 1 order by 1`,
        ),
      ).toEqual([1, 2, 3].map((id) => ({ id, n: 12 })));
      await expectBooksBalanced(at.owner);
    }
  });

  it('was closed month by month: each started, committed and issued its bills on the first of the next', async () => {
    expect(
      await found(
        ordinary,
        `select b.number from bill b join closing c on (c.organization_id, c.id) = (b.organization_id, b.closing_id)
         join period p on (p.organization_id, p.id) = (b.organization_id, b.period_id)
         where (p.month + interval '1 month')::date not in (b.issued_on, c.created_at::date)
           or b.issued_on <> all (array[c.created_at::date, c.committed_at::date, c.knew_at::date, p.closed_at::date])`,
      ),
    ).toEqual([]);
  });

  it('has people who did what they did on the days that stand in their papers, and nothing from the future', async () => {
    expect(
      await found(
        ordinary,
        `select 'payment' as what, id from payment where value_date <> all (array[created_at::date, posted_at::date])
         union all select 'movement', id from movement where created_at::date <> value_date
         union all select 'reading', id from reading where taken_on <> created_at::date or lower(known) <> created_at
         union all select 'early', id from payment where created_at::date < for_month + interval '1 month'`,
      ),
    ).toEqual([]);
    const [last] = await found<{ month: string; at: string; days: string[] }>(
      ordinary,
      `select to_char(month, 'YYYY-MM') as month, (select max(created_at)::text from (
         select created_at from payment union all select created_at from reading union all select created_at from movement
         union all select created_at from account_link) t) as at from period where state = 'OPEN' limit 1`,
    );
    expect(last && last.at <= `${last.month}-20 09:00:00+00`).toBe(true);
  });

  it('charges penalties to those who pay late, and to nobody else', async () => {
    const charged = await found<{ country: string; accounts: number; least: string }>(
      ordinary,
      `select o.country, count(distinct l.account_id)::int as accounts, min(l.charged) as least
       from statement_line l join service s on (s.organization_id, s.id) = (l.organization_id, l.service_id)
       join organization o on o.id = l.organization_id
       where s.code = 'PENALTY' and l.charged <> 0 group by 1 order by 1`,
    );
    const [all] = await found<{ n: number }>(ordinary, 'select count(*)::int as n from account');
    expect(charged.map(({ country }) => country)).toEqual(['KZ', 'RU']);
    for (const { accounts } of charged) expect(accounts).toBeLessThan((all?.n ?? 0) / 2);
    expect(
      await found(
        ordinary,
        `select d.account_id from penalty_debtor d join service s on s.organization_id = d.organization_id
           and s.id = any(d.service_ids) where s.service_group = 'PENALTY'`,
      ),
    ).toEqual([]);
  });

  it('is the same town each time, however it was made', async () => {
    const contents = (at: TestDatabase) =>
      found(
        at,
        `select md5(string_agg(t, ';' order by t)) as town from (
           select concat_ws(',', a.number, p.month, s.code, l.quantity, l.price, l.opening, l.charged, l.paid, l.closing) as t
           from statement_line l join account a on (a.organization_id, a.id) = (l.organization_id, l.account_id)
           join service s on (s.organization_id, s.id) = (l.organization_id, l.service_id)
           join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id
           union all select concat_ws(',', a.number, y.amount, y.value_date, y.place) from payment y
             join account a on (a.organization_id, a.id) = (y.organization_id, y.account_id)
           union all select concat_ws(',', r.register_id, r.month, r.taken_on, r.value, r.source) from reading r
           union all select concat_ws(',', h.surname, h.given_name, h.company) from holder h) lines`,
      );
    expect(await contents(bulk)).toEqual(await contents(ordinary));
  });

  it('leaves the database as strict as it was', async () => {
    expect(await rulesOf(bulk)).toEqual(rulesBefore);
  });
});
