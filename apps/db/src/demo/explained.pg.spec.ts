import { BooksKeeper, ComputedMonths, Explanations } from '@kvartal/billing';
import { month as isoMonth } from '@kvartal/domain';
import { type TestDatabase, testDatabase, testRedis } from '@kvartal/platform/testing';
import { rows } from '@kvartal/platform';
import { DEMO_TOWN } from './demo';
import { runDemo } from './run-demo';

/** The town that the launcher makes, whole. */
describe('the demo town’s charges', () => {
  let at: TestDatabase;

  beforeAll(async () => {
    at = await testDatabase();
    const redis = testRedis();
    const env = { DATABASE_URL: at.url, REDIS_URL: redis.url, REDIS_PREFIX: redis.prefix, DEV_CLOCK: '1' };
    Object.assign(process.env, env);
    await runDemo(DEMO_TOWN);
  }, 180_000);
  afterAll(() => at.close());

  it('are explained line by line, every account in every month, and come out to the kopek', async () => {
    const explanations = new Explanations(at.db, new ComputedMonths(new BooksKeeper(at.db)));
    const months = await rows<{ organizationId: string; month: string; houses: string[]; lines: number }>(
      at.owner,
      `select p.organization_id as "organizationId", to_char(p.month, 'YYYY-MM') as month,
         array(select id::text from house h where h.organization_id = p.organization_id) as houses,
         (select count(*)::int from statement_line l
          where l.organization_id = p.organization_id and l.closing_id = p.closing_id) as lines
       from period p where p.state = 'CLOSED' order by 1, 2`,
    );
    expect(months).toHaveLength(36);
    const explained = [];
    for (const { organizationId, month, houses } of months)
      explained.push(await explanations.check(organizationId, isoMonth(month), houses));
    expect(explained).toEqual(months.map(({ lines }) => lines));
    expect(explained.reduce((total, lines) => total + lines, 0)).toBeGreaterThan(20_000);
  });
});
