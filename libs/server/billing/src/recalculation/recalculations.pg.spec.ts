import { civilDate, month, quantity } from '@kvartal/domain';
import { NotFound, Refusal, type Staff, inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aColleague, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { ClosingComputing } from '../closing/closing.computing';
import type { ClosingKey } from '../closing/closing.lock';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { type UnderTest, underTest } from '../testing';
import { ReadingCorrections } from './corrections.service';
import { Recalculations } from './recalculations.service';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');

let at: UnderTest;
let town: Town;
let recalculations: Recalculations;

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  recalculations = at.module.get(Recalculations);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

async function enter(sql: string, parameters: readonly unknown[]): Promise<void> {
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [town.first.organizationId]);
    await rows(tx, sql, parameters);
  });
}

async function read(place: number, on: string, value: string): Promise<void> {
  const { organizationId, houseId, registerIds } = town.first;
  await enter(
    `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
     values (now(), tstzrange(now(), null), $1, $2, $3, date_trunc('month', $4::date), $4, $5::numeric * 1000000, 'SITE')`,
    [organizationId, houseId, registerIds[place], on, value],
  );
}

/** Says anew how many live at an account: two as ever, so many since a day. */
async function residents(place: number, count: number, since: string): Promise<void> {
  const { organizationId, houseId, accountIds } = town.first;
  const of = [organizationId, houseId, accountIds[place]];
  await enter(
    `update fact set known = tstzrange(lower(known), now()) where organization_id = $1 and house_id = $2
       and subject = 'ACCOUNT' and subject_id = $3 and kind = 'RESIDENTS' and upper_inf(known)`,
    of,
  );
  await enter(
    `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known)
     select $1, $2, 'ACCOUNT', $3, 'RESIDENTS', n.value * 1000000, n.valid, tstzrange(now(), null)
     from (values (2::bigint, daterange('2020-01-01', $4)), ($5, daterange($4, null))) n(value, valid)`,
    [...of, since, count],
  );
}

async function correct(place: number, on: string, value: string): Promise<void> {
  const { organizationId, houseId, registerIds } = town.first;
  await enter(
    `insert into reading_correction (organization_id, house_id, register_id, month, taken_on, value, document, known, created_at)
     values ($1, $2, $3, date_trunc('month', $4::date), $4, $5::numeric * 1000000, 'Акт сверки', tstzrange(now(), null), now())`,
    [organizationId, houseId, registerIds[place], on, value],
  );
}

async function close(of: typeof OCTOBER): Promise<ClosingKey> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '');
  return key;
}

const run = () => recalculations.run('system', town.first.organizationId);

/** What was posted: account, service, month, sum, in the order of the books. */
async function posted(): Promise<string[]> {
  const found = await rows<{ line: string }>(
    at.owner,
    `select concat_ws(' ', array_position($2::bigint[], m.account_id), s.code, left(m.for_month::text, 7), m.amount / 100.0::float,
       left(p.month::text, 7)) as line
     from movement m join service s on s.organization_id = m.organization_id and s.id = m.service_id
     join period p on p.organization_id = m.organization_id and p.id = m.period_id
     where m.organization_id = $1 and m.kind = 'RECALCULATION' order by m.for_month, m.account_id, s.calc_order, m.id`,
    [town.first.organizationId, town.first.accountIds],
  );
  return found.map(({ line }) => line);
}

it('finds nothing where nothing was learnt about a closed month', async () => {
  await close(OCTOBER);
  await residents(1, 3, '2026-11-01');
  expect(await run()).toEqual({ months: 0, accounts: 0, failures: [] });
  expect(await posted()).toEqual([]);
});

it('posts what a closed month costs otherwise for a resident who was learnt of later, once', async () => {
  await read(0, '2026-10-20', '103.5');
  await close(OCTOBER);
  // the second flat was charged by the norm of two: 394.62 and 256.73; a third since the 16th of October
  await residents(1, 3, '2026-10-16');
  expect(await run()).toEqual({ months: 1, accounts: 1, failures: [] });
  // 4.56 × 16 / 31 = 2.353548 more: 11.473548 × 43.27 = 496.46 and × 28.15 = 322.98
  const once = ['2 COLD_WATER 2026-10 101.84 2026-11', '2 SEWERAGE 2026-10 66.25 2026-11'];
  expect(await posted()).toEqual(once);
  expect(await run()).toEqual({ months: 0, accounts: 0, failures: [] });
  expect(await posted()).toEqual(once);
  const kept = await row<{ causes: unknown; month: string; lines: string }>(
    at.owner,
    `select r.causes, left(r.month::text, 7) as month, (
       select string_agg(concat_ws(' ', l.quantity, l.amount), ', ' order by l.amount desc) from recalculation_line l
       where l.recalculation_id = r.id) as lines from recalculation r`,
  );
  expect(kept).toMatchObject({ month: '2026-10', lines: '2353548 10184, 2353548 6625' });
  expect(kept?.causes).toEqual(expect.arrayContaining([expect.objectContaining({ cause: 'fact' })]));
});

