import { type Month, civilDate, money, moneyText, month } from '@kvartal/domain';
import { inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillIssuing } from '../bills/bills.issuing';
import { ClosingComputing } from '../closing/closing.computing';
import type { ClosingKey } from '../closing/closing.lock';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { BillingLedger, type NewMovement } from '../ledger';
import { type UnderTest, underTest } from '../testing';
import { StatementsQueries } from './statements.queries';

const [OCTOBER, NOVEMBER, DECEMBER, JANUARY] = [
  month('2026-10'),
  month('2026-11'),
  month('2026-12'),
  month('2027-01'),
];
const OWED = ['2026-10 1588.50', '2026-11 1588.50'];

let at: UnderTest;
let town: Town;
let payments = 0;

/** Each account owes 1,588.50 a month for maintenance and nothing else, and penalties are charged; October is closed. */
beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  const { organizationId, services } = town.first;
  await rows(
    at.owner,
    `update account_service set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id <> $2`,
    [organizationId, services.MAINT],
  );
  await rows(
    at.owner,
    `insert into service (organization_id, code, name, unit, service_group, calc_order)
     values ($1, 'PENALTY', 'Пени', '', 'PENALTY', 99)`,
    [organizationId],
  );
  await close(OCTOBER);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

async function computed(of: Month): Promise<ClosingKey> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  return key;
}

async function commit(key: ClosingKey): Promise<void> {
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '', { issue: false });
  await at.module.get(BillIssuing).issueAll(key);
}

async function close(of: Month): Promise<ClosingKey> {
  const key = await computed(of);
  await commit(key);
  return key;
}

const lineOf = (account: number) => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[account - 1] ?? '',
  serviceId: town.first.services.MAINT,
  supplierId: town.first.supplierId,
});

interface Paid {
  account: number;
  amount: string;
  paymentId: string;
  movementId: string;
}

/** A payment of maintenance on the payer's day, and of the month that it names. */
async function pay(account: number, amount: string, on: string, forMonth?: Month): Promise<Paid> {
  const line = lineOf(account);
  const added = await row<{ id: string }>(
    at.db,
    `insert into payment (created_at, organization_id, account_id, order_number, provider, amount, currency, state, posted_at,
       idempotency_key) values (now(), $1, $2, $3, 'OFFICE', $4, 'RUB', 'SUCCEEDED', now(), $3) returning id`,
    [line.organizationId, line.accountId, `payment ${(payments += 1)}`, money(amount)],
  );
  const paymentId = added?.id ?? '';
  await rows(
    at.db,
    `insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount) values ($1, $2, $3, $4, $5)`,
    [line.organizationId, paymentId, line.serviceId, line.supplierId, money(amount)],
  );
  const movementId = await post({
    ...line,
    kind: 'PAYMENT',
    amount: money(`-${amount}`),
    valueDate: civilDate(on),
    source: { kind: 'PAYMENT', id: paymentId },
    ...(forMonth === undefined ? {} : { forMonth }),
  });
  return { account, amount, paymentId, movementId };
}

async function post(movement: NewMovement): Promise<string> {
  const { movementIds } = await inTransaction(at.db, (tx) =>
    at.module.get(BillingLedger).post(tx, [movement]),
  );
  return movementIds[0] ?? '';
}

/** Money that a bank gives back, or that had never come. */
const takeBack = (
  kind: 'REFUND' | 'REVERSAL',
  { account, amount, paymentId, movementId }: Paid,
  on: string,
): Promise<string> =>
  post({
    ...lineOf(account),
    ...{ kind, amount: money(amount), valueDate: civilDate(on), source: { kind: 'PAYMENT', id: paymentId } },
    ...(kind === 'REVERSAL' ? { reverses: movementId } : {}),
  });

/** What an account is told that it owes for which months. */
async function owed(account: number): Promise<string[]> {
  const { organizationId, accountId } = lineOf(account);
  const found = await at.module.get(StatementsQueries).owedMonths(organizationId, accountId);
  return found.map((one) => `${one.month} ${moneyText(one.amount)}`);
}

/** What a closing counts penalties of: what is left of the debts that it knew. */
async function penalised({ organizationId, closingId }: ClosingKey, account: number): Promise<string[]> {
  const found = await rows<{ lot: string }>(
    at.owner,
    `select concat_ws(' ', to_char(l.month, 'YYYY-MM'), ((l.principal - coalesce(p.paid, 0)) / 100)::numeric(20, 2)) as lot
     from penalty_debtor d cross join unnest(months, principals) with ordinality as l (month, principal, place)
     left join lateral (select sum(amount) as paid from unnest(paid_lots, paid_amounts) as p (lot, amount)
       where p.lot = l.place) p on true
     where organization_id = $1 and closing_id = $2 and account_id = $3 and l.principal > coalesce(p.paid, 0) order by month`,
    [organizationId, closingId, lineOf(account).accountId],
  );
  return found.map(({ lot }) => lot);
}

