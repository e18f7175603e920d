import { type Money, civilDate as dateOf, money, moneyText, month } from '@kvartal/domain';
import { Refusal, inTransaction, row, rows } from '@kvartal/platform';
import { TOWN_MONTH, type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillingLedger } from '../ledger';
import { type UnderTest, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');

let at: UnderTest;
let town: Town;
let closings: Closings;
let computing: ClosingComputing;
let queries: ClosingQueries;

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  closings = at.module.get(Closings);
  computing = at.module.get(ClosingComputing);
  queries = at.module.get(ClosingQueries);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

async function read(register: number, of: string, value: string): Promise<void> {
  const { organizationId, houseId, registerIds } = town.first;
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
       values (now(), tstzrange(now(), null), $1, $2, $3, $4, $4::date + 19, $5::numeric * 1000000, 'SITE')`,
      [organizationId, houseId, registerIds[register], of, value],
    );
  });
}

async function pay(account: number, service: string, amount: Money, source: string): Promise<string> {
  const { organizationId, accountIds, supplierId } = town.first;
  return inTransaction(at.db, async (tx) => {
    // money arrives with its payment: the books check that one is the other
    const payment = await row<{ id: string }>(
      tx,
      `insert into payment (created_at, organization_id, account_id, order_number, provider, amount, currency, state, posted_at,
         idempotency_key) values (now(), $1, $2, $3, 'OFFICE', $4, 'RUB', 'SUCCEEDED', now(), $3) returning id`,
      [organizationId, accountIds[account], source, amount],
    );
    const paymentId = payment?.id ?? '';
    await rows(
      tx,
      `insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount)
       values ($1, $2, $3, $4, $5)`,
      [organizationId, paymentId, service, supplierId, amount],
    );
    const { periodId } = await at.module.get(BillingLedger).post(tx, [
      {
        organizationId,
        accountId: accountIds[account] ?? '',
        serviceId: service,
        supplierId,
        kind: 'PAYMENT',
        amount: money(`-${moneyText(amount)}`),
        valueDate: dateOf('2026-10-15'),
        source: { kind: 'PAYMENT', id: paymentId },
      },
    ]);
    return periodId;
  });
}

const codes = (failure: unknown): string[] =>
  failure instanceof Refusal ? failure.refusals.map(({ code }) => code) : [String(failure)];
const refusalOf = (work: Promise<unknown>): Promise<string[]> => work.then(() => [], codes);

async function computed(of = OCTOBER): Promise<ClosingKey> {
  const key = await closings.start('system', town.first.organizationId, of);
  await computing.computeAll(key);
  return key;
}

async function close(of = OCTOBER): Promise<ClosingKey> {
  const key = await computed(of);
  const { digest } = await queries.get(key);
  await closings.commit('system', key, digest ?? '');
  return key;
}

/** Lines of a closing as a table to compare with: account, service, quantity, opening, charged, paid, closing. */
async function linesOf({ organizationId, closingId }: ClosingKey): Promise<string[]> {
  const found = await rows<{ line: string }>(
    at.owner,
    `select concat_ws(' ', array_position($3::bigint[], l.account_id), s.code, l.method, (l.quantity / 1000000.0)::float,
       l.opening / 100.0::float, l.charged / 100.0::float, l.paid / 100.0::float, l.closing / 100.0::float) as line
     from statement_line_${closingId} l join service s on s.organization_id = $1 and s.id = l.service_id
     where l.organization_id = $1 and l.closing_id = $2 order by l.account_id, s.calc_order`,
    [organizationId, closingId, town.first.accountIds],
  );
  return found.map(({ line }) => line);
}

it('closes a month from the start to the commit, to the kopek', async () => {
  await read(0, TOWN_MONTH, '103.5');
  await read(2, TOWN_MONTH, '110');
  await pay(0, town.first.services.MAINT, money('500.00'), 'first');
  const key = await computed();
  const ready = await queries.get(key);
  expect(ready).toMatchObject({ state: 'READY', done: 1, failed: 0, accounts: 3, lines: 9, month: OCTOBER });
  expect([ready.opening, ready.charged, ready.paid, ready.closing].map(moneyText)).toEqual([
    '0.00',
    '6381.03',
    '500.00',
    '5881.03',
  ]);

  await closings.commit('system', key, ready.digest ?? '');

  expect(await queries.get(key)).toMatchObject({ state: 'COMMITTED', digest: ready.digest });
  expect(await linesOf(key)).toEqual([
    '1 MAINT AREA 50 0 1588.5 500 1088.5',
    '1 COLD_WATER METER 3.5 0 151.45 0 151.45',
    '1 SEWERAGE SUM_OF_WATER 3.5 0 98.53 0 98.53',
    '2 MAINT AREA 50 0 1588.5 0 1588.5',
    '2 COLD_WATER ESTIMATE_NORM 9.12 0 394.62 0 394.62',
    '2 SEWERAGE SUM_OF_WATER 9.12 0 256.73 0 256.73',
    '3 MAINT AREA 50 0 1588.5 0 1588.5',
    '3 COLD_WATER METER 10 0 432.7 0 432.7',
    '3 SEWERAGE SUM_OF_WATER 10 0 281.5 0 281.5',
  ]);
  const periods = await queries.listPeriods(town.first.organizationId);
  expect(periods.map(({ month: of, state }) => `${of} ${state}`)).toEqual(['2026-11 OPEN', '2026-10 CLOSED']);
  const told = await rows<{ fact: string; payload: object }>(at.owner, 'select fact, payload from outbox');
  expect(told).toEqual([
    {
      fact: 'PeriodClosed',
      payload: { closingId: key.closingId, periodId: town.first.periodId, month: OCTOBER },
    },
  ]);
});

it('writes down who did what', async () => {
  await closings.discard('system', await computed());
  const key = await close();
  const { digest } = await queries.get(key);
  const written = await rows<{ action: string; actor: string; objectId: string; details: object }>(
    at.owner,
    `select action, actor, object_id as "objectId", details from audit_event where organization_id = $1 order by id`,
    [town.first.organizationId],
  );
  expect(written.map(({ action }) => action)).toEqual([
    'closing.start',
    'closing.discard',
    'closing.start',
    'closing.commit',
  ]);
  expect(written.at(-1)).toEqual({
    action: 'closing.commit',
    actor: 'SYSTEM',
    objectId: key.closingId,
    details: { month: OCTOBER, digest },
  });
});

it('carries balances on, and takes off what was estimated when the meter is read again', async () => {
  await read(0, TOWN_MONTH, '103.5');
  await read(2, TOWN_MONTH, '110');
  await close();
  await pay(1, town.first.services.COLD_WATER, money('394.62'), 'second');
  await read(0, '2026-11-01', '106');
  await read(1, '2026-11-01', '120');
  await read(2, '2026-11-01', '111');
  expect(await linesOf(await close(NOVEMBER))).toEqual([
    '1 MAINT AREA 50 1588.5 1588.5 0 3177',
    '1 COLD_WATER METER 2.5 151.45 108.18 0 259.63',
    '1 SEWERAGE SUM_OF_WATER 2.5 98.53 70.38 0 168.91',
    '2 MAINT AREA 50 1588.5 1588.5 0 3177',
    '2 COLD_WATER METER 10.88 394.62 470.78 394.62 470.78',
    '2 SEWERAGE SUM_OF_WATER 10.88 256.73 306.27 0 563',
    '3 MAINT AREA 50 1588.5 1588.5 0 3177',
    '3 COLD_WATER METER 1 432.7 43.27 0 475.97',
    '3 SEWERAGE SUM_OF_WATER 1 281.5 28.15 0 309.65',
  ]);
});

it('sends money that arrives during the closing to the next month', async () => {
  const key = await computed();
  const posted = await pay(0, town.first.services.MAINT, money('100.00'), 'meanwhile');
  const { digest } = await queries.get(key);
  expect(await queries.countDirty(await queries.get(key))).toBe(0);
  await closings.commit('system', key, digest ?? '');
  const periods = await queries.listPeriods(town.first.organizationId);
  expect(periods.find(({ id }) => id === posted)).toMatchObject({ month: NOVEMBER, state: 'OPEN' });
  const balances = await at.module
    .get(BillingLedger)
    .balances(at.db, town.first.organizationId, town.first.accountIds[0] ?? '');
  expect(balances.map(({ service, balance }) => `${service} ${moneyText(balance)}`)).toEqual([
    'Содержание жилого помещения 1488.50',
    'Холодная вода 394.62',
    'Водоотведение 256.73',
  ]);
});

it('starts once when asked twice at the same moment', async () => {
  const start = () => closings.start('system', town.first.organizationId, OCTOBER);
  const both = await Promise.allSettled([start(), start(), start()]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = both.flatMap((one) => (one.status === 'rejected' ? codes(one.reason) : []));
  expect(refused).toEqual(['CLOSING_IN_PROGRESS', 'CLOSING_IN_PROGRESS']);
});

it('closes months in order, each once', async () => {
  const { organizationId } = town.first;
  expect(await refusalOf(closings.start('system', organizationId, month('2026-12')))).toEqual([
    'PERIOD_NOT_OPEN',
  ]);
  const key = await computed();
  expect(await refusalOf(closings.start('system', organizationId, NOVEMBER))).toEqual([
    'CLOSING_IN_PROGRESS',
  ]);
  await closings.discard('system', key);
  expect(await refusalOf(closings.start('system', organizationId, NOVEMBER))).toEqual([
    'EARLIER_PERIOD_OPEN',
  ]);
  await close();
  expect(await refusalOf(closings.start('system', organizationId, OCTOBER))).toEqual(['PERIOD_NOT_OPEN']);
});

it('commits once when asked twice at the same moment', async () => {
  const key = await computed();
  const { digest } = await queries.get(key);
  const commit = () => closings.commit('system', key, digest ?? '');
  const both = await Promise.allSettled([commit(), commit()]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.flatMap((one) => (one.status === 'rejected' ? codes(one.reason) : []))).toEqual([
    'CLOSING_ENDED',
  ]);
  expect(await refusalOf(commit())).toEqual(['CLOSING_ENDED']);
});

it('does not commit what was not reviewed: a changed reading goes back to review, then passes', async () => {
  await read(0, TOWN_MONTH, '103.5');
  const key = await computed();
  const reviewed = await queries.get(key);
  await read(2, TOWN_MONTH, '110');
  expect(await queries.countDirty(reviewed)).toBe(1);
  await expect(closings.commit('system', key, reviewed.digest ?? '')).rejects.toMatchObject({
    refusals: [{ code: 'CLOSING_CHANGED', params: { houses: 1 } }],
  });
  // now it is only the review that is out of date: no house has changed since
  const stale = await closings
    .commit('system', key, reviewed.digest ?? '')
    .catch((failure: unknown) => failure);
  expect(stale).toMatchObject({ refusals: [{ code: 'CLOSING_CHANGED' }] });
  expect(stale).not.toMatchObject({ refusals: [{ params: expect.anything() }] });
  const again = await queries.get(key);
  expect(again).toMatchObject({ state: 'READY', lines: 9 });
  expect(again.digest).not.toBe(reviewed.digest);
  expect(await queries.countDirty(again)).toBe(0);
  await closings.commit('system', key, again.digest ?? '');
  expect(await linesOf(key)).toContain('3 COLD_WATER METER 10 0 432.7 0 432.7');
});

it('finds the houses of a changed tariff dirty, and computes them again on request', async () => {
  const key = await computed();
  const { organizationId, services, supplierId } = town.first;
  const before = await queries.get(key);
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
      [organizationId, services.MAINT],
    );
    await rows(
      tx,
      `insert into tariff (known, organization_id, service_id, supplier_id, price, document, valid)
       values (tstzrange(now(), null), $1, $2, $3, 32000000, 'Приказ № 2', '[2020-01-01,)')`,
      [organizationId, services.MAINT, supplierId],
    );
  });
  expect(await queries.countDirty(before)).toBe(1);
  await closings.recompute('system', key);
  expect(await queries.get(key)).toMatchObject({ state: 'COMPUTING', done: 0 });
  await computing.computeAll(key);
  const after = await queries.get(key);
  expect(after.state).toBe('READY');
  expect(moneyText(after.charged)).toBe(moneyText(money('6754.05')));
});

it('puts the tax on top of a price that does not hold it, at the rate of the month', async () => {
  const { organizationId, services, supplierId } = town.first;
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
      [organizationId, services.MAINT],
    );
    await rows(
      tx,
      `insert into tariff (known, organization_id, service_id, supplier_id, price, vat_mode, document, valid)
       values (tstzrange(now(), null), $1, $2, $3, 31770000, 'EXCLUSIVE', 'Приказ № 2', '[2020-01-01,)')`,
      [organizationId, services.MAINT, supplierId],
    );
  });
  const lines = await linesOf(await computed());
  // 1,588.50 and 22 %
  expect(lines.filter((line) => line.includes('MAINT'))).toEqual([
    '1 MAINT AREA 50 0 1937.97 0 1937.97',
    '2 MAINT AREA 50 0 1937.97 0 1937.97',
    '3 MAINT AREA 50 0 1937.97 0 1937.97',
  ]);
});

it('refuses to start without a price, and names the service', async () => {
  const { organizationId, services } = town.first;
  await rows(
    at.owner,
    `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
    [organizationId, services.SEWERAGE],
  );
  await rows(
    at.owner,
    `insert into tariff (known, organization_id, service_id, supplier_id, price, document, valid)
     values (tstzrange(now(), null), $1, $2, $3, 28150000, 'до середины месяца', '[2020-01-01,2026-10-15)')`,
    [organizationId, services.SEWERAGE, town.first.supplierId],
  );
  const failure = await closings.start('system', organizationId, OCTOBER).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ refusals: [{ code: 'NO_TARIFF', params: { services: 'Водоотведение' } }] });
});

