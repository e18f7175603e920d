import { month } from '@kvartal/domain';
import { row } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { type UnderTest, moreHouses, reads, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';

const HOUSES = 12;
const ONE_HOUSE = 1;

let at: UnderTest;
let town: Town;
beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  await moreHouses(at.owner, town.first, HOUSES - 1);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

/** One digest of all columns of all lines of a preview, but the number of the closing. */
async function bytesOf({ closingId }: ClosingKey): Promise<string> {
  const found = await row<{ digest: string; lines: number }>(
    at.owner,
    `select count(*)::int as lines, encode(sha256(convert_to(string_agg((to_jsonb(l) - 'closing_id')::text, ','
       order by account_id, service_id, supplier_id), 'UTF8')), 'hex') as digest from statement_line_${closingId} l`,
  );
  expect(found?.lines).toBe(HOUSES * 9);
  return found?.digest ?? '';
}

/** The month of October computed by so many workers at once, each a process of its own over the same database. */
async function computedBy(workers: number): Promise<{ bytes: string; digest: string | null }> {
  const closings = at.module.get(Closings);
  const key = await closings.start('system', town.first.organizationId, month('2026-10'));
  const others = await Promise.all(Array.from({ length: workers - 1 }, () => at.alongside(BillingModule)));
  const work = async (computing: ClosingComputing) => {
    while ((await computing.computeBatch(key, ONE_HOUSE)) === 'MORE');
  };
  await Promise.all([at.module, ...others].map((module) => work(module.get(ClosingComputing))));
  await Promise.all(others.map((module) => module.close()));
  const { digest, state } = await at.module.get(ClosingQueries).get(key);
  expect(state).toBe('READY');
  const bytes = await bytesOf(key);
  await closings.discard('system', key);
  return { bytes, digest };
}

it('comes to the same bytes by one worker and by four', async () => {
  await reads(at.db, town.first, 0, { of: '2026-10-01', value: 110 });
  await reads(at.db, town.first, 1, { of: '2026-10-01', value: 131 });
  const byOne = await computedBy(1);
  expect(await computedBy(4)).toEqual(byOne);
  expect(byOne.digest).toMatch(/^[0-9a-f]{64}$/);
});
