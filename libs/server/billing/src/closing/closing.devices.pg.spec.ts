import { month } from '@kvartal/domain';
import { inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { type UnderTest, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
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

async function read(
  register: string,
  on: string,
  value: string,
  how: { source?: string; settles?: boolean } = {},
): Promise<void> {
  const { organizationId, houseId } = town.first;
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source,
         settles, version)
       values (now(), tstzrange(now(), null), $1, $2, $3, date_trunc('month', $4::date), $4, $5::numeric * 1000000, $6, $7,
         case when $7 then 1 else 2 end)`,
      [organizationId, houseId, register, on, value, how.source ?? 'SITE', how.settles ?? true],
    );
  });
}

/** Three months of the first meter before September: 2, 3 and 5 cubic metres, 3.333333 on the average. */
async function threeMonths(): Promise<string> {
  const register = town.first.registerIds[0] ?? '';
  await read(register, '2026-06-20', '90');
  await read(register, '2026-07-20', '92');
  await read(register, '2026-08-20', '95');
  return register;
}

/** Ends what is known of a meter and says it anew. */
async function say(meter: string, kind: string, valid: string, value = 1): Promise<void> {
  const { organizationId, houseId } = town.first;
  await rows(
    at.owner,
    `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
     values (tstzrange(now(), null), $1, $2, 'METER', $3, $4, $5::bigint * 1000000, $6)`,
    [organizationId, houseId, meter, kind, value, valid],
  );
}
async function sayAnew(meter: string, kind: string, valid: string): Promise<void> {
  await rows(
    at.owner,
    `update fact set known = tstzrange(lower(known), now()) where organization_id = $1 and subject = 'METER'
       and subject_id = $2 and kind = $3`,
    [town.first.organizationId, meter, kind],
  );
  await say(meter, kind, valid);
}

/** Another cold-water meter of the first account with one register. */
async function anotherMeter(since: string): Promise<{ meter: string; register: string }> {
  const { organizationId, houseId, accountIds } = town.first;
  const meter = await row<{ id: string }>(
    at.owner,
    `insert into meter (organization_id, house_id, account_id, resource, serial, place)
     values ($1, $2, $3, 'COLD_WATER', 'W-2', 'кухня') returning id`,
    [organizationId, houseId, accountIds[0]],
  );
  const register = await row<{ id: string }>(
    at.owner,
    `insert into register (organization_id, meter_id, zone, digits, decimals) values ($1, $2, 'SINGLE', 5, 3) returning id`,
    [organizationId, meter?.id],
  );
  await say(meter?.id ?? '', 'METER_WORKING', `[${since},)`);
  return { meter: meter?.id ?? '', register: register?.id ?? '' };
}

async function close(of = OCTOBER): Promise<ClosingKey> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '');
  return key;
}

/** The first account's water and drain: method, quantity, charged. */
async function water({ organizationId, closingId }: ClosingKey): Promise<string[]> {
  const found = await rows<{ line: string }>(
    at.owner,
    `select concat_ws(' ', s.code, l.method, (l.quantity / 1000000.0)::float, l.charged / 100.0::float) as line
     from statement_line l join service s on s.organization_id = $1 and s.id = l.service_id
     where l.organization_id = $1 and l.closing_id = $2 and l.account_id = $3 and s.code <> 'MAINT' order by s.calc_order`,
    [organizationId, closingId, town.first.accountIds[0]],
  );
  return found.map(({ line }) => line);
}

it('charges a meter whose verification ran out by its average for three months, though it was read, then by the norm', async () => {
  const register = await threeMonths();
  await sayAnew(town.first.meterIds[0] ?? '', 'METER_VERIFIED', '[2024-01-01,2026-10-05)');
  await read(register, '2026-10-20', '120');
  const average = ['COLD_WATER ESTIMATE_AVERAGE 3.333333 144.23', 'SEWERAGE SUM_OF_WATER 3.333333 93.83'];
  expect(await water(await close())).toEqual(average);
  expect(await water(await close(month('2026-11')))).toEqual(average);
  expect(await water(await close(month('2026-12')))).toEqual(average);
  expect(await water(await close(month('2027-01')))).toEqual([
    'COLD_WATER ESTIMATE_NORM 9.12 394.62',
    'SEWERAGE SUM_OF_WATER 9.12 256.73',
  ]);
});

it('takes a reading of the days before the verification ran out, and every one after it was verified again', async () => {
  const register = await threeMonths();
  await sayAnew(town.first.meterIds[0] ?? '', 'METER_VERIFIED', '[2024-01-01,2026-10-25)');
  await read(register, '2026-10-20', '104');
  expect((await water(await close()))[0]).toBe('COLD_WATER METER 4 173.08');
  await say(town.first.meterIds[0] ?? '', 'METER_VERIFIED', '[2026-11-03,2032-11-03)');
  await read(register, '2026-11-20', '109');
  expect((await water(await close(month('2026-11'))))[0]).toBe('COLD_WATER METER 5 216.35');
});

it('charges the average of a meter that stands broken, was lost, or was taken down with none in its place', async () => {
  await threeMonths();
  const [meter = ''] = town.first.meterIds;
  const average = 'COLD_WATER ESTIMATE_AVERAGE 3.333333 144.23';
  await sayAnew(meter, 'METER_WORKING', '[2020-01-01,2026-10-08)');
  expect((await water(await close()))[0]).toBe(average);
  // the next month does not know it as working at all
  expect((await water(await close(month('2026-11'))))[0]).toBe(average);
  await say(meter, 'METER_WORKING', '[2026-12-01,)', 0);
  expect((await water(await close(month('2026-12'))))[0]).toBe(average);
});

it('knows a lost meter by its fact', async () => {
  const register = await threeMonths();
  await say(town.first.meterIds[0] ?? '', 'METER_LOST', '[2026-10-02,)');
  await read(register, '2026-10-20', '150');
  expect((await water(await close()))[0]).toBe('COLD_WATER ESTIMATE_AVERAGE 3.333333 144.23');
});

it('joins a replaced meter, the days without one by the average, and the new one', async () => {
  const register = await threeMonths();
  await sayAnew(town.first.meterIds[0] ?? '', 'METER_WORKING', '[2020-01-01,2026-10-12)');
  await read(register, '2026-10-12', '104', { source: 'CONTROLLER' });
  const next = await anotherMeter('2026-10-15');
  await read(next.register, '2026-10-15', '0', { source: 'INSTALLATION', settles: false });
  await read(next.register, '2026-10-25', '2.5');
  // 4 until the 12th, 3.333333 × 3 / 31 of three days, 2.5 since the 15th
  expect(await water(await close())).toEqual([
    'COLD_WATER METER 6.822581 295.21',
    'SEWERAGE SUM_OF_WATER 6.822581 192.06',
  ]);
  // the new one has no history of three months yet: that of the old one goes on
  expect((await water(await close(month('2026-11'))))[0]).toMatch(/^COLD_WATER ESTIMATE_AVERAGE/);
});

it('spreads a reading over the months that were estimated before it, where that is decided', async () => {
  const { organizationId, services } = town.first;
  await rows(
    at.owner,
    `insert into service_terms (organization_id, service_id, redistributes, document, valid, known)
     values ($1, $2, true, 'Решение собственников', '[2026-01-01,)', tstzrange(now(), null))`,
    [organizationId, services.COLD_WATER],
  );
  const register = await threeMonths();
  expect((await water(await close()))[0]).toBe('COLD_WATER ESTIMATE_AVERAGE 3.333333 144.23');
  await read(register, '2026-11-20', '110');
  const key = await close(month('2026-11'));
  // of 10 October has 10 × 31 / 61 = 5.081967, which costs 219.90 and not 144.23
  expect((await water(key))[0]).toBe('COLD_WATER METER 4.918033 212.8');
  const [line] = await rows<{ recalculated: string }>(
    at.owner,
    `select recalculated from statement_line where closing_id = $1 and account_id = $2 and service_id = $3`,
    [key.closingId, town.first.accountIds[0], services.COLD_WATER],
  );
  expect(line?.recalculated).toBe('7567');
});

it('takes the water of a garden out of the drain', async () => {
  const garden = await anotherMeter('2020-01-01');
  await say(garden.meter, 'METER_IRRIGATION', '[2026-05-01,)');
  await read(garden.register, '2026-09-20', '10');
  await read(garden.register, '2026-10-20', '14');
  await read(town.first.registerIds[0] ?? '', '2026-10-20', '110');
  expect(await water(await close())).toEqual(['COLD_WATER METER 10 432.7', 'SEWERAGE SUM_OF_WATER 6 168.9']);
});

it('splits a volume at a reading of the day on which the price changes', async () => {
  const { organizationId, services, registerIds } = town.first;
  await rows(
    at.owner,
    `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
    [organizationId, services.COLD_WATER],
  );
  for (const [price, valid] of [
    [43_270_000, '[2020-01-01,2026-10-16)'],
    [50_000_000, '[2026-10-16,)'],
  ])
    await rows(
      at.owner,
      `insert into tariff (known, organization_id, service_id, supplier_id, price, document, valid)
       values (tstzrange(now(), null), $1, $2, $3, $4, 'Приказ № 2', $5)`,
      [organizationId, services.COLD_WATER, town.first.supplierId, price, valid],
    );
  const [register = ''] = registerIds;
  await read(register, '2026-10-25', '110');
  await read(register, '2026-10-15', '103', { settles: false });
  // 3 at the old price, 7 at the new one
  expect((await water(await close()))[0]).toBe('COLD_WATER METER 10 479.81');
});
