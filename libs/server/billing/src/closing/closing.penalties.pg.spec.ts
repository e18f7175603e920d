import { type Month, type Money, civilDate, money, moneyText, month } from '@kvartal/domain';
import { inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillingLedger } from '../ledger';
import { type UnderTest, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';

const [OCTOBER, NOVEMBER, DECEMBER, JANUARY, FEBRUARY] = [
  month('2026-10'),
  month('2026-11'),
  month('2026-12'),
  month('2027-01'),
  month('2027-02'),
];

let at: UnderTest;
let town: Town;
let closings: Closings;
let penaltyId: string;

/** Each account owes 1,588.50 a month for maintenance and nothing else; October's bill is due on 15.11.2026. */
beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  closings = at.module.get(Closings);
  const { organizationId, services } = town.first;
  await rows(
    at.owner,
    `update account_service set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id <> $2`,
    [organizationId, services.MAINT],
  );
  const added = await row<{ id: string }>(
    at.owner,
    `insert into service (organization_id, code, name, unit, service_group, calc_order)
     values ($1, 'PENALTY', 'Пени', '', 'PENALTY', 99) returning id`,
    [organizationId],
  );
  penaltyId = added?.id ?? '';
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

async function computed(of: Month): Promise<ClosingKey> {
  const key = await closings.start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  return key;
}

async function commit(key: ClosingKey): Promise<void> {
  const { digest, state, failure } = await at.module.get(ClosingQueries).get(key);
  if (state !== 'READY') throw new Error(`${state} ${failure}`);
  await closings.commit('system', key, digest ?? '');
}

async function close(...months: Month[]): Promise<string[]> {
  let penalties: string[] = [];
  for (const one of months) {
    const key = await computed(one);
    await commit(key);
    penalties = await penaltiesOf(key);
  }
  return penalties;
}

/** Lines of penalty: which account, its opening, what is charged, its closing. */
async function penaltiesOf({ organizationId, closingId }: ClosingKey): Promise<string[]> {
  const found = await rows<{ account: number; opening: string; charged: string; closing: string }>(
    at.owner,
    `select array_position($3::bigint[], l.account_id) as account, opening, charged, closing
     from statement_line_${closingId} l where organization_id = $1 and service_id = $2 order by account_id`,
    [organizationId, penaltyId, town.first.accountIds],
  );
  const text = (digits: string) => (Number(digits) / 100).toFixed(2);
  return found.map(
    (one) => `${one.account}: ${text(one.opening)} + ${text(one.charged)} = ${text(one.closing)}`,
  );
}

async function lotsOf({ organizationId, closingId }: ClosingKey): Promise<string[]> {
  const found = await rows<{ lot: string }>(
    at.owner,
    `select concat_ws(' ', array_position($3::bigint[], account_id), to_char(month, 'YYYY-MM'), l.due_on, principal, l.accrued,
       array(select day from unnest(paid_lots, paid_on) as p (lot, day) where p.lot = place),
       array(select amount from unnest(paid_lots, paid_amounts) as p (lot, amount) where p.lot = place)) as lot
     from penalty_debtor d cross join
       unnest(service_ids, months, d.due_on, principals, d.accrued) with ordinality
         as l (service_id, month, due_on, principal, accrued, place)
     where organization_id = $1 and closing_id = $2 order by account_id, service_id, month`,
    [organizationId, closingId, town.first.accountIds],
  );
  return found.map(({ lot }) => lot);
}

/** A payment of maintenance in the open month, on the payer's day, and of a month that he names; returns its movement. */
async function pay(account: number, amount: Money, on: string, forMonth?: Month): Promise<string> {
  const { organizationId, accountIds, supplierId, services } = town.first;
  return inTransaction(at.db, async (tx) => {
    const payment = await row<{ id: string }>(
      tx,
      `insert into payment (created_at, organization_id, account_id, order_number, provider, amount, currency, state, posted_at,
         idempotency_key) values (now(), $1, $2, $3, 'OFFICE', $4, 'RUB', 'SUCCEEDED', now(), $3) returning id`,
      [organizationId, accountIds[account - 1], `${account} ${on} ${amount}`, amount],
    );
    const id = payment?.id ?? '';
    await rows(
      tx,
      `insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount) values ($1, $2, $3, $4, $5)`,
      [organizationId, id, services.MAINT, supplierId, amount],
    );
    const source = { kind: 'PAYMENT', id } as const;
    const named = forMonth === undefined ? {} : { forMonth };
    return post(tx, {
      account,
      kind: 'PAYMENT',
      amount: money(`-${moneyText(amount)}`),
      on,
      source,
      ...named,
    });
  });
}

interface Moved {
  account: number;
  kind: 'PAYMENT' | 'REFUND' | 'REVERSAL' | 'RECALCULATION' | 'ADJUSTMENT';
  amount: Money;
  on: string;
  source?: { kind: 'PAYMENT' | 'STAFF'; id: string };
  reverses?: string;
  forMonth?: Month;
}
let sources = 0;

async function post(tx: Parameters<BillingLedger['post']>[0], moved: Moved): Promise<string> {
  const { account, on, source = { kind: 'STAFF', id: String((sources += 1)) }, ...rest } = moved;
  const { organizationId, accountIds, supplierId, services } = town.first;
  const line = {
    organizationId,
    accountId: accountIds[account - 1] ?? '',
    serviceId: services.MAINT,
    supplierId,
  };
  const posted = await at.module
    .get(BillingLedger)
    .post(tx, [{ ...line, ...rest, source, valueDate: civilDate(on) }]);
  return posted.movementIds[0] ?? '';
}
const move = (moved: Moved): Promise<string> => inTransaction(at.db, (tx) => post(tx, moved));

async function moratorium(days: string): Promise<void> {
  await rows(
    at.db,
    `insert into penalty_moratorium (organization_id, country, document, valid, known, created_at)
     values ($1, 'RU', 'Решение', $2, tstzrange(now(), null), now())`,
    [town.first.organizationId, days],
  );
}

it('charges the law’s fraction day by day: unpaid, partly paid, paid late', async () => {
  expect(await close(OCTOBER, NOVEMBER)).toEqual([]);
  await pay(2, money('1000.00'), '2026-12-20');
  await pay(3, money('3177.00'), '2026-12-20');
  expect(await close(DECEMBER)).toEqual([
    // 16 days at 9.5 % / 300 of 1,588.50
    '1: 0.00 + 8.05 = 8.05',
    // 5 days of it, then 11 days of 588.50
    '2: 0.00 + 4.57 = 4.57',
    '3: 0.00 + 2.52 = 2.52',
  ]);
  // the cap ends with 2026: 31 days at 15.5 % / 300, and 17 days of November's debt
  expect(await close(JANUARY)).toEqual([
    '1: 8.05 + 39.39 = 47.44',
    '2: 4.57 + 23.37 = 27.94',
    '3: 2.52 + 0.00 = 2.52',
  ]);
});

it('follows the key rate within a month, and the step to the higher fraction', async () => {
  await rows(
    at.owner,
    `update rate set known = tstzrange(lower(known), now()) where kind = 'KEY_RATE' and upper_inf(valid)`,
  );
  await rows(
    at.owner,
    `insert into rate (country, kind, value, document, valid, known) values
       ('RU', 'KEY_RATE', 15500000, 'Банк России', '[2026-02-16,2027-02-08)', tstzrange(now(), null)),
       ('RU', 'KEY_RATE', 14000000, 'Банк России', '[2027-02-08,)', tstzrange(now(), null))`,
  );
  // October: 69.34 so far less 33.49; November 35.26 less 13.95; December 10.38
  expect((await close(OCTOBER, NOVEMBER, DECEMBER, JANUARY, FEBRUARY))[0]).toBe('1: 47.44 + 67.54 = 114.98');
});

it('accrues nothing on days of a moratorium, which a closing under review hears of', async () => {
  await close(OCTOBER, NOVEMBER, DECEMBER);
  const key = await computed(JANUARY);
  expect((await penaltiesOf(key))[0]).toBe('1: 8.05 + 39.39 = 47.44');
  await moratorium('[2027-01-10,2027-01-21)');
  const queries = at.module.get(ClosingQueries);
  expect(await queries.countDirty(await queries.get(key))).toBe(1);
  await closings.recompute('system', key);
  await at.module.get(ClosingComputing).computeAll(key);
  // 20 days of October's debt, 11 of November's
  expect((await penaltiesOf(key))[0]).toBe('1: 8.05 + 25.44 = 33.49');
  await commit(key);
});

it('takes back what a payment with an earlier day makes too much', async () => {
  await close(OCTOBER, NOVEMBER);
  await pay(2, money('1000.00'), '2026-12-20');
  await close(DECEMBER);
  await pay(2, money('588.50'), '2026-12-16');
  // October 1.77 less 4.57; November 13.95
  expect((await close(JANUARY))[1]).toBe('2: 4.57 + 11.15 = 15.72');
});

it('lets a payment serve the month that it names, and owes that month again where it is taken back', async () => {
  await close(OCTOBER, NOVEMBER);
  const taken = await pay(1, money('1000.00'), '2026-12-10', OCTOBER);
  await pay(1, money('500.00'), '2026-12-10', NOVEMBER);
  const back = { kind: 'REVERSAL', amount: money('1000.00'), on: '2026-12-12', forMonth: OCTOBER } as const;
  await move({ account: 1, ...back, reverses: taken });
  await pay(2, money('1588.50'), '2026-12-10', NOVEMBER);
  await pay(3, money('1588.50'), '2026-12-10');
  const key = await computed(DECEMBER);
  expect(await penaltiesOf(key)).toEqual(['1: 0.00 + 8.05 = 8.05', '2: 0.00 + 8.05 = 8.05']);
  expect(await lotsOf(key)).toEqual([
    '1 2026-10 2026-11-15 158850 805 {} {}',
    '1 2026-11 2026-12-15 158850 0 {2026-12-10} {50000}',
    '2 2026-10 2026-11-15 158850 805 {} {}',
    '3 2026-11 2026-12-15 158850 0 {} {}',
  ]);
  await commit(key);
  // December's 1,588.50 and 11.50 of October
  await pay(2, money('1600.00'), '2027-01-10', DECEMBER);
  expect(await close(JANUARY)).toEqual([
    // 31 days of October's 1,588.50, and 17 of what is left of November's: 1,088.50
    '1: 8.05 + 35.00 = 43.05',
    // 10 days of October's 1,588.50, 21 of 1,577.00
    '2: 8.05 + 25.32 = 33.37',
    '3: 0.00 + 13.95 = 13.95',
  ]);
});

it('counts a reversed payment as one that never came, and a refund from its day on', async () => {
  await close(OCTOBER, NOVEMBER);
  const bounced = await pay(2, money('1000.00'), '2026-12-20');
  await pay(3, money('1588.50'), '2026-12-20');
  expect((await close(DECEMBER)).slice(1)).toEqual(['2: 0.00 + 4.57 = 4.57', '3: 0.00 + 2.52 = 2.52']);
  await move({ account: 2, kind: 'REVERSAL', amount: money('1000.00'), on: '2027-01-10', reverses: bounced });
  await move({ account: 3, kind: 'REFUND', amount: money('1588.50'), on: '2027-01-10' });
  expect((await close(JANUARY)).slice(1)).toEqual([
    // October 33.49 less 4.57, as if nothing had come; November 13.95
    '2: 4.57 + 42.87 = 47.44',
    // from 11.01 on 21 days of October's debt again: 17.23; November 13.95
    '3: 2.52 + 31.18 = 33.70',
  ]);
});

it('lets a corrected charge of an old month never have been owed', async () => {
  await close(OCTOBER, NOVEMBER, DECEMBER);
  await move({
    account: 1,
    kind: 'RECALCULATION',
    amount: money('-588.50'),
    on: '2027-01-20',
    forMonth: OCTOBER,
  });
  // October of 1,000.00 only: 21.08 less 8.05; November 13.95
  expect((await close(JANUARY))[0]).toBe('1: 8.05 + 26.98 = 35.03');
});

it('carries an overpayment on, and makes a debt only of what it does not cover', async () => {
  await close(OCTOBER);
  await pay(1, money('2000.00'), '2026-11-10');
  await close(NOVEMBER);
  await pay(1, money('3000.00'), '2026-12-10');
  const lots: string[][] = [];
  for (const one of [DECEMBER, JANUARY, FEBRUARY]) {
    const key = await computed(one);
    await commit(key);
    lots.push((await lotsOf(key)).filter((lot) => lot.startsWith('1 ')));
  }
  // after December 234.50 are overpaid: of January's 1,588.50 only 1,354.00 are owed
  expect(lots).toEqual([[], [], ['1 2027-01 2027-02-15 135400 0 {} {}']]);
});

it('charges what was held back with a house in the next month, once', async () => {
  await close(OCTOBER, NOVEMBER);
  await pay(3, money('3177.00'), '2026-12-20');
  const key = await computed(DECEMBER);
  const { organizationId, houseId } = town.first;
  await rows(
    at.owner,
    `with decider as (insert into portal_user (portal_id, kind, login, password_hash, state)
       values ($4, 'STAFF', 'accountant', '-', 'ACTIVE') returning id)
     insert into closing_decision (organization_id, closing_id, house_id, choice, reason, decided_by, created_at)
     select $1, $2, $3, 'HOLD', 'нет показаний', id, now() from decider`,
    [organizationId, key.closingId, houseId, town.portalId],
  );
  await moratorium('[2030-01-01,2030-02-01)');
  await closings.recompute('system', key);
  await at.module.get(ClosingComputing).computeAll(key);
  expect(await penaltiesOf(key)).toEqual([1, 2, 3].map((account) => `${account}: 0.00 + 0.00 = 0.00`));
  await commit(key);
  // both months' at once: 8.05 + 39.39 and 2.52
  expect(await close(JANUARY)).toEqual([
    '1: 0.00 + 47.44 = 47.44',
    '2: 0.00 + 47.44 = 47.44',
    '3: 0.00 + 2.52 = 2.52',
  ]);
});

it('keeps nothing of those who pay in time, and nothing where no penalties are charged', async () => {
  await close(OCTOBER);
  for (const account of [1, 2]) await pay(account, money('1588.50'), '2026-11-14');
  const key = await computed(NOVEMBER);
  expect(await lotsOf(key)).toEqual(['3 2026-10 2026-11-15 158850 0 {} {}']);
  await closings.discard('system', key);
  expect(await lotsOf(key)).toEqual([]);
  await rows(at.owner, `update service set service_group = 'OTHER' where id = $1`, [penaltyId]);
  expect(await lotsOf(await computed(NOVEMBER))).toEqual([]);
});

it('lets no debt stand that cannot be one', async () => {
  await close(OCTOBER);
  for (const account of [1, 2]) await pay(account, money('1588.50'), '2026-11-14');
  const { organizationId, closingId } = await computed(NOVEMBER);
  const { first, second } = town;
  const insert = (services: readonly string[], months: string, due = 'array[date $$2026-11-15$$]') =>
    rows(
      at.db,
      `insert into penalty_debtor (organization_id, closing_id, account_id, service_ids, supplier_ids, months, due_on,
         principals, accrued, paid_lots, paid_on, paid_amounts)
       values ($1, $2, $3, $4::bigint[], array_fill($5::bigint, array[cardinality($4::bigint[])]), ${months}, ${due},
         array_fill(100::bigint, array[cardinality($4::bigint[])]), array_fill(0::bigint, array[cardinality($4::bigint[])]), '{}', '{}', '{}')`,
      [organizationId, closingId, first.accountIds[0], services, first.supplierId],
    );
  const own = first.services.MAINT;
  const refused = (code: string) => ({ driverError: { code } });
  const october = 'array[date $$2026-10-01$$]';
  const twice = (days: string) => `array_fill(${days}, array[2])`;
  await expect(insert([second.services.MAINT], october)).rejects.toMatchObject(refused('LG007'));
  await expect(insert([own], 'array[date $$2026-10-02$$]')).rejects.toMatchObject(refused('LG007'));
  await expect(
    insert([own, own], twice('date $$2026-10-01$$'), twice('date $$2026-11-15$$')),
  ).rejects.toMatchObject(refused('LG007'));
  await expect(insert([own, own], october)).rejects.toMatchObject(refused('23514'));
  await expect(insert([own], october, 'array[null::date]')).rejects.toMatchObject(refused('23514'));
  await insert([own], october);
});

it('computes the same again, keeps it once, and lets nobody take it out of the ledger', async () => {
  await close(OCTOBER, NOVEMBER);
  await pay(2, money('1000.00'), '2026-12-20');
  const key = await computed(DECEMBER);
  const queries = at.module.get(ClosingQueries);
  const [first, lots] = [await queries.get(key), await lotsOf(key)];
  expect(lots).toEqual([
    '1 2026-10 2026-11-15 158850 805 {} {}',
    '1 2026-11 2026-12-15 158850 0 {} {}',
    '2 2026-10 2026-11-15 158850 457 {2026-12-20} {100000}',
    '2 2026-11 2026-12-15 158850 0 {} {}',
    '3 2026-10 2026-11-15 158850 805 {} {}',
    '3 2026-11 2026-12-15 158850 0 {} {}',
  ]);
  await moratorium('[2030-01-01,2030-02-01)');
  await closings.recompute('system', key);
  await at.module.get(ClosingComputing).computeAll(key);
  expect(await queries.get(key)).toMatchObject({ state: 'READY', digest: first.digest });
  expect(await lotsOf(key)).toEqual(lots);
  await commit(key);
  expect(await lotsOf(key)).toEqual(lots);
  await expect(rows(at.db, 'delete from penalty_debtor')).rejects.toMatchObject({
    driverError: { code: 'LG003' },
  });
  await expect(rows(at.owner, 'update penalty_debtor set accrued = array[0]')).rejects.toMatchObject({
    driverError: { code: 'LG003' },
  });
});

it('charges a firm’s utilities from the first day late, and its part of the house like everybody’s', async () => {
  const { organizationId, services, accountIds } = town.first;
  await rows(at.owner, `update account set kind = 'LEGAL' where organization_id = $1 and id = $2`, [
    organizationId,
    accountIds[0],
  ]);
  await close(OCTOBER);
  expect(await close(NOVEMBER)).toEqual([]);
  await rows(at.owner, `update service set service_group = 'UTILITY' where id = $1`, [services.MAINT]);
  // October: 46 days at 15.5 % / 130, uncapped; November, due on 15.12: 16 days
  expect((await close(DECEMBER))[0]).toBe('1: 0.00 + 117.42 = 117.42');
});
