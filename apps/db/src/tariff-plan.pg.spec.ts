import { rows } from '@kvartal/platform';
import {
  type TestDatabase,
  type Town,
  aTown,
  expectBooksBalanced,
  testDatabase,
} from '@kvartal/platform/testing';
import { stateOf } from './testing';

let at: TestDatabase;
let town: Town;

const asRuntime = (sql: string, parameters: readonly unknown[] = []) =>
  rows<{ id: string }>(at.db, sql, parameters);
const asOwner = (sql: string, parameters: readonly unknown[] = []) =>
  rows<{ id: string }>(at.owner, sql, parameters);

beforeAll(async () => {
  at = await testDatabase();
  town = await aTown(at.owner);
});
afterAll(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

it('a plan of a tariff is one, priced above each of its limits, and never rewritten', async () => {
  const { organizationId, services } = town.first;
  const [tariff] = await asOwner('select id from tariff where organization_id = $1 and service_id = $2', [
    organizationId,
    services.COLD_WATER,
  ]);
  const plan = (rest: string) =>
    stateOf(
      asRuntime(
        `insert into tariff_plan (organization_id, tariff_id, known, kind, per_person, limits, prices, over_coefficient)
         values ($1, $2, '[2020-01-01T00:00:00Z,)', ${rest})`,
        [organizationId, tariff?.id],
      ),
    );
  for (const broken of [
    `'MARGINAL', false, '{}', '{}', null`,
    `'MARGINAL', false, '{5,3}', '{1,1}', null`,
    `'MARGINAL', false, '{0,3}', '{1,1}', null`,
    `'WHOLE', false, '{3,5}', '{1}', null`,
    `'WHOLE', false, '{3}', '{-1}', null`,
    `'SOCIAL_NORM', false, '{3}', '{1}', null`,
    `'SOCIAL_NORM', true, '{3,5}', '{1,1}', null`,
    `'DAILY_LIMIT', true, '{3}', '{}', null`,
    `'DAILY_LIMIT', true, '{3}', '{1}', 130000000`,
    `'MARGINAL', false, '{3}', '{1}', 130000000`,
  ])
    expect([broken, await plan(broken)]).toEqual([broken, '23514']);
  const whole = `'DAILY_LIMIT', true, '{140000}', '{}', 130000000`;
  expect(await plan(whole)).toBe('done');
  expect(await plan(whole)).toBe('23P01');
  expect(await stateOf(asRuntime(`update tariff_plan set limits = '{1}'`))).toBe('LG005');
  expect(await stateOf(asRuntime('delete from tariff_plan'))).toBe('42501');
  expect(await stateOf(asOwner('delete from tariff_plan'))).toBe('LG005');
});
