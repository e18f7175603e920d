import { month } from '@kvartal/domain';
import { Refusal, type Staff, inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillIssuing } from '../bills/bills.issuing';
import { BillingModule } from '../billing.module';
import { StatementsQueries } from '../statements/statements.queries';
import { type UnderTest, aStaff, reads, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';
import { PeriodReopenings } from './reopening.service';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');
const WHY = 'Ошибка в показаниях дома';

let at: UnderTest;
let town: Town;
let owner: Staff;
beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  owner = await aStaff(at.owner, town, 'OWNER');
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

const closings = () => at.module.get(Closings);
const queries = () => at.module.get(ClosingQueries);
const reopen = (of = OCTOBER, reason = WHY) =>
  at.module
    .get(PeriodReopenings)
    .reopen(owner, { organizationId: town.first.organizationId, month: of, reason });
const codesOf = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (failure: unknown) =>
      failure instanceof Refusal ? failure.refusals.map(({ code }) => code) : [String(failure)],
  );

async function close(of = OCTOBER, bills = true): Promise<ClosingKey> {
  const key = await closings().start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  await closings().commit('system', key, (await queries().get(key)).digest ?? '', { issue: false });
  if (bills) await at.module.get(BillIssuing).issueAll(key);
  return key;
}

async function correct(register: number, value: number): Promise<void> {
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [town.first.organizationId]);
    await rows(
      tx,
      `update reading set value = $3::bigint * 1000000 where organization_id = $1 and register_id = $2
      and month = '2026-10-01'`,
      [town.first.organizationId, town.first.registerIds[register], value],
    );
  });
}

const waterOf = async ({ closingId }: ClosingKey): Promise<string | undefined> =>
  (
    await row<{ charged: string }>(
      at.owner,
      `select charged from statement_line where closing_id = $1 and account_id = $2 and service_id = $3`,
      [closingId, town.first.accountIds[0], town.first.services.COLD_WATER],
    )
  )?.charged;
const statesOf = async () =>
  (await queries().listPeriods(town.first.organizationId)).map(({ month: of, state }) => `${of} ${state}`);

it('makes another closing of the month; the first stays as it was, and its bills too', async () => {
  await reads(at.db, town.first, 0, { of: '2026-10-01', value: 140 });
  const first = await close();
  await reopen();
  expect(await statesOf()).toEqual(['2026-11 OPEN', '2026-10 CLOSING']);
  // what stands is in force until another one is committed
  const statements = at.module.get(StatementsQueries);
  const [organizationId, accountId] = [town.first.organizationId, town.first.accountIds[0] ?? ''];
  expect(await statements.get(organizationId, accountId, OCTOBER)).toMatchObject({
    closingId: first.closingId,
  });

  await correct(0, 110);
  const second = await close();
  expect([await waterOf(first), await waterOf(second)]).toEqual(['173080', '43270']);
  expect(await statesOf()).toEqual(['2026-11 OPEN', '2026-10 CLOSED']);
  expect(await statements.get(organizationId, accountId, OCTOBER)).toMatchObject({
    closingId: second.closingId,
  });
  const bills = await rows<{ number: string; replaces: string | null; closing: string }>(
    at.owner,
    `select b.number, r.number as replaces, b.closing_id as closing from bill b
     left join bill r on r.organization_id = b.organization_id and r.id = b.replaces_id
     where b.organization_id = $1 and b.account_id = $2 order by b.id`,
    [organizationId, accountId],
  );
  const [was, is] = bills;
  expect(bills).toHaveLength(2);
  expect(was).toMatchObject({ replaces: null, closing: first.closingId });
  expect(is).toEqual({ number: `${was?.number}-2`, replaces: was?.number, closing: second.closingId });
  // the next month begins where the new one ended
  const november = await close(NOVEMBER);
  const opening = await row<{ opening: string }>(
    at.owner,
    'select opening from statement_line where closing_id = $1 and account_id = $2 and service_id = $3',
    [november.closingId, accountId, town.first.services.COLD_WATER],
  );
  expect(opening).toEqual({ opening: '43270' });
});

it('counts only what was issued: a computation that was thrown away leaves no trace on the bills', async () => {
  await closings().discard('system', await closings().start('system', town.first.organizationId, OCTOBER));
  const { closingId } = await close();
  const bills = await rows<{ number: string; replaces: string | null }>(
    at.owner,
    `select b.number, b.replaces_id as replaces from bill b join account a
       on a.organization_id = b.organization_id and a.id = b.account_id and b.number = a.number || '-2610'
     where b.organization_id = $1 and b.closing_id = $2`,
    [town.first.organizationId, closingId],
  );
  expect(bills.length).toBeGreaterThan(0);
  expect(bills.every(({ replaces }) => replaces === null)).toBe(true);
});

