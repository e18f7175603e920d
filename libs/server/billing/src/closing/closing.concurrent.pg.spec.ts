import { type Month, addMonths, civilDate, firstDay, moneyOf, month } from '@kvartal/domain';
import { Refusal, inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillingLedger } from '../ledger';
import { type UnderTest, moreHouses, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';

const FIRST = month('2026-10');
const MONTHS = 4;
const PAYERS = 6;

let at: UnderTest;
let town: Town;
let accounts: string[];

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  await moreHouses(at.owner, town.first, 3);
  const found = await rows<{ id: string }>(at.owner, 'select id from account where organization_id = $1', [
    town.first.organizationId,
  ]);
  accounts = found.map(({ id }) => id);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

/** A small sequence that looks random and is the same each time. */
function* numbers(seed: number): Generator<number, never> {
  for (let value = seed; ; value = (value * 48_271) % 2_147_483_647) yield value;
}

/** Pays into random accounts until told to stop. Returns what was acknowledged, in minor units. */
async function payUntil(stopped: () => boolean, payer: number): Promise<bigint> {
  const { organizationId, services, supplierId } = town.first;
  const random = numbers(payer + 1);
  let acknowledged = 0n;
  for (let place = 1; !stopped(); place += 1) {
    const amount = BigInt((random.next().value % 5000) + 1);
    const accountId = accounts[random.next().value % accounts.length] ?? '';
    await inTransaction(at.db, (tx) =>
      at.module.get(BillingLedger).post(tx, [
        {
          organizationId,
          accountId,
          serviceId: services.MAINT,
          supplierId,
          kind: 'PAYMENT',
          amount: moneyOf(-amount),
          valueDate: civilDate('2026-10-15'),
          source: { kind: 'PAYMENT', id: String(payer * 1_000_000 + place) },
        },
      ]),
    );
    acknowledged += amount;
  }
  return acknowledged;
}

/** A reading of the month that is being closed, sent again and again: it makes its house dirty each time. */
async function read(of: Month, value: number): Promise<void> {
  const { organizationId, houseId, registerIds } = town.first;
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `update reading set state = 'SUPERSEDED', settles = false where organization_id = $1 and register_id = $2 and month = $3`,
      [organizationId, registerIds[0], firstDay(of)],
    );
    await rows(
      tx,
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source, version)
       values (now(), tstzrange(now(), null), $1, $2, $3, $4, $4::date + 19, $5::bigint * 1000000, 'SITE', $5)`,
      [organizationId, houseId, registerIds[0], firstDay(of), value],
    );
  });
}

async function close(of: Month): Promise<void> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, of);
  await Promise.all([
    at.module.get(ClosingComputing).computeAll(key),
    at.module.get(ClosingComputing).computeAll(key),
  ]);
  for (let review = 1; ; review += 1) {
    const { digest } = await at.module.get(ClosingQueries).get(key);
    if (review <= 2) await read(of, Number(of.slice(5)) * 100 + review);
    try {
      return await at.module.get(Closings).commit('system', key, digest ?? '', { chargesUndecided: true });
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.message !== 'CLOSING_CHANGED') throw failure;
    }
  }
}

it('loses no kopek of the money that keeps arriving while months are closed', async () => {
  let done = false;
  const payers = Array.from({ length: PAYERS }, (_, payer) => payUntil(() => done, payer));
  try {
    for (let place = 0; place < MONTHS; place += 1) await close(addMonths(FIRST, place));
  } finally {
    done = true;
  }
  const acknowledged = (await Promise.all(payers)).reduce((total, one) => total + one, 0n);
  const booked = await row<{ closed: string; open: string }>(
    at.owner,
    `select (select coalesce(sum(paid), 0) from statement_line) as closed,
       (select coalesce(-sum(m.amount), 0) from movement m
        join period p on p.organization_id = m.organization_id and p.id = m.period_id and p.state = 'OPEN') as open`,
  );
  expect(BigInt(booked?.closed ?? 0) + BigInt(booked?.open ?? 0)).toBe(acknowledged);
  expect(BigInt(booked?.closed ?? 0)).toBeGreaterThan(0n);
}, 120_000);

it('starts one closing of twenty that are asked for at once', async () => {
  const { organizationId } = town.first;
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, () => at.module.get(Closings).start('system', organizationId, FIRST)),
  );
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of all)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ message: 'CLOSING_IN_PROGRESS' });
});