it('comes into the bill of the open month, and stays one when that is closed too', async () => {
  await close(OCTOBER);
  await residents(1, 3, '2026-10-16');
  await run();
  const key = await close(NOVEMBER);
  const [line] = await rows<object>(
    at.owner,
    `select l.recalculated, l.charged from statement_line l join service s on s.organization_id = $1 and s.id = l.service_id
     where l.organization_id = $1 and l.closing_id = $2 and l.account_id = $3 and s.code = 'COLD_WATER'`,
    [town.first.organizationId, key.closingId, town.first.accountIds[1]],
  );
  // November has the norm of three: 13.68 × 43.27
  expect(line).toEqual({ recalculated: '10184', charged: '59193' });
  // what moved into November for October is no part of November's own charge
  await residents(1, 3, '2026-10-16');
  expect(await run()).toEqual({ months: 0, accounts: 0, failures: [] });
});

it('takes a second correction from what the first has made of the month', async () => {
  await close(OCTOBER);
  await residents(1, 3, '2026-10-16');
  await run();
  await residents(1, 2, '2026-10-16');
  await run();
  expect(await posted()).toEqual([
    '2 COLD_WATER 2026-10 101.84 2026-11',
    '2 COLD_WATER 2026-10 -101.84 2026-11',
    '2 SEWERAGE 2026-10 66.25 2026-11',
    '2 SEWERAGE 2026-10 -66.25 2026-11',
  ]);
});

it('moves a corrected reading between the months that it ends and begins', async () => {
  await read(0, '2026-10-20', '110');
  await close(OCTOBER);
  await read(0, '2026-11-20', '116');
  await close(NOVEMBER);
  // it was 104: October has 4 of the 10 cubic metres, November 12 instead of 6
  await correct(0, '2026-10-20', '104');
  expect(await run()).toEqual({ months: 2, accounts: 1, failures: [] });
  expect(await posted()).toEqual([
    '1 COLD_WATER 2026-10 -259.62 2026-12',
    '1 SEWERAGE 2026-10 -168.9 2026-12',
    '1 COLD_WATER 2026-11 259.62 2026-12',
    '1 SEWERAGE 2026-11 168.9 2026-12',
  ]);
});

it('begins the open month where the correction says', async () => {
  await read(0, '2026-10-20', '110');
  await close(OCTOBER);
  await correct(0, '2026-10-20', '104');
  await run();
  await read(0, '2026-11-20', '116');
  const key = await close(NOVEMBER);
  const [line] = await rows<object>(
    at.owner,
    `select l.quantity, l.charged, l.recalculated from statement_line l
     where l.organization_id = $1 and l.closing_id = $2 and l.account_id = $3 and l.service_id = $4`,
    [town.first.organizationId, key.closingId, town.first.accountIds[0], town.first.services.COLD_WATER],
  );
  expect(line).toEqual({ quantity: '12000000', charged: '51924', recalculated: '-25962' });
});

