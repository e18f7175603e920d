import { month } from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { type UnderTest, reads, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import { ClosingFindings } from './closing.findings';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';

const OCTOBER = month('2026-10');

let at: UnderTest;
let town: Town;
beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

/** What was found, in words to compare: code, total, then address, account and values of each. */
async function found(): Promise<string[]> {
  const findings = await at.module.get(ClosingFindings).of(town.first.organizationId, OCTOBER);
  return findings.flatMap(({ code, total, items }) =>
    items.map(({ number, address, params }) =>
      [
        code,
        total,
        address,
        number ?? '',
        ...params.map(({ name, value }) => `${name}=${value}`).sort(),
      ].join('|'),
    ),
  );
}

/** The facts of a kind are believed no more. */
const forget = (kind: string, subject: string) =>
  rows(
    at.owner,
    `update fact set known = tstzrange(lower(known), now()) where organization_id = $1 and kind = $2 and subject_id = $3
       and upper_inf(known)`,
    [town.first.organizationId, kind, subject],
  );
const premisesOf = async (place: number) =>
  (
    await row<{ id: string }>(at.owner, 'select premises_id as id from account where id = $1', [
      town.first.accountIds[place],
    ])
  )?.id ?? '';
const readAll = async () => {
  for (const register of [0, 1, 2])
    await reads(at.db, town.first, register, { of: '2026-10-01', value: 110 });
};

it('finds nothing where nothing is missing', async () => {
  await readAll();
  expect(await found()).toEqual([]);
});

it('tells which houses lack readings, and how many', async () => {
  await reads(at.db, town.first, 0, { of: '2026-10-01', value: 110 });
  expect(await found()).toEqual(['READINGS_COVERAGE|1|Приреченск, Садовая, 12||readings=1|registers=3']);
});

it('names the house of a missing tariff and how many accounts it concerns', async () => {
  await readAll();
  const { organizationId, services } = town.first;
  await rows(
    at.owner,
    `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
    [organizationId, services.SEWERAGE],
  );
  expect(await found()).toEqual([
    'TARIFF_MISSING|1|Приреченск, Садовая, 12||accounts=3|numbers=100001, 100002, 100003|service=Водоотведение',
  ]);
});

it('names the account without an area, and parks its house instead of charging nothing', async () => {
  await readAll();
  await forget('TOTAL_AREA', await premisesOf(1));
  const [number] = await rows<{ number: string }>(at.owner, 'select number from account where id = $1', [
    town.first.accountIds[1],
  ]);
  const all = await found();
  expect(all).toHaveLength(1);
  expect(all[0]).toMatch(/^ACCOUNT_WITHOUT_AREA\|1\|Приреченск, Садовая, 12, кв\. \d+\|/);
  expect(all[0]).toContain(number?.number);
  const key = await at.module.get(Closings).start('system', town.first.organizationId, OCTOBER);
  await at.module.get(ClosingComputing).computeAll(key);
  const [house] = await at.module.get(ClosingQueries).facade(key);
  expect(house).toMatchObject({ state: 'FAILED', failure: `NO_AREA: ${number?.number}` });
  await at.module.get(Closings).discard('system', key);
});

it('finds a reading that was taken after its meter was removed', async () => {
  await readAll();
  const meter = await row<{ id: string }>(at.owner, 'select meter_id as id from register where id = $1', [
    town.first.registerIds[0],
  ]);
  await forget('METER_WORKING', meter?.id ?? '');
  await rows(
    at.owner,
    `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
     values (tstzrange(now(), null), $1, $2, 'METER', $3, 'METER_WORKING', 1000000, '[2020-01-01,2026-10-10)')`,
    [town.first.organizationId, town.first.houseId, meter?.id],
  );
  const all = await found();
  expect(all).toHaveLength(1);
  expect(all[0]).toMatch(
    /^READING_AFTER_REMOVAL\|1\|Приреченск, Садовая, 12, кв\. \d+\|\d+\|serial=.*\|takenOn=2026-10-20$/,
  );
});

it('asks for the norm of a service that is charged by it', async () => {
  await readAll();
  await rows(
    at.owner,
    `update account_service set known = tstzrange(lower(known), now())
     where organization_id = $1 and account_id = $2 and service_id = $3`,
    [town.first.organizationId, town.first.accountIds[0], town.first.services.MAINT],
  );
  await rows(
    at.owner,
    `insert into account_service (known, organization_id, house_id, account_id, service_id, supplier_id, method, valid)
     values (tstzrange(now(), null), $1, $2, $3, $4, $5, 'NORM_PERSON', '[2020-01-01,)')`,
    [
      town.first.organizationId,
      town.first.houseId,
      town.first.accountIds[0],
      town.first.services.MAINT,
      town.first.supplierId,
    ],
  );
  expect(await found()).toEqual([
    'NORM_MISSING|1|Приреченск, Садовая, 12||accounts=1|numbers=100001|service=Содержание жилого помещения',
  ]);
});

it('names payments that nobody has settled', async () => {
  await readAll();
  await rows(
    at.owner,
    `insert into payment (created_at, organization_id, account_id, order_number, provider, amount, currency, state, idempotency_key)
     values (now(), $1, $2, 'unmatched', 'OFFICE', 120050, 'RUB', 'REVIEW', 'unmatched')`,
    [town.first.organizationId, town.first.accountIds[0]],
  );
  const all = await found();
  expect(all).toHaveLength(1);
  expect(all[0]).toMatch(/^PAYMENT_UNMATCHED\|1\|.*\|amount=1200\.50\|currency=RUB$/);
});
