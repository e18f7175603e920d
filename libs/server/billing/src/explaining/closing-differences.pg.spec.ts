import { type Month, moneyText, month } from '@kvartal/domain';
import { Refusal, type Staff, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ClosingComputing } from '../closing/closing.computing';
import type { ClosingKey } from '../closing/closing.lock';
import { ClosingQueries } from '../closing/closing.queries';
import { ChargedTown } from '../closing/closing.testing';
import { aStaff, moreHouses } from '../testing';
import { ClosingDifferences, type DifferencePart } from './closing-differences';
import { Explanations } from './explanations.service';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');

let town: ChargedTown;
let staff: Staff;
let otherHouse: string;
beforeEach(async () => {
  town = await ChargedTown.build();
  staff = await aStaff(town.at.owner, town.town, 'ACCOUNTANT');
  [otherHouse = ''] = await moreHouses(town.at.owner, town.first, 1);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const differences = () => town.at.module.get(ClosingDifferences);
const of = async (key: ClosingKey, part: DifferencePart = {}) => {
  const found = await differences().of(await town.at.module.get(ClosingQueries).get(key), part);
  if (!found) throw new RangeError('There is nothing to compare with');
  return found;
};
const told = async (key: ClosingKey, part: DifferencePart = {}) =>
  (await of(key, part)).causes.map(({ cause, amount, lines }) => `${cause} ${moneyText(amount)} ${lines}`);

/** How the maintenance of the first account was charged in a closed month, and what moved it besides. */
async function explained(of: Month): Promise<string[]> {
  const account = { organizationId: town.first.organizationId, accountId: town.first.accountIds[0] ?? '' };
  const serviceId = town.first.services.MAINT;
  const { lines } = await town.at.module.get(Explanations).ofMonth(account, of, { serviceId });
  return lines.flatMap(({ method, charged, movements }) => [
    `${method} ${moneyText(charged)}`,
    ...movements.map(({ kind, amount, forMonth }) => `${kind} ${moneyText(amount)} of ${forMonth}`),
  ]);
}

/** What all lines of a closing add to the balances, minor units. */
async function added({ closingId }: ClosingKey): Promise<bigint> {
  const [found] = await rows<{ added: string }>(
    town.at.owner,
    `select sum(charged + recalculated + underdelivered + benefit + adjusted) as added from statement_line_${closingId}`,
  );
  return BigInt(found?.added ?? 0);
}

/** November after October: maintenance is dearer by 1.23 for 50 m² of each of six accounts, one more lives in the second. */
async function november(): Promise<{ before: ClosingKey; key: ClosingKey }> {
  await town.waters('3', '4', '5');
  const before = await town.close(OCTOBER);
  await town.price(town.first.services.MAINT, 33_000_000, { valid: '[2026-11-01,)' });
  await town.people(1, 'RESIDENTS', 3);
  return { before, key: await town.computed(NOVEMBER) };
}

/** Whatever was found adds up, and to what the books say. */
async function expectWhole({ before, key }: { before: ClosingKey; key: ClosingKey }): Promise<void> {
  const found = await of(key);
  expect(found.explained).toBe(found.houses);
  expect([found.before, found.after]).toEqual([await added(before), await added(key)]);
  expect(found.causes.reduce<bigint>((sum, { amount }) => sum + amount, 0n)).toBe(found.after - found.before);
}

it('tells the whole organisation apart from last month, by causes that add up to the difference', async () => {
  const { before, key } = await november();
  await differences().ask(staff, key);
  expect(await of(key)).toMatchObject({ since: OCTOBER, isAsked: true, houses: 2, explained: 0, causes: [] });
  await differences().explainAll(key);
  await expectWhole({ before, key });
  expect((await told(key, { serviceId: town.first.services.MAINT }))[0]).toBe('TARIFF 369.00 6');
  const causes = (await of(key)).causes.map(({ cause }) => cause);
  expect(causes).toContain('TARIFF');
  expect(causes).not.toContain('OTHER');
  await town.discard(key);
});

it('tells a house, and a service of it', async () => {
  const { key } = await november();
  await differences().ask(staff, key);
  await differences().explainAll(key);
  expect(await told(key, { houseId: otherHouse })).toEqual(['TARIFF 184.50 3']);
  expect(await of(key, { houseId: otherHouse })).toMatchObject({ houses: 1, explained: 1 });
  expect(await told(key, { houseId: otherHouse, serviceId: town.first.services.COLD_WATER })).toEqual([]);
  await town.discard(key);
});

it('tells what is held by a decision, and what is charged of it a month later', async () => {
  const { before, key } = await november();
  await rows(
    town.at.owner,
    `insert into closing_decision (organization_id, closing_id, house_id, account_id, service_id, supplier_id, anomaly,
       choice, reason, charged, decided_by, created_at)
     values ($1, $2, $3, $4, $5, $6, 'OVER_BOUND', 'HOLD', 'Проверим', 1, $7, now())`,
    [
      ...[town.first.organizationId, key.closingId, town.first.houseId, town.first.accountIds[0]],
      ...[town.first.services.MAINT, town.first.supplierId, staff.userId],
    ],
  );
  await town.at.module.get(ClosingComputing).refresh(key, [town.first.houseId]);
  await differences().explainAll(key);
  await expectWhole({ before, key });
  const ofMaintenance = { serviceId: town.first.services.MAINT };
  expect(await told(key, ofMaintenance)).toEqual(['HELD -1650.00 1', 'TARIFF 369.00 6']);
  await town.commit(key);
  expect(await explained(NOVEMBER)).toEqual(['HELD 0.00']);
  const december = await town.computed(month('2026-12'));
  await differences().explainAll(december);
  await expectWhole({ before: key, key: december });
  // what was not charged in November, and November's charge besides
  expect(await told(december, ofMaintenance)).toEqual(['HELD 3300.00 1']);
  await town.commit(december);
  expect(await explained(month('2026-12'))).toEqual(['AREA 1650.00', 'LATE 1650.00 of 2026-11']);
});

it('leaves a house that changed until it is computed again, and tells it again then', async () => {
  const { before, key } = await november();
  await differences().explainAll(key);
  await town.people(2, 'RESIDENTS', 7);
  const was = await told(key);
  await differences().explainAll(key);
  expect(await told(key)).toEqual(was);
  await town.recompute(key);
  expect(await of(key)).toMatchObject({ houses: 2, explained: 1 });
  await differences().explainAll(key);
  await expectWhole({ before, key });
  expect(await told(key)).not.toEqual(was);
  await town.discard(key);
});

it('is asked of a closing under review with a month before it, and of no other', async () => {
  const codes = (key: ClosingKey) =>
    differences()
      .ask(staff, key)
      .then(
        () => [],
        (failure: unknown) =>
          failure instanceof Refusal ? failure.refusals.map(({ code }) => code) : [failure],
      );
  const october = await town.computed(OCTOBER);
  expect(await differences().of(await town.at.module.get(ClosingQueries).get(october))).toBeNull();
  expect(await codes(october)).toEqual(['PERIOD_NOT_CLOSED']);
  await town.commit(october);
  expect(await codes(october)).toEqual(['CLOSING_NOT_READY']);
});

it('is explained once where two workers take it at the same moment', async () => {
  const { before, key } = await november();
  await Promise.all([differences().explainAll(key), differences().explainAll(key)]);
  await differences().explainAll(key);
  await expectWhole({ before, key });
  await town.discard(key);
});