it('charges all accounts anew for a tariff that was learnt of later', async () => {
  await close(OCTOBER);
  const { organizationId, services, supplierId } = town.first;
  await enter(
    `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
    [organizationId, services.MAINT],
  );
  await enter(
    `insert into tariff (known, organization_id, service_id, supplier_id, price, document, valid)
     values (tstzrange(now(), null), $1, $2, $3, 32770000, 'Решение', '[2020-01-01,)')`,
    [organizationId, services.MAINT, supplierId],
  );
  expect(await run()).toEqual({ months: 3, accounts: 3, failures: [] });
  expect(await posted()).toEqual([1, 2, 3].map((account) => `${account} MAINT 2026-10 50 2026-11`));
  expect(await run()).toEqual({ months: 0, accounts: 0, failures: [] });
});

it('posts once though two run at once, and leaves what people have corrected by hand', async () => {
  await close(OCTOBER);
  const { organizationId, houseId, accountIds, services, supplierId } = town.first;
  await enter(
    `insert into movement (created_at, organization_id, period_id, house_id, account_id, service_id, supplier_id, kind, amount,
       value_date, for_month, source_kind, source_id)
     select now(), $1, p.id, $2, $3, $4, $5, 'RECALCULATION', -1000, '2026-11-05', '2026-10-01', 'STAFF', 7
     from period p where p.organization_id = $1 and p.state = 'OPEN'`,
    [organizationId, houseId, accountIds[1], services.COLD_WATER, supplierId],
  );
  await residents(1, 3, '2026-10-16');
  const both = await Promise.all([run(), run()]);
  expect(both.map(({ months }) => months).sort()).toEqual([0, 1]);
  expect(await posted()).toEqual([
    '2 COLD_WATER 2026-10 -10 2026-11',
    '2 COLD_WATER 2026-10 101.84 2026-11',
    '2 SEWERAGE 2026-10 66.25 2026-11',
  ]);
});

it('takes off an absence and an interruption that were told of after the month', async () => {
  await close(OCTOBER);
  const { organizationId, houseId, services } = town.first;
  await enter(
    `insert into account_act (organization_id, house_id, service_id, kind, document, hours, allowed_hours, valid, known, created_at)
     values ($1, $2, $3, 'INTERRUPTION', 'Акт № 9', 20000000, 8000000, '[2026-10-01,2026-11-01)', tstzrange(now(), null), now())`,
    [organizationId, houseId, services.COLD_WATER],
  );
  expect(await run()).toEqual({ months: 3, accounts: 3, failures: [] });
  // 12 hours at 0.15 % of 394.62
  expect(await posted()).toEqual([1, 2, 3].map((account) => `${account} COLD_WATER 2026-10 -7.1 2026-11`));
});

describe('a correction that staff enter', () => {
  let staff: Staff;
  let corrections: ReadingCorrections;
  beforeEach(async () => {
    await read(0, '2026-10-20', '110');
    await close(OCTOBER);
    staff = await aColleague(at.owner, town.portalId, town.first.organizationId);
    corrections = at.module.get(ReadingCorrections);
  });

  const input = () => ({
    organizationId: town.first.organizationId,
    registerId: town.first.registerIds[0] ?? '',
    takenOn: civilDate('2026-10-20'),
    value: quantity('104'),
    document: 'Акт сверки № 2',
    clientKey: 'one',
  });
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => [],
      (failure: unknown) =>
        failure instanceof Refusal
          ? failure.refusals.map(({ code, path = [] }) => `${code} ${path.join('.')}`)
          : [String(failure)],
    );

  it('charges the month anew, once, and again when it is corrected again', async () => {
    await Promise.all([corrections.correct(staff, input()), corrections.correct(staff, input())]);
    await run();
    await corrections.correct(staff, { ...input(), value: quantity('105'), clientKey: 'two' });
    await run();
    expect((await posted()).filter((line) => line.includes('COLD'))).toEqual([
      '1 COLD_WATER 2026-10 -259.62 2026-11',
      '1 COLD_WATER 2026-10 43.27 2026-11',
    ]);
    const kept = await rows<object>(
      at.owner,
      'select upper_inf(known) as stands from reading_correction order by id',
    );
    expect(kept).toEqual([{ stands: false }, { stands: true }]);
  });

  it('is refused by field', async () => {
    const wrong = { ...input(), document: ' ', value: quantity('-1') };
    expect(await refused(corrections.correct(staff, wrong))).toEqual([
      'REQUIRED document',
      'NUMBER_OUT_OF_RANGE value',
    ]);
    const open = { ...input(), takenOn: civilDate('2026-11-20') };
    expect(await refused(corrections.correct(staff, open))).toEqual(['PERIOD_NOT_CLOSED takenOn']);
    const large = { ...input(), value: quantity('100000') };
    expect(await refused(corrections.correct(staff, large))).toEqual(['NUMBER_OUT_OF_RANGE value']);
    await corrections.correct(staff, input());
    expect(await refused(corrections.correct(staff, { ...input(), value: quantity('1') }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED clientKey',
    ]);
    const theirs = { ...input(), registerId: town.second.registerIds[0] ?? '', clientKey: 'two' };
    await expect(corrections.correct(staff, theirs)).rejects.toThrow(NotFound);
  });
});