it('owes the oldest month again, not one that another payment of the day had named', async () => {
  await close(NOVEMBER);
  for (const account of [1, 2, 3]) await pay(account, '1000.00', '2026-12-10', NOVEMBER);
  const [first, second, third] = [
    await pay(1, '1000.00', '2026-12-10'),
    await pay(2, '1000.00', '2026-12-10'),
    await pay(3, '1000.00', '2026-12-10'),
  ];
  expect(await owed(1)).toEqual(['2026-10 588.50', '2026-11 588.50']);
  await takeBack('REFUND', first, '2026-12-20');
  const expected = ['2026-10 1588.50', '2026-11 588.50'];
  expect(await owed(1)).toEqual(expected);
  const december = await close(DECEMBER);
  expect(await penalised(december, 1)).toEqual(expected);
  await takeBack('REFUND', second, '2027-01-20');
  await takeBack('REVERSAL', third, '2027-01-20');
  const january = await close(JANUARY);
  for (const account of [2, 3]) {
    expect(await penalised(january, account)).toEqual([...expected, '2026-12 1588.50']);
    expect(await owed(account)).toEqual([...expected, '2026-12 1588.50', '2027-01 1588.50']);
  }
});

it('owes no older month again for one that was paid by name and is forgotten: it is due with the next bill', async () => {
  await close(NOVEMBER);
  const taken = [
    await pay(1, '1588.50', '2026-12-10', NOVEMBER),
    await pay(2, '1588.50', '2026-12-10', NOVEMBER),
  ];
  for (const account of [1, 2]) await pay(account, '500.00', '2026-12-10');
  const december = await close(DECEMBER);
  for (const account of [1, 2]) expect(await penalised(december, account)).toEqual(['2026-10 1088.50']);
  for (const [place, one] of taken.entries())
    await takeBack(place ? 'REVERSAL' : 'REFUND', one, '2027-01-20');
  expect(await owed(1)).toEqual(['2026-10 1088.50', '2026-11 1588.50', '2026-12 1588.50']);
  const january = await close(JANUARY);
  for (const account of [1, 2])
    expect(await penalised(january, account)).toEqual(['2026-10 1088.50', '2026-12 1588.50']);
  const february = await computed(month('2027-02'));
  for (const account of [1, 2])
    expect(await penalised(february, account)).toEqual([
      '2026-10 1088.50',
      '2026-12 1588.50',
      '2027-01 3177.00',
    ]);
});

it('lets what named a month before it was charged serve the oldest, and takes it back from there', async () => {
  await close(NOVEMBER);
  const taken = [
    await pay(1, '1000.00', '2026-12-10', DECEMBER),
    await pay(2, '1000.00', '2026-12-10', DECEMBER),
  ];
  for (const account of [1, 2]) expect(await owed(account)).toEqual(['2026-10 588.50', '2026-11 1588.50']);
  await close(DECEMBER);
  for (const account of [1, 2]) await pay(account, '500.00', '2027-01-10', DECEMBER);
  for (const [place, one] of taken.entries())
    await takeBack(place ? 'REVERSAL' : 'REFUND', one, '2027-01-20');
  const expected = [...OWED, '2026-12 1088.50'];
  for (const account of [1, 2]) expect(await owed(account)).toEqual(expected);
  const january = await computed(JANUARY);
  for (const account of [1, 2]) expect(await penalised(january, account)).toEqual(expected);
});

it('lets what names the month that is being closed serve the oldest, everywhere', async () => {
  const november = await computed(NOVEMBER);
  const paid = await pay(1, '1000.00', '2026-12-03', NOVEMBER);
  expect(await owed(1)).toEqual(['2026-10 588.50']);
  await commit(november);
  expect(await owed(1)).toEqual(['2026-10 588.50', '2026-11 1588.50']);
  // once it is charged, its name is heard
  await pay(2, '1000.00', '2026-12-03', NOVEMBER);
  expect(await owed(2)).toEqual(['2026-10 1588.50', '2026-11 588.50']);
  const december = await close(DECEMBER);
  expect(await penalised(december, 1)).toEqual(['2026-10 588.50', '2026-11 1588.50']);
  expect(await penalised(december, 2)).toEqual(['2026-10 1588.50', '2026-11 588.50']);
  await takeBack('REVERSAL', paid, '2027-01-10');
  expect(await owed(1)).toEqual([...OWED, '2026-12 1588.50']);
  expect(await penalised(await computed(JANUARY), 1)).toEqual([...OWED, '2026-12 1588.50']);
});
