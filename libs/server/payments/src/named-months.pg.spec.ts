import { BillIssuing, ClosingComputing, ClosingQueries, Closings } from '@kvartal/billing';
import { type Month, money, moneyText, month, sum } from '@kvartal/domain';
import { Refusal, type Resident, row, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aResident,
  aTown,
  expectBooksBalanced,
  linked,
  underTest,
} from '@kvartal/platform/testing';
import { PaymentsModule } from './payments.module';
import { PaymentsQueries } from './payments.queries';
import { PaymentsService } from './payments.service';
import { Refunds } from './refunds.service';
import { Settlement } from './settlement.service';
import { Bank } from './testing';

const [OCTOBER, NOVEMBER] = [month('2026-10'), month('2026-11')];

let bank: Bank;
let at: UnderTest;
let town: Town;
let resident: Resident;
let keys = 0;

/** Everybody owes for October, when 3.5 m³ of water were read, and for November by the norm; the oldest debt is paid first. */
beforeAll(async () => {
  bank = await Bank.start('http://127.0.0.1:1');
  at = await underTest(PaymentsModule);
  town = await aTown(at.owner);
  const { organizationId, houseId, registerIds, accountIds } = town.first;
  resident = await aResident(at.owner, town.portalId, 'ivanov');
  for (const accountId of accountIds) await linked(at.owner, resident, { organizationId, accountId });
  await rows(
    at.owner,
    `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
     select now(), tstzrange(now(), null), $1, $2, unnest($3::bigint[]), '2026-10-01', '2026-10-20', 103500000, 'SITE'`,
    [organizationId, houseId, registerIds],
  );
  await rows(
    at.owner,
    `insert into allocation_rule (organization_id, mode, document, valid, known, created_at)
     values ($1, 'FIFO', 'Приказ', '[2026-10-01,2027-01-01)', tstzrange(now(), null), now())`,
    [organizationId],
  );
  for (const one of [OCTOBER, NOVEMBER]) {
    const key = await at.module.get(Closings).start('system', organizationId, one);
    await at.module.get(ClosingComputing).computeAll(key);
    const { digest } = await at.module.get(ClosingQueries).get(key);
    await at.module.get(Closings).commit('system', key, digest ?? '', { issue: false });
    await at.module.get(BillIssuing).issueAll(key);
  }
  await at.itIs('2026-12-05T09:00:00Z');
}, 60_000);
afterEach(() => expectBooksBalanced(at.owner));
afterAll(async () => {
  await at.close();
  bank.stop();
});

interface Named {
  account: number;
  amount: string;
  forMonth?: Month;
  key?: string;
}

const start = ({ account, amount, forMonth, key }: Named) =>
  at.module.get(PaymentsService).start(resident, {
    organizationId: town.first.organizationId,
    accountId: town.first.accountIds[account] ?? '',
    amount: money(amount),
    idempotencyKey: key ?? `key-${(keys += 1)}`,
    ...(forMonth === undefined ? {} : { forMonth }),
  });

/** What a payment did to the lines, in the order of the bill. */
async function pay(named: Named): Promise<{ orderNumber: string; moved: string[] }> {
  const { orderNumber } = await start(named);
  await bank.pay(orderNumber);
  await at.module.get(Settlement).check(orderNumber);
  return { orderNumber, moved: await movedBy(orderNumber) };
}

async function movedBy(orderNumber: string): Promise<string[]> {
  const found = await rows<{ moved: string }>(
    at.owner,
    `select concat_ws(' ', m.kind, s.code, m.amount, to_char(m.for_month, 'YYYY-MM')) as moved from movement m
     join payment p on p.organization_id = m.organization_id and m.source_kind = 'PAYMENT' and m.source_id = p.id
     join service s on s.organization_id = m.organization_id and s.id = m.service_id
     where p.order_number = $1 order by m.id`,
    [orderNumber],
  );
  return found.map(({ moved }) => moved);
}

/** What the closings charged an account for a month. */
async function charged(of: Month): Promise<string[]> {
  const lines = await rows<{ charged: string }>(
    at.owner,
    `select l.charged from statement_line l
     join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id
     join service s on s.organization_id = l.organization_id and s.id = l.service_id
     where l.organization_id = $1 and l.account_id = $2 and to_char(p.month, 'YYYY-MM') = $3 order by s.calc_order`,
    [town.first.organizationId, town.first.accountIds[0], of],
  );
  return lines.map((line) => line.charged);
}

it('pays the newer month where that is named, whoever is owed more for the older, and the oldest where none is', async () => {
  expect(await charged(OCTOBER)).toEqual(['158850', '15145', '9853']);
  expect(await charged(NOVEMBER)).toEqual(['158850', '39462', '25673']);
  const named = await pay({ account: 0, amount: '1000.00', forMonth: NOVEMBER });
  expect(named.moved).toEqual([
    'PAYMENT MAINT -70920 2026-11',
    'PAYMENT COLD_WATER -17618 2026-11',
    'PAYMENT SEWERAGE -11462 2026-11',
  ]);
  // October is owed whole: 1588.50, 151.45 and 98.53
  expect((await pay({ account: 0, amount: '100.00' })).moved).toEqual([
    'PAYMENT MAINT -8640',
    'PAYMENT COLD_WATER -824',
    'PAYMENT SEWERAGE -536',
  ]);
  expect((await pay({ account: 0, amount: '1239.85', forMonth: NOVEMBER })).moved).toEqual([
    'PAYMENT MAINT -87930 2026-11',
    'PAYMENT COLD_WATER -21844 2026-11',
    'PAYMENT SEWERAGE -14211 2026-11',
  ]);
  const { organizationId, accountIds } = town.first;
  const { items } = await at.module.get(PaymentsQueries).ofAccount(organizationId, accountIds[0] ?? '');
  expect(items.map(({ forMonth }) => forMonth)).toEqual([NOVEMBER, null, NOVEMBER]);
});

