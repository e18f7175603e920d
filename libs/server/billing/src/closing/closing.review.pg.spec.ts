import { month, moneyText, quantityText } from '@kvartal/domain';
import { NotFound, inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { StatementsQueries } from '../statements/statements.queries';
import { type UnderTest, moreHouses, underTest } from '../testing';
import { ClosingAnomalies } from './closing.anomalies';
import { ClosingChecklists } from './closing.checklist';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');

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

const queries = () => at.module.get(ClosingQueries);
const anomalies = () => at.module.get(ClosingAnomalies);

async function computed(of = OCTOBER): Promise<ClosingKey> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  return key;
}

async function close(of = OCTOBER): Promise<ClosingKey> {
  const key = await computed(of);
  await at.module.get(Closings).commit('system', key, (await queries().get(key)).digest ?? '');
  return key;
}

async function read(register: string, of: string, value: number): Promise<void> {
  const { organizationId, houseId } = town.first;
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
       values (now(), tstzrange(now(), null), $1, $2, $3, $4, $4::date + 19, $5::bigint * 1000000, 'SITE')`,
      [organizationId, houseId, register, of, value],
    );
  });
}

/** A cold-water meter of the house, and the service that shares what it counts beyond the flats. */
async function shareWater(): Promise<{ register: string; service: string }> {
  const { organizationId, houseId, supplierId, accountIds } = town.first;
  const one = async (sql: string, parameters: readonly unknown[]) =>
    (await row<{ id: string }>(at.owner, `${sql} returning id`, parameters))?.id ?? '';
  const meter = await one(
    `insert into meter (organization_id, house_id, resource, serial) values ($1, $2, 'COLD_WATER', 'ОД-1')`,
    [organizationId, houseId],
  );
  await rows(
    at.owner,
    `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
     values (tstzrange(now(), null), $1, $2, 'METER', $3, 'METER_WORKING', 1000000, '[2020-01-01,)')`,
    [organizationId, houseId, meter],
  );
  const register = await one(
    `insert into register (organization_id, meter_id, zone, digits, decimals) values ($1, $2, 'SINGLE', 8, 3)`,
    [organizationId, meter],
  );
  const service = await one(
    `insert into service (organization_id, code, name, unit, service_group, resource, zone, calc_order)
     values ($1, 'COLD_WATER_COMMON', 'Холодная вода на общее имущество', 'м³', 'HOUSING', 'COLD_WATER', 'SINGLE', 9)`,
    [organizationId],
  );
  await rows(
    at.owner,
    `insert into tariff (known, organization_id, service_id, supplier_id, price, document, valid)
     values (tstzrange(now(), null), $1, $2, $3, 43270000, 'Приказ № 1', '[2020-01-01,)')`,
    [organizationId, service, supplierId],
  );
  await rows(
    at.owner,
    `insert into norm (known, organization_id, service_id, kind, value, document, valid)
     values (tstzrange(now(), null), $1, $2, 'COMMON_AREA', 3000000, 'Постановление', '[2020-01-01,)')`,
    [organizationId, service],
  );
  await rows(
    at.owner,
    `insert into account_service (known, organization_id, house_id, account_id, service_id, supplier_id, method, valid)
     select tstzrange(now(), null), $1, $2, account, $3, $4, 'COMMON_AREA', '[2020-01-01,)' from unnest($5::bigint[]) account`,
    [organizationId, houseId, service, supplierId, accountIds],
  );
  return { register, service };
}

const linesOf = async ({ closingId, organizationId }: ClosingKey, service: string): Promise<string[]> => {
  const found = await rows<{ line: string }>(
    at.owner,
    `select concat_ws(' ', common_quantity, charged) as line from statement_line_${closingId}
     where organization_id = $1 and service_id = $2 order by account_id`,
    [organizationId, service],
  );
  return found.map(({ line }) => line);
};

async function readAll(of: string, value: number): Promise<void> {
  for (const register of town.first.registerIds) await read(register, of, value);
}

it('shares what the house used in common by area, up to the norm', async () => {
  const { register, service } = await shareWater();
  await read(register, '2026-09-01', 1000);
  await read(register, '2026-10-01', 1035);
  await readAll('2026-10-01', 110);
  // 35 m³ less 3 × 10 m³ leave 5 m³; the norm of 100 m² of common area allows 3 m³: 1 m³ a flat
  expect(await linesOf(await computed(), service)).toEqual(['1000000 4327', '1000000 4327', '1000000 4327']);
});

it('carries a negative common volume to the next month instead of paying it out', async () => {
  const { register, service } = await shareWater();
  await read(register, '2026-09-01', 1000);
  await read(register, '2026-10-01', 1028);
  await readAll('2026-10-01', 110);
  const october = await close();
  expect(await linesOf(october, service)).toEqual(['0 0', '0 0', '0 0']);
  const carried = await row<{ quantity: string }>(at.owner, 'select quantity from common_area_carry');
  expect(carried).toEqual({ quantity: '-2000000' });
  const { items, total } = await anomalies().page(
    await queries().get(october),
    'NEGATIVE_COMMON_AREA',
    undefined,
  );
  expect(total).toBe(1);
  expect(items[0]).toMatchObject({
    accountId: null,
    houseId: town.first.houseId,
    address: 'Приреченск, Садовая, 12',
    service: 'Холодная вода на общее имущество',
  });
  expect(items[0]?.quantity && quantityText(items[0].quantity)).toBe('-2');

  await read(register, '2026-11-01', 1063);
  await readAll('2026-11-01', 120);
  // 35 − 30 − 2 carried = 3 m³
  expect(await linesOf(await computed(NOVEMBER), service)).toEqual([
    '1000000 4327',
    '1000000 4327',
    '1000000 4327',
  ]);
});

it('shows totals by service beside the last closed month', async () => {
  await readAll('2026-10-01', 110);
  await close();
  await readAll('2026-11-01', 140);
  const key = await computed(NOVEMBER);
  const totals = await queries().totals(await queries().get(key));
  expect(
    totals.map(({ service, previous, current, difference }) =>
      [service, ...[previous, current, difference].map(moneyText)].join(' '),
    ),
  ).toEqual([
    'Содержание жилого помещения 4765.50 4765.50 0.00',
    'Холодная вода 1298.10 3894.30 2596.20',
    'Водоотведение 844.50 2533.50 1689.00',
  ]);
});

it('finds what is worth a look', async () => {
  const { organizationId, registerIds, accountIds, houseId, supplierId, services } = town.first;
  await readAll('2026-10-01', 110);
  await close();
  await read(registerIds[0] ?? '', '2026-11-01', 150);
  await read(registerIds[1] ?? '', '2026-11-01', 112);
  // the third flat sends nothing; a fourth account takes no service; the second gets a recalculation larger than its charge
  await moreHouses(at.owner, { ...town.first, accountIds: accountIds.slice(2) }, 1);
  await rows(
    at.owner,
    `update account_service set known = tstzrange(lower(known), now()) where organization_id = $1 and house_id <> $2`,
    [organizationId, houseId],
  );
  await inTransaction(at.db, async (tx) => {
    const period = await row<{ id: string }>(tx, 'select ledger_enter($1) as id', [organizationId]);
    await rows(
      tx,
      `insert into movement (created_at, organization_id, period_id, house_id, account_id, service_id, supplier_id, kind, amount,
         value_date, source_kind, source_id)
       values (now(), $1, $2, $3, $4, $5, $6, 'RECALCULATION', -10000, '2026-11-15', 'STAFF', 1)`,
      [organizationId, period?.id, houseId, accountIds[1], services.COLD_WATER, supplierId],
    );
  });
  const closing = await queries().get(await computed(NOVEMBER));
  expect(await anomalies().counts(closing)).toEqual([
    { kind: 'ZERO_CHARGE', count: 1, undecided: 1 },
    { kind: 'TRIPLED_CHARGE', count: 2, undecided: 2 },
    { kind: 'MISSING_READING', count: 1, undecided: 0 },
    { kind: 'NEGATIVE_COMMON_AREA', count: 0, undecided: 0 },
    { kind: 'NEGATIVE_LINE', count: 1, undecided: 1 },
    { kind: 'OVER_BOUND', count: 0, undecided: 0 },
  ]);
  const tripled = await anomalies().page(closing, 'TRIPLED_CHARGE', { number: 1, size: 1 });
  expect(tripled.total).toBe(2);
  expect(tripled.items).toHaveLength(1);
  expect(tripled.items[0]).toMatchObject({
    accountId: accountIds[0],
    number: '100001',
    address: 'Приреченск, Садовая, 12, кв. 1',
    service: 'Холодная вода',
  });
  expect([tripled.items[0]?.previous, tripled.items[0]?.current].map((one) => one && moneyText(one))).toEqual(
    ['432.70', '1730.80'],
  );
});

it('shows one account of a closing under review, and nothing of one that was thrown away', async () => {
  await readAll('2026-10-01', 110);
  const key = await computed();
  const { organizationId, accountIds } = town.first;
  const statement = await at.module
    .get(StatementsQueries)
    .preview({ ...key, accountId: accountIds[0] ?? '', month: OCTOBER });
  expect(statement.lines.map(({ service, closing }) => `${service} ${moneyText(closing)}`)).toEqual([
    'Содержание жилого помещения 1588.50',
    'Холодная вода 432.70',
    'Водоотведение 281.50',
  ]);
  await expect(
    at.module
      .get(StatementsQueries)
      .preview({ ...key, accountId: town.second.accountIds[0] ?? '', month: OCTOBER }),
  ).rejects.toThrow(NotFound);
  await at.module.get(Closings).discard('system', key);
  await expect(queries().getAlive(key)).rejects.toThrow(NotFound);
  await expect(
    queries().get({ organizationId: town.second.organizationId, closingId: key.closingId }),
  ).rejects.toThrow(NotFound);
  expect(await queries().totals(await queries().get({ organizationId, closingId: key.closingId }))).toEqual(
    [],
  );
});

it('lists what a month needs before it is closed', async () => {
  const { register } = await shareWater();
  await read(register, '2026-09-01', 1000);
  await read(town.first.registerIds[0] ?? '', '2026-10-01', 110);
  const checklist = await at.module.get(ClosingChecklists).of(town.first.organizationId, OCTOBER);
  expect(checklist).toEqual({
    organizationId: town.first.organizationId,
    month: OCTOBER,
    mayStart: true,
    refusals: [],
    houses: 1,
    accounts: 3,
    registers: 3,
    readings: 1,
    missingTariffs: [],
    housesWithoutReading: ['Приреченск, Садовая, 12'],
  });
  const later = await at.module.get(ClosingChecklists).of(town.first.organizationId, NOVEMBER);
  expect(later).toMatchObject({ mayStart: false, refusals: [{ code: 'PERIOD_NOT_OPEN' }] });
});

it('parks a house that cannot be charged and closes nothing until it is', async () => {
  const { organizationId, services, supplierId, accountIds, houseId } = town.first;
  const key = await at.module.get(Closings).start('system', organizationId, OCTOBER);
  // a price ends in the middle of the month after the start has looked
  await rows(
    at.owner,
    `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
    [organizationId, services.MAINT],
  );
  await at.module.get(ClosingComputing).computeAll(key);
  const failed = await queries().get(key);
  expect(failed).toMatchObject({ state: 'FAILED', failed: 1, digest: null });
  expect(failed.failure).toContain('Содержание жилого помещения');
  expect(await queries().facade(key)).toEqual([
    {
      houseId,
      address: 'Приреченск, Садовая, 12',
      state: 'FAILED',
      failure: 'NO_TARIFF: Содержание жилого помещения',
      isLeftOut: false,
    },
  ]);
  await expect(at.module.get(Closings).commit('system', key, 'anything')).rejects.toMatchObject({
    refusals: [{ code: 'CLOSING_NOT_READY' }],
  });
  await rows(
    at.owner,
    `insert into tariff (known, organization_id, service_id, supplier_id, price, document, valid)
     values (tstzrange(now(), null), $1, $2, $3, 31770000, 'Приказ № 2', '[2020-01-01,)')`,
    [organizationId, services.MAINT, supplierId],
  );
  await at.module.get(Closings).recompute('system', key);
  await at.module.get(ClosingComputing).computeAll(key);
  expect(await queries().get(key)).toMatchObject({ state: 'READY', failed: 0, accounts: accountIds.length });
});
