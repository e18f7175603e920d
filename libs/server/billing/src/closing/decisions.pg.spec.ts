import { money, month, moneyText } from '@kvartal/domain';
import { Clock, Refusal, type Staff, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BooksKeeper } from '../books';
import { type UnderTest, aStaff, moreHouses, reads, underTest } from '../testing';
import { ClosingAnomalies } from './closing.anomalies';
import { ClosingComputing } from './closing.computing';
import { ClosingDecisions } from './closing.decisions';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { agrees } from './closing.testing';
import { Closings } from './closings.service';
import { HeldCharges } from './held.queries';
import { SecondOpinions } from './second-opinion';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');
const DECEMBER = month('2026-12');
const WHY = 'Проверим показания на месте';

let at: UnderTest;
let town: Town;
let staff: Staff;
beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  staff = await aStaff(at.owner, town, 'ACCOUNTANT');
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
const decisions = () => at.module.get(ClosingDecisions);
const anomalies = () => at.module.get(ClosingAnomalies);
const opinions = () => new SecondOpinions(at.db, at.module.get(BooksKeeper), at.module.get(Clock), agrees);
const ALL = { houses: 10, seed: 'all' };
const compute = (key: ClosingKey) => at.module.get(ClosingComputing).computeAll(key);
const account = (place: number) => town.first.accountIds[place] ?? '';
const read = (register: number, of: string, value: number) =>
  reads(at.db, town.first, register, { of, value });
const codesOf = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (failure: unknown) =>
      failure instanceof Refusal ? failure.refusals.map(({ code }) => code) : [String(failure)],
  );

async function started(of = OCTOBER, anyway = false): Promise<ClosingKey> {
  const key = await closings().start('system', town.first.organizationId, of, anyway);
  await compute(key);
  return key;
}
const commit = async (key: ClosingKey, who: Staff | 'system' = staff) =>
  closings().commit(who, key, (await queries().get(key)).digest ?? '');
const close = async (of: typeof OCTOBER) => {
  const key = await started(of);
  await commit(key, 'system');
  return key;
};

/** Lines: account, service, method, quantity, opening, charged, recalculated, closing. */
async function linesOf({ closingId }: ClosingKey, accounts: readonly string[] = town.first.accountIds) {
  const found = await rows<{ line: string }>(
    at.owner,
    `select concat_ws(' ', array_position($2::bigint[], l.account_id), s.code, l.method, (l.quantity / 1000000.0)::float,
       l.opening / 100.0::float, l.charged / 100.0::float, l.recalculated / 100.0::float, l.closing / 100.0::float) as line
     from statement_line_${closingId} l join service s on s.organization_id = l.organization_id and s.id = l.service_id
     where l.organization_id = $1 and l.account_id = any($2) order by l.account_id, s.calc_order`,
    [town.first.organizationId, accounts],
  );
  return found.map(({ line }) => line);
}

/** A second house whose maintenance has a tariff group of its own, without a price. */
async function unpricedHouse(): Promise<{ houseId: string; accounts: string[] }> {
  const [houseId = ''] = await moreHouses(at.owner, town.first, 1);
  await rows(
    at.owner,
    `update account_service set known = tstzrange(lower(known), now())
     where organization_id = $1 and house_id = $2 and service_id = $3`,
    [town.first.organizationId, houseId, town.first.services.MAINT],
  );
  await rows(
    at.owner,
    `insert into account_service (known, organization_id, house_id, account_id, service_id, supplier_id, method, tariff_group, valid)
     select tstzrange(now(), null), $1, $2, a.id, $3, $4, 'AREA', 7, '[2020-01-01,)' from account a
     where a.organization_id = $1 and a.house_id = $2`,
    [town.first.organizationId, houseId, town.first.services.MAINT, town.first.supplierId],
  );
  const accounts = await rows<{ id: string }>(
    at.owner,
    'select id from account where organization_id = $1 and house_id = $2 order by id',
    [town.first.organizationId, houseId],
  );
  return { houseId, accounts: accounts.map(({ id }) => id) };
}

async function price(): Promise<void> {
  await rows(
    at.owner,
    `insert into tariff (known, organization_id, service_id, supplier_id, tariff_group, price, document, valid)
     values (tstzrange(now(), null), $1, $2, $3, 7, 20000000, 'Приказ № 7', '[2020-01-01,)')`,
    [town.first.organizationId, town.first.services.MAINT, town.first.supplierId],
  );
}