it('replaces the latest bill of a month that was closed more than twice', async () => {
  for (const isLast of [false, false, true]) {
    await close();
    if (!isLast) await reopen();
  }
  const bills = await rows<{ number: string; replaces: string | null }>(
    at.owner,
    `select b.number, r.number as replaces from bill b
     left join bill r on r.organization_id = b.organization_id and r.id = b.replaces_id
     where b.organization_id = $1 and b.account_id = $2 order by b.id`,
    [town.first.organizationId, town.first.accountIds[0]],
  );
  const [first, second, third] = bills;
  expect(bills).toHaveLength(3);
  expect(second).toEqual({ number: `${first?.number}-2`, replaces: first?.number });
  expect(third).toEqual({ number: `${first?.number}-3`, replaces: second?.number });
});

it('leaves a record: who, when, why and what stood', async () => {
  const first = await close();
  await reopen();
  const [period] = (await queries().listPeriods(town.first.organizationId)).filter(
    (one) => one.month === OCTOBER,
  );
  expect(period?.reopenings).toEqual([{ reason: WHY, by: 'owner', at: expect.any(Date) }]);
  const told = await row<{ details: object; actor: string }>(
    at.owner,
    `select details, actor from audit_event where action = 'period.reopen'`,
  );
  expect(told).toEqual({
    actor: 'STAFF',
    details: { month: OCTOBER, closingId: first.closingId, reason: WHY },
  });
  await expect(rows(at.owner, 'delete from period_reopening')).rejects.toThrow(/only grows/);
});

it('is refused without a reason, for an open month, and once a later month is closed or being closed', async () => {
  expect(await codesOf(reopen())).toEqual(['PERIOD_STILL_OPEN']);
  await close();
  expect(await codesOf(reopen(OCTOBER, '  '))).toEqual(['REQUIRED']);
  expect(await codesOf(reopen(month('2030-01')))).toEqual(['PERIOD_STILL_OPEN']);
  const key = await closings().start('system', town.first.organizationId, NOVEMBER);
  expect(await codesOf(reopen())).toEqual(['LATER_PERIOD_CLOSED']);
  await closings().discard('system', key);
  expect(await codesOf(reopen())).toEqual(['LATER_PERIOD_CLOSED']);
  await close(NOVEMBER);
  expect(await codesOf(reopen())).toEqual(['LATER_PERIOD_CLOSED']);
  expect(await codesOf(reopen(NOVEMBER))).toEqual([]);
});

it('waits for the bills of what stands', async () => {
  const key = await close(OCTOBER, false);
  expect(await codesOf(reopen())).toEqual(['CLOSING_IN_PROGRESS']);
  await at.module.get(BillIssuing).issueAll(key);
  expect(await codesOf(reopen())).toEqual([]);
});

it('keeps the next month waiting, and takes money in it meanwhile', async () => {
  await close();
  await reopen();
  expect(await codesOf(closings().start('system', town.first.organizationId, NOVEMBER))).toEqual([
    'EARLIER_PERIOD_OPEN',
  ]);
  const period = await inTransaction(at.db, (tx) =>
    row<{ id: string }>(tx, 'select ledger_enter($1) as id', [town.first.organizationId]),
  );
  const open = (await queries().listPeriods(town.first.organizationId)).find(({ state }) => state === 'OPEN');
  expect(period?.id).toBe(open?.id);
});

it('opens once when asked twice at the same moment', async () => {
  await close();
  const both = await Promise.all([codesOf(reopen()), codesOf(reopen())]);
  expect(both.flat()).toEqual(['PERIOD_STILL_OPEN']);
  expect(await rows(at.owner, 'select from period_reopening')).toHaveLength(1);
});

it('does not meet the start of the next month half-way', async () => {
  await close();
  const [opened, started] = await Promise.all([
    codesOf(reopen()),
    codesOf(closings().start('system', town.first.organizationId, NOVEMBER)),
  ]);
  expect([
    [[], ['EARLIER_PERIOD_OPEN']],
    [['LATER_PERIOD_CLOSED'], []],
  ]).toContainEqual([opened, started]);
});

it('is refused by the database itself without a record, or behind a later closed month', async () => {
  await close();
  const open = `update period set state = 'CLOSING' where organization_id = $1 and month = '2026-10-01'`;
  await expect(rows(at.db, open, [town.first.organizationId])).rejects.toThrow(/not opened again/);
  await reopen();
  const forget = `update period set closing_id = null where organization_id = $1 and month = '2026-10-01'`;
  await expect(rows(at.db, forget, [town.first.organizationId])).rejects.toThrow(/has been closed before/);
});