it('throws a preview away and starts again; the cut stays', async () => {
  const first = await computed();
  const before = await queries.get(first);
  await closings.discard('system', first);
  expect(await refusalOf(closings.discard('system', first))).toEqual(['CLOSING_ENDED']);
  expect(await refusalOf(closings.commit('system', first, before.digest ?? ''))).toEqual(['CLOSING_ENDED']);
  const left = await row(at.owner, 'select from pg_class where relname = $1', [
    `statement_line_${first.closingId}`,
  ]);
  expect(left).toBeUndefined();
  const second = await computed();
  const after = await queries.get(second);
  expect(after).toMatchObject({ state: 'READY', revision: 2, digest: before.digest });
  await closings.commit('system', second, after.digest ?? '');
});

it('leaves its preview alone while it is written, and cares for it as for any table once it is of the ledger', async () => {
  const key = await computed();
  const options = async (): Promise<unknown> => {
    const name = `statement_line_${key.closingId}`;
    const found = await row<{ reloptions: unknown }>(
      at.owner,
      'select reloptions from pg_class where relname = $1',
      [name],
    );
    return found?.reloptions;
  };
  expect(await options()).toEqual(['autovacuum_enabled=false']);
  await closings.commit('system', key, (await queries.get(key)).digest ?? '');
  expect(await options()).toBeNull();
});