describe('a house that cannot be charged', () => {
  it('stops the month, until somebody closes it without the house; both months are charged in the next one', async () => {
    await read(0, '2026-10-01', 110);
    const { houseId, accounts } = await unpricedHouse();
    expect(await codesOf(closings().start('system', town.first.organizationId, OCTOBER))).toEqual([
      'NO_TARIFF',
    ]);
    const key = await started(OCTOBER, true);
    expect(await queries().get(key)).toMatchObject({ state: 'FAILED', done: 1, failed: 1 });
    expect(await codesOf(commit(key))).toEqual(['CLOSING_NOT_READY']);

    await decisions().leaveOut(staff, key, { houseIds: [houseId], reason: 'Тариф утвердят в ноябре' });
    await compute(key);
    expect(await queries().get(key)).toMatchObject({ state: 'READY', done: 2, failed: 0 });
    expect((await linesOf(key, accounts)).slice(0, 3)).toEqual([
      '1 MAINT HELD 0 0 0 0 0',
      '1 COLD_WATER HELD 0 0 0 0 0',
      '1 SEWERAGE HELD 0 0 0 0 0',
    ]);
    expect((await linesOf(key))[0]).toBe('1 MAINT AREA 50 0 1588.5 0 1588.5');
    const { items, total } = await at.module.get(HeldCharges).page(await queries().get(key));
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      houseId,
      accountId: null,
      address: 'Приреченск, Речная, 1',
      reason: 'Тариф утвердят в ноябре',
      by: 'accountant',
    });
    await commit(key);

    await price();
    const november = await started(NOVEMBER);
    // 50 m² × 20.00 a month; cold water by norm 9.12 m³ × 43.27, drainage 9.12 × 28.15, each for October and November
    expect((await linesOf(november, accounts)).slice(0, 3)).toEqual([
      '1 MAINT AREA 50 0 1000 1000 2000',
      '1 COLD_WATER ESTIMATE_NORM 9.12 0 394.62 394.62 789.24',
      '1 SEWERAGE SUM_OF_WATER 9.12 0 256.73 256.73 513.46',
    ]);
    // what is charged late is in the second opinion, and so is what is held
    expect(await opinions().check(november, ALL)).toMatchObject({ houses: 2, lines: 18, differences: [] });
    expect(await opinions().check(key, ALL)).toMatchObject({ houses: 2, lines: 18, differences: [] });
    await commit(november, 'system');
    expect(await opinions().check(november, ALL)).toMatchObject({ houses: 2, lines: 18, differences: [] });
    const late = await rows(at.owner, 'select from late_line where closing_id = $1', [november.closingId]);
    expect(late).toHaveLength(9);
    // and never again
    expect((await linesOf(await close(DECEMBER), accounts))[0]).toBe('1 MAINT AREA 50 2000 1000 0 3000');
  });

  it('waits for as many months as it has to', async () => {
    const { houseId, accounts } = await unpricedHouse();
    for (const one of [OCTOBER, NOVEMBER]) {
      const key = await started(one, true);
      await decisions().leaveOut(staff, key, { houseIds: [houseId], reason: WHY });
      await compute(key);
      await commit(key, 'system');
    }
    await price();
    expect((await linesOf(await close(DECEMBER), accounts))[0]).toBe('1 MAINT AREA 50 0 1000 2000 3000');
  });

  it('is still refused in the next month while its earlier month has no price', async () => {
    const { houseId } = await unpricedHouse();
    const key = await started(OCTOBER, true);
    await decisions().leaveOut(staff, key, { houseIds: [houseId], reason: WHY });
    await compute(key);
    await commit(key, 'system');
    await rows(
      at.owner,
      `insert into tariff (known, organization_id, service_id, supplier_id, tariff_group, price, document, valid)
       values (tstzrange(now(), null), $1, $2, $3, 7, 20000000, 'Приказ № 7', '[2026-11-01,)')`,
      [town.first.organizationId, town.first.services.MAINT, town.first.supplierId],
    );
    const november = await started(NOVEMBER);
    expect((await queries().facade(november)).find((one) => one.houseId === houseId)).toMatchObject({
      state: 'FAILED',
      failure: 'NO_TARIFF: Содержание жилого помещения (2026-10)',
    });
    await closings().discard('system', november);
  });

  it('is left out only where it failed, with a reason, and comes back when the decision is withdrawn', async () => {
    const { houseId } = await unpricedHouse();
    const key = await started(OCTOBER, true);
    const leave = (houseIds: string[], reason: string) =>
      codesOf(decisions().leaveOut(staff, key, { houseIds, reason }));
    expect(await leave([houseId], ' ')).toEqual(['REQUIRED']);
    expect(await leave([houseId], 'а'.repeat(501))).toEqual(['TOO_LONG']);
    expect(await leave([town.first.houseId], WHY)).toEqual(['HOUSE_NOT_FAILED']);
    expect(await leave([], WHY)).toEqual(['HOUSE_NOT_FAILED']);
    expect(await leave([houseId], WHY)).toEqual([]);
    await compute(key);
    const { items } = await at.module.get(HeldCharges).page(await queries().get(key));
    await decisions().withdraw(staff, key, items[0]?.id ?? '');
    await compute(key);
    expect(await queries().get(key)).toMatchObject({ state: 'FAILED', failed: 1 });
    await closings().discard('system', key);
    expect(await leave([houseId], WHY)).toEqual(['CLOSING_ENDED']);
    const told = await rows<{ action: string }>(
      at.owner,
      `select action from audit_event where organization_id = $1 and actor = 'STAFF' order by id`,
      [town.first.organizationId],
    );
    expect(told.map(({ action }) => action)).toEqual(['closing.leave-out', 'closing.withdraw']);
  });
});

