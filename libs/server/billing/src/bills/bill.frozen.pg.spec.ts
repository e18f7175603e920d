import { month } from '@kvartal/domain';
import { type Staff, row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import type { ClosingKey } from '../closing/closing.lock';
import { PeriodReopenings } from '../closing/reopening.service';
import { readBillDocuments } from './bill.reading';
import { BillIssuing } from './bills.issuing';

const NOVEMBER = month('2026-11');
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

const change = (sql: string, ...values: readonly unknown[]): Promise<unknown> =>
  rows(town.at.owner, sql, [town.first.organizationId, ...values]);

/** The bills of a closing as they would be drawn now. */
async function drawn({ organizationId, closingId }: ClosingKey, of = OCTOBER) {
  const found = await rows<{ id: string }>(
    town.at.owner,
    'select id from bill where organization_id = $1 and closing_id = $2 order by account_id',
    [organizationId, closingId],
  );
  const closing = { organizationId, closingId, month: of };
  const ids = found.map(({ id }) => id);
  return readBillDocuments(town.at.db, closing, ids);
}

async function staff(): Promise<Staff> {
  const { portalId } = town.town;
  const user = await row<{ id: string }>(
    town.at.owner,
    `insert into portal_user (portal_id, kind, login, password_hash, state) values ($1, 'STAFF', 'accountant', '-', 'ACTIVE')
     returning id`,
    [portalId],
  );
  const request = { portalId, sessionId: '1', ip: '127.0.0.1', userAgent: '', requestId: '' };
  return { kind: 'staff', userId: user?.id ?? '', memberships: [], ...request };
}

const BANK = { name: 'АО «Приречный банк»', bic: '044525225', account: '40702810138250123017' };

it('draws a bill as it was at the commit, whatever the organisation, its suppliers and settings became since', async () => {
  await town.waters('3.5');
  await change('update supplier set requisites = $2 where organization_id = $1', BANK);
  const key = await town.close();
  await town.at.module.get(BillIssuing).issueAll(key);
  const before = await drawn(key);
  expect(before).toHaveLength(3);
  expect(before[0]).toMatchObject({ hasBarcodes: true, recipients: [{ requisites: BANK }] });
  await change(
    `update organization set name = 'ООО «Другое»', tax_id = '1', requisites = '{"phone": "0"}',
       settings = settings || '{"barcode": false}' where id = $1`,
  );
  await change(
    `update supplier set name = 'Другой', tax_id = '2', requisites = '{}' where organization_id = $1`,
  );
  await change(`update service set name = 'Другая', unit = 'шт.' where organization_id = $1`);
  expect(await drawn(key)).toEqual(before);
});

it('draws a bill by what was known at the commit: facts, a holder and readings that come later change nothing', async () => {
  await town.waters('3.5');
  const key = await town.close();
  await town.at.module.get(BillIssuing).issueAll(key);
  const before = await drawn(key);
  expect(before[0]?.residents).not.toBeNull();
  expect(before[0]?.heatedArea).toBeNull();
  await town.people(0, 'RESIDENTS', 7);
  // nobody knew of it at the commit
  await change(
    `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known)
     select a.organization_id, a.house_id, 'PREMISES', a.premises_id, 'HEATED_AREA', 5000000, '[2020-01-01,)', tstzrange(now(), null)
     from account a where a.organization_id = $1 and a.id = $2`,
    town.first.accountIds[0],
  );
  await change(
    `update holder set known = tstzrange(lower(known), now()) where organization_id = $1 and upper_inf(known)`,
  );
  expect(await drawn(key)).toEqual(before);
});

it('draws a bill of before a reopening with the readings that it was charged by', async () => {
  await town.waters('3.5');
  const key = await town.close();
  await town.at.module.get(BillIssuing).issueAll(key);
  const before = await drawn(key);
  await town.at.module
    .get(PeriodReopenings)
    .reopen(await staff(), { ...key, month: OCTOBER, reason: 'Ошибка в показании' });
  const [registerId] = town.first.registerIds;
  await change(
    `update reading set state = 'SUPERSEDED', settles = false, known = tstzrange(lower(known), now())
     where organization_id = $1 and register_id = $2 and month = '2026-10-01'`,
    registerId,
  );
  await town.add('reading', {
    house_id: town.first.houseId,
    register_id: registerId,
    month: '2026-10-01',
    taken_on: '2026-10-22',
    value: 107_000_000,
    source: 'OFFICE',
    version: 2,
    known: await town.now(),
    created_at: '2026-11-05',
  });
  expect(before[0]?.readings[0]).toMatchObject({ current: 103_500_000n, takenOn: '2026-10-20' });
  expect(await drawn(key)).toEqual(before);
});

it('prints the settings of the commit though the bills are made later', async () => {
  await change('update supplier set requisites = $2 where organization_id = $1', BANK);
  const key = await town.close();
  await change(`update supplier set requisites = '{}' where organization_id = $1`);
  await change(
    `update holder set known = tstzrange(lower(known), now()) where organization_id = $1 and upper_inf(known)`,
  );
  await town.at.module.get(BillIssuing).issueAll(key);
  const [bill] = await drawn(key);
  expect(bill?.codes[0]).toContain(BANK.account);
  expect(bill?.account.holder).not.toBe('');
});

/** What October should have been read at, as somebody finds out after it was closed. */
async function correct(registerId: string, value: number, now: string): Promise<void> {
  await change(
    'update reading_correction set known = tstzrange(lower(known), lower($2::tstzrange)) where organization_id = $1 and upper_inf(known)',
    now,
  );
  await town.add('reading_correction', {
    ...{ house_id: town.first.houseId, register_id: registerId, month: '2026-10-01', taken_on: '2026-10-20' },
    ...{ value: value * 1_000_000, document: 'Акт № 3', known: now, created_at: '2026-11-03' },
  });
}

it('begins where the corrected reading of the month before says, and stays so when that is corrected again', async () => {
  await town.waters('3.5');
  const october = await town.close();
  await town.at.module.get(BillIssuing).issueAll(october);
  const [registerId = ''] = town.first.registerIds;
  await correct(registerId, 103, await town.now());
  await town.read(registerId, NOVEMBER, '110');
  const november = await town.close(NOVEMBER);
  await town.at.module.get(BillIssuing).issueAll(november);

  const [bill] = await drawn(november, NOVEMBER);
  expect(bill?.readings[0]).toMatchObject({ previous: 103_000_000n, current: 110_000_000n });
  // 110 − 103
  expect(bill?.lines.find(({ method }) => method === 'METER')?.quantity).toBe(7_000_000n);
  await correct(registerId, 102, await town.now());
  expect((await drawn(november, NOVEMBER))[0]).toEqual(bill);
  expect((await drawn(october))[0]?.readings[0]).toMatchObject({
    previous: 100_000_000n,
    current: 103_500_000n,
  });
});

it('begins a new meter at what it showed when it was put in', async () => {
  const { houseId, accountIds } = town.first;
  const put = await town.add('meter', {
    ...{ house_id: houseId, account_id: accountIds[0], resource: 'GAS', serial: 'G-2', place: 'кухня' },
  });
  const first = await town.add('register', { meter_id: put, zone: 'SINGLE', digits: 6, decimals: 3 });
  const fact = { house_id: houseId, subject: 'METER', subject_id: put, kind: 'METER_WORKING' };
  await town.add('fact', { ...fact, value: 1_000_000, valid: '[2026-10-08,)', known: await town.now() });
  const reading = { house_id: houseId, register_id: first, month: '2026-10-01', known: await town.now() };
  await town.add('reading', {
    ...{ ...reading, taken_on: '2026-10-08', value: 5_000_000, source: 'INSTALLATION' },
    ...{ settles: false, created_at: '2026-10-08' },
  });
  await town.add('reading', {
    ...{ ...reading, taken_on: '2026-10-21', value: 8_250_000, source: 'SITE' },
    ...{ version: 2, created_at: '2026-10-21' },
  });
  const key = await town.close();
  await town.at.module.get(BillIssuing).issueAll(key);
  const [bill] = await drawn(key);
  expect(bill?.readings.find(({ serial }) => serial === 'G-2')).toMatchObject({
    previous: 5_000_000n,
    current: 8_250_000n,
  });
});