it('fills the month that two name at once, each kopek of it once', async () => {
  const orders = await Promise.all(
    ['1000.00', '1239.85'].map((amount) => start({ account: 1, amount, forMonth: NOVEMBER })),
  );
  await Promise.all(orders.map(({ orderNumber }) => bank.pay(orderNumber)));
  await Promise.all(orders.map(({ orderNumber }) => at.module.get(Settlement).check(orderNumber)));
  const moved = (await Promise.all(orders.map(({ orderNumber }) => movedBy(orderNumber)))).flat();
  const paid = (code: string) =>
    moneyText(
      sum(
        moved
          .filter((one) => one.includes(` ${code} `))
          .map((one) => money(`${Number(one.split(' ')[2]) / -100}`)),
      ),
    );
  expect(['MAINT', 'COLD_WATER', 'SEWERAGE'].map(paid)).toEqual(['1588.50', '394.62', '256.73']);
  // nothing of November is left: what comes beyond goes to October
  expect((await pay({ account: 1, amount: '100.00', forMonth: NOVEMBER })).moved).toEqual([
    'PAYMENT MAINT -8640 2026-11',
    'PAYMENT COLD_WATER -824 2026-11',
    'PAYMENT SEWERAGE -536 2026-11',
  ]);
});

it('owes the month again that a payment had named when the bank gives it back', async () => {
  const { orderNumber } = await pay({ account: 2, amount: '2239.85', forMonth: NOVEMBER });
  await bank.giveBack(orderNumber);
  expect(await at.module.get(Refunds).check(orderNumber)).toBe(true);
  expect((await movedBy(orderNumber)).slice(3)).toEqual(
    expect.arrayContaining(['REFUND MAINT 158850 2026-11', 'REFUND COLD_WATER 39462 2026-11']),
  );
  expect((await pay({ account: 2, amount: '2239.85', forMonth: NOVEMBER })).moved).toHaveLength(3);
});

it('takes every month that is owed for, also what was charged after the account was closed', async () => {
  const { organizationId, accountIds } = town.first;
  const closedOn = (day: string | null) =>
    rows(at.owner, `update account set closed_on = $3 where organization_id = $1 and id = $2`, [
      organizationId,
      accountIds[2],
      day,
    ]);
  await closedOn('2026-10-15');
  const owed = await rows<{ month: string }>(
    at.owner,
    `select distinct to_char(p.month, 'YYYY-MM') as month from debt_lot l join period p on p.closing_id = l.closing_id
     where l.organization_id = $1 and l.account_id = $2 order by 1`,
    [organizationId, accountIds[2]],
  );
  expect(owed.map((one) => one.month)).toEqual([OCTOBER, NOVEMBER]);
  for (const one of owed)
    expect(await start({ account: 2, amount: '10.00', forMonth: month(one.month) })).toHaveProperty(
      'redirectUrl',
    );
  await closedOn(null);
});

it('refuses a month that has not begun, and one before the books', async () => {
  const refusal = (forMonth: string) =>
    start({ account: 0, amount: '10.00', forMonth: month(forMonth) }).then(
      () => 'started',
      (failure: unknown) => (failure instanceof Refusal ? failure.refusals : failure),
    );
  const outOfRange = [
    { code: 'MONTH_OUT_OF_RANGE', path: ['forMonth'], params: { from: '2026-10', to: '2026-12' } },
  ];
  const count = () => row(at.owner, 'select count(*) as n from payment');
  const before = await count();
  expect(await refusal('2027-01')).toEqual(outOfRange);
  expect(await refusal('2026-09')).toEqual(outOfRange);
  expect(await count()).toEqual(before);
  expect(await refusal('2026-12')).toBe('started');
});

it('takes the same key with another month for another payment', async () => {
  const again = { account: 0, amount: '10.00', key: 'again' };
  const answer = await start({ ...again, forMonth: OCTOBER });
  expect(await start({ ...again, forMonth: OCTOBER })).toEqual(answer);
  await expect(start({ ...again, forMonth: NOVEMBER })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
  await expect(start(again)).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
});

it('divides what names a month as ever where age is not asked about, and remembers what it was for', async () => {
  await rows(
    at.owner,
    `update allocation_rule set known = tstzrange(lower(known), now() + interval '1 second')`,
  );
  const plain = await pay({ account: 1, amount: '100.00' });
  const { moved } = await pay({ account: 1, amount: '100.00', forMonth: NOVEMBER });
  expect(moved).toEqual(plain.moved.map((one) => `${one} 2026-11`));
});