describe('a charge that looks wrong', () => {
  /** October by 10 m³ each; in November the first reads 40 m³, the others 10. */
  async function tripled(): Promise<ClosingKey> {
    for (const register of [0, 1, 2]) await read(register, '2026-10-01', 110);
    await close(OCTOBER);
    await read(0, '2026-11-01', 150);
    await read(1, '2026-11-01', 120);
    await read(2, '2026-11-01', 120);
    return started(NOVEMBER);
  }
  const water = () => ({ accountId: account(0), serviceId: town.first.services.COLD_WATER });
  const undecided = (key: ClosingKey) => decisions().countUndecided(at.db, key);

  it('keeps the month open until somebody decides, with a reason', async () => {
    const key = await tripled();
    expect(await undecided(key)).toBe(2);
    await expect(commit(key)).rejects.toMatchObject({
      refusals: [{ code: 'CLOSING_UNDECIDED', params: { count: 2 } }],
    });
    const decide = (lines: { accountId: string; serviceId: string }[] | null, reason = WHY) =>
      decisions().decide(staff, key, { kind: 'TRIPLED_CHARGE', choice: 'CHARGE', reason, lines });
    expect(await codesOf(decide(null, ''))).toEqual(['REQUIRED']);
    expect(await codesOf(decide([{ ...water(), accountId: account(1) }]))).toEqual(['CLOSING_CHANGED']);
    await decide([water()]);
    expect(await undecided(key)).toBe(1);
    const { items } = await anomalies().page(await queries().get(key), 'TRIPLED_CHARGE');
    expect(items.map(({ decision }) => decision?.by ?? null)).toEqual(['accountant', null]);
    await decide(null);
    expect(await undecided(key)).toBe(0);
    await commit(key);
    expect(await queries().get(key)).toMatchObject({ state: 'COMMITTED' });
    expect(await codesOf(decide(null))).toEqual(['CLOSING_ENDED']);
  });

  it('is held for the next month, which charges both; the reading in between counts once', async () => {
    const key = await tripled();
    const decision = { kind: 'TRIPLED_CHARGE' as const, choice: 'HOLD' as const, reason: WHY };
    await decisions().decide(staff, key, { ...decision, lines: null });
    expect(await queries().get(key)).toMatchObject({ state: 'COMPUTING' });
    await compute(key);
    expect((await linesOf(key)).slice(0, 4)).toEqual([
      '1 MAINT AREA 50 1588.5 1588.5 0 3177',
      '1 COLD_WATER HELD 0 432.7 0 0 432.7',
      '1 SEWERAGE HELD 0 281.5 0 0 281.5',
      '2 MAINT AREA 50 1588.5 1588.5 0 3177',
    ]);
    expect(await undecided(key)).toBe(0);
    expect(await opinions().check(key, ALL)).toMatchObject({ houses: 1, lines: 9, differences: [] });
    await commit(key);
    await read(0, '2026-12-01', 155);
    const december = await started(DECEMBER);
    // 40 m³ of November (1,730.80 and 1,126.00) and 5 m³ of December (216.35 and 140.75)
    expect((await linesOf(december)).slice(1, 3)).toEqual([
      '1 COLD_WATER METER 5 432.7 216.35 1730.8 2379.85',
      '1 SEWERAGE SUM_OF_WATER 5 281.5 140.75 1126 1548.25',
    ]);
    await commit(december, 'system');
  });

  it('takes what was estimated for a held month out of the reading that comes after', async () => {
    await read(0, '2026-10-01', 110);
    await close(OCTOBER);
    const key = await started(NOVEMBER);
    await rows(
      at.owner,
      `insert into closing_decision (organization_id, closing_id, house_id, account_id, service_id, supplier_id, anomaly,
         choice, reason, charged, decided_by, created_at)
       values ($1, $2, $3, $4, $5, $6, 'OVER_BOUND', 'HOLD', $7, 1, $8, now())`,
      [
        town.first.organizationId,
        key.closingId,
        town.first.houseId,
        account(0),
        town.first.services.COLD_WATER,
        town.first.supplierId,
        WHY,
        staff.userId,
      ],
    );
    await at.module.get(ClosingComputing).refresh(key, [town.first.houseId]);
    expect((await linesOf(key))[1]).toBe('1 COLD_WATER HELD 0 432.7 0 0 432.7');
    await commit(key, 'system');
    await read(0, '2026-12-01', 125);
    // November by the norm, 9.12 m³ (394.62); December is what is left of 15 m³
    expect((await linesOf(await close(DECEMBER)))[1]).toBe(
      '1 COLD_WATER METER 5.88 432.7 254.43 394.62 1081.75',
    );
  });

  it('needs another decision when its sum changes', async () => {
    const key = await tripled();
    await decisions().decide(staff, key, {
      kind: 'TRIPLED_CHARGE',
      choice: 'CHARGE',
      reason: WHY,
      lines: null,
    });
    await rows(
      at.owner,
      `update reading set value = 160000000 where register_id = $1 and month = '2026-11-01'`,
      [town.first.registerIds[0]],
    );
    await closings().recompute('system', key);
    await compute(key);
    expect(await undecided(key)).toBe(2);
    await closings().discard('system', key);
  });

  it('is asked about over the bound that the organisation sets', async () => {
    const { organizationId } = town.first;
    expect(await codesOf(decisions().setBound(staff, organizationId, money('0.00')))).toEqual([
      'AMOUNT_OUT_OF_RANGE',
    ]);
    expect(await decisions().bound(organizationId)).toBeNull();
    await decisions().setBound(staff, organizationId, money('1500.00'));
    expect(await decisions().bound(organizationId)).toBe(money('1500.00'));
    const key = await started();
    const counts = await anomalies().counts(await queries().get(key));
    expect(counts.find(({ kind }) => kind === 'OVER_BOUND')).toEqual({
      kind: 'OVER_BOUND',
      count: 3,
      undecided: 3,
    });
    const { items } = await anomalies().page(await queries().get(key), 'OVER_BOUND');
    expect(items.map(({ current }) => current && moneyText(current))).toEqual([
      '1588.50',
      '1588.50',
      '1588.50',
    ]);
    await decisions().setBound(staff, organizationId, null);
    expect(await undecided(key)).toBe(0);
    await closings().discard('system', key);
  });

  it('is not a service that grew by little, nor one that was as large two months before', async () => {
    for (const [of, value] of [
      ['2026-10-01', 140],
      ['2026-11-01', 141],
      ['2026-12-01', 181],
    ] as const)
      for (const register of [0, 1, 2]) {
        await read(register, of, value);
        if (register === 2 && of !== '2026-12-01') await close(month(of.slice(0, 7)));
      }
    const key = await started(DECEMBER);
    // 40 m³ after 1 m³, but 40 m³ in October as well
    expect(await undecided(key)).toBe(0);
    await closings().discard('system', key);
  });

  it('is decided once when two people decide at the same moment', async () => {
    const key = await tripled();
    const decide = (choice: 'CHARGE' | 'HOLD') =>
      decisions().decide(staff, key, { kind: 'TRIPLED_CHARGE', choice, reason: WHY, lines: [water()] });
    const both = await Promise.all([codesOf(decide('CHARGE')), codesOf(decide('HOLD'))]);
    const standing = await rows(
      at.owner,
      'select from closing_decision where closing_id = $1 and ended_at is null',
      [key.closingId],
    );
    expect(standing).toHaveLength(1);
    expect([
      [[], []],
      [['CLOSING_NOT_READY'], []],
    ]).toContainEqual(both);
    await compute(key);
    await closings().discard('system', key);
  });

  it('is not committed while somebody takes a decision back at the same moment', async () => {
    const key = await tripled();
    await decisions().decide(staff, key, {
      kind: 'TRIPLED_CHARGE',
      choice: 'CHARGE',
      reason: WHY,
      lines: null,
    });
    const one = await row<{ id: string }>(
      at.owner,
      'select id from closing_decision where closing_id = $1 limit 1',
      [key.closingId],
    );
    const [committed, withdrawn] = await Promise.all([
      codesOf(commit(key)),
      codesOf(decisions().withdraw(staff, key, one?.id ?? '')),
    ]);
    const { state } = await queries().get(key);
    if (state === 'COMMITTED') expect(withdrawn).toEqual(['CLOSING_ENDED']);
    else expect(['CLOSING_CHANGED', 'CLOSING_UNDECIDED']).toContain(committed[0]);
    if (state !== 'COMMITTED') await closings().discard('system', key);
  });
});
