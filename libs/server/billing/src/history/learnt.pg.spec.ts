import { civilDate, month, moneyText } from '@kvartal/domain';
import { Clock, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import { Explanations } from '../explaining/explanations.service';
import { HistoryQueries } from './history.queries';

let town: ChargedTown;

beforeEach(async () => {
  town = await ChargedTown.build();
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const key = () => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[0] ?? '',
});
const change = (sql: string, ...values: readonly unknown[]) =>
  rows(town.at.db, sql, [town.first.organizationId, ...values]);
/** Lines of a closed month as they are explained: method and charge. */
async function charged(of = OCTOBER): Promise<string[]> {
  const { lines } = await town.at.module.get(Explanations).ofMonth(key(), of);
  return lines.map((line) => `${line.method} ${moneyText(line.charged)}`);
}

it('keeps until when an account was believed to be open: a closed month and a past day stay as they were', async () => {
  await town.waters('3.5');
  await town.close();
  // 50 m² × 31.77, 3.5 m³ × 43.27 and × 28.15
  const before = await charged();
  expect(before).toEqual(['AREA 1588.50', 'METER 151.45', 'SUM_OF_WATER 98.53']);
  const asOf = async (day: string) =>
    (await town.at.module.get(HistoryQueries).asOf(key(), civilDate(day)))?.closedOn;
  const edited = await rows<{ day: string; next: string }>(
    town.at.owner,
    `select (now() at time zone time_zone)::date::text as day, ((now() at time zone time_zone)::date + 1)::text as next
     from organization where id = $1`,
    [town.first.organizationId],
  );
  const [{ day, next } = { day: '', next: '' }] = edited;
  await change(
    `update account set closed_on = '2026-10-15' where organization_id = $1 and id = $2`,
    key().accountId,
  );
  expect(await charged()).toEqual(before);
  await town.at.module.get(Clock).moveTo(new Date(`${next}T09:00:00Z`));
  expect([await asOf('2026-10-31'), await asOf(day)]).toEqual([null, '2026-10-15']);
  // edited again: what was believed in between is known too
  await change('update account set closed_on = null where organization_id = $1 and id = $2', key().accountId);
  expect(await charged()).toEqual(before);
  const kept = await change(`select valid::text from account_open where organization_id = $1 order by known`);
  expect(kept).toMatchObject([
    { valid: expect.stringMatching(/,\)$/) },
    { valid: expect.stringMatching(/,2026-10-16\)$/) },
  ]);
  // and the closed month is due to be charged anew
  const due = await change(
    `select distinct first_month::text as month, cause from recalculation_due where organization_id = $1 and cause = 'account'`,
  );
  expect(due).toEqual([{ month: '2026-10-01', cause: 'account' }]);
});

it('charges a month by the settings that it was closed with, though they were edited since', async () => {
  await town.close();
  // by the norm: 2 × 4.56 m³ × 43.27
  const before = await charged();
  expect(before[1]).toBe('ESTIMATE_NORM 394.62');
  await change(
    `update organization set settings = settings || '{"charging": {"estimateCoefficient": "1.5"}}' where id = $1`,
  );
  expect(await charged()).toEqual(before);
  await town.close(month('2026-11'));
  // from the first month that was open: half as much again
  expect((await charged(month('2026-11')))[1]).toBe('ESTIMATE_NORM 591.93');
  await change(`update organization set settings = settings - 'charging' where id = $1`);
  expect(await charged()).toEqual(before);
  expect((await charged(month('2026-11')))[1]).toBe('ESTIMATE_NORM 591.93');
});
