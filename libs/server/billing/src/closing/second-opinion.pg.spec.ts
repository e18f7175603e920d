import { month } from '@kvartal/domain';
import { Clock, Refusal, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillIssuing } from '../bills/bills.issuing';
import { BillingModule } from '../billing.module';
import { BooksKeeper } from '../books';
import { type UnderTest, moreHouses, reads, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import { agrees } from './closing.testing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';
import { type SecondOpinion, SecondOpinions } from './second-opinion';

let at: UnderTest;
let town: Town;
beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  await moreHouses(at.owner, town.first, 2);
  await reads(at.db, town.first, 0, { of: '2026-10-01', value: 110 });
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

/** One that finds a kopek more in every water of the first account. */
const differs: SecondOpinion = (house) => ({
  ...agrees(house),
  lines: agrees(house).lines.map((line) =>
    line.accountId === town.first.accountIds[0] && line.serviceId === town.first.services.COLD_WATER
      ? { ...line, charged: line.charged + 1n }
      : line,
  ),
});
const opinions = (opinion: SecondOpinion) =>
  new SecondOpinions(at.db, at.module.get(BooksKeeper), at.module.get(Clock), opinion);
const issue = (key: ClosingKey) => at.module.get(BillIssuing).issueAll(key, false);
const billsOf = ({ closingId }: ClosingKey) =>
  rows(at.owner, 'select from bill where closing_id = $1', [closingId]);

async function computed(): Promise<ClosingKey> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, month('2026-10'));
  await at.module.get(ClosingComputing).computeAll(key);
  return key;
}
const commit = async (key: ClosingKey) =>
  at.module
    .get(Closings)
    .commit('system', key, (await at.module.get(ClosingQueries).get(key)).digest ?? '', { issue: false });

it('keeps what it found, of as many houses as it was asked for', async () => {
  const key = await computed();
  expect(await opinions(agrees).check(key, { houses: 10, seed: 'all' })).toEqual({
    houses: 3,
    lines: 27,
    differences: [],
  });
  expect(await opinions(agrees).check(key, { houses: 1, seed: 'one' })).toMatchObject({
    houses: 1,
    lines: 9,
  });
  expect(await rows(at.owner, 'select from second_opinion')).toHaveLength(2);
  await commit(key);
  expect(await opinions(agrees).check(key, { houses: 10, seed: 'all' })).toMatchObject({
    lines: 27,
    differences: [],
  });
});

it('stops the commit where it differs, and names the line', async () => {
  const key = await computed();
  const found = await opinions(differs).check(key, { houses: 10, seed: 'all' });
  expect(found?.differences).toEqual([
    {
      houseId: town.first.houseId,
      accountId: town.first.accountIds[0],
      serviceId: town.first.services.COLD_WATER,
      supplierId: town.first.supplierId,
      column: 'charged',
      engine: '43270',
      reference: '43271',
    },
  ]);
  const refused = await commit(key).catch((failure: unknown) => failure);
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({
    refusals: [{ code: 'CLOSING_DIFFERS', params: { service: 'Холодная вода' } }],
  });
  // the defect is mended: a later opinion agrees
  await opinions(agrees).check(key, { houses: 10, seed: 'all' });
  await commit(key);
});

it('publishes no bill of a closing that it differs about, until it agrees', async () => {
  const key = await computed();
  await commit(key);
  await opinions(differs).checkLast(10, 'night');
  await issue(key);
  expect(await billsOf(key)).toHaveLength(0);
  await opinions(agrees).checkLast(10, 'next night');
  await issue(key);
  expect(await billsOf(key)).toHaveLength(9);
});

it('finds a line that only one of the two knows', async () => {
  const key = await computed();
  const silent: SecondOpinion = (house) => ({
    ...agrees(house),
    lines: agrees(house).lines.slice(1),
  });
  const found = await opinions(silent).check(key, { houses: 1, seed: 'all' });
  expect(found?.differences).toMatchObject([{ column: 'LINE', engine: 'LINE', reference: null }]);
});

it('does not look at houses that changed after they were computed, nor twice before publication', async () => {
  const key = await computed();
  await reads(at.db, town.first, 1, { of: '2026-10-01', value: 120 });
  expect(await opinions(differs).check(key, { houses: 10, seed: 'all' })).toMatchObject({
    houses: 2,
    differences: [],
  });
  await opinions(differs).checkOnce(key);
  expect(await rows(at.owner, 'select from second_opinion')).toHaveLength(1);
  await at.module.get(Closings).discard('system', key);
  expect(await opinions(agrees).check(key, { houses: 10, seed: 'all' })).toBeUndefined();
});
