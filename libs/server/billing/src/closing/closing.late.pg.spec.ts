import { month } from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { aStaff } from '../testing';
import { Recalculations } from '../recalculation/recalculations.service';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ChargedTown, OCTOBER } from './closing.testing';

const NOVEMBER = month('2026-11');
const DECEMBER = month('2026-12');

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

/** Cold water at 40.00 with the tax on top, half of it for the first account, by a raised norm while nobody reads it. */
async function dearWater(): Promise<void> {
  const { houseId, accountIds, services } = town.first;
  const { COLD_WATER } = services;
  await town.price(COLD_WATER, 40_000_000, { vat_mode: 'EXCLUSIVE' });
  await town.terms(COLD_WATER, { raises_norm: true, redistributes: true });
  await town.add('benefit_right', {
    ...{ house_id: houseId, account_id: accountIds[0], service_id: COLD_WATER },
    ...{ category: 'Ветеран труда', document: 'Удостоверение', percent: 5_000_000_000, within_norm: false },
    ...{ valid: '[2020-01-01,2026-12-01)', known: '[2020-01-01T00:00:00Z,)', created_at: '2026-10-05' },
  });
}

/** Cold water at 10.00 that a benefit takes whole from the first account until the end of October. */
async function freeWater(): Promise<void> {
  const { houseId, accountIds, services } = town.first;
  await town.price(services.COLD_WATER, 10_000_000);
  await town.add('benefit_right', {
    ...{ house_id: houseId, account_id: accountIds[0], service_id: services.COLD_WATER },
    ...{ category: 'Герой труда', document: 'Удостоверение', percent: 10_000_000_000, within_norm: false },
    ...{ valid: '[2020-01-01,2026-11-01)', known: '[2020-01-01T00:00:00Z,)', created_at: '2026-10-05' },
  });
}

/** October without a reading, of which the first account's water is held. */
async function holdOctober(): Promise<void> {
  const { organizationId, houseId, accountIds, services, supplierId } = town.first;
  const { userId } = await aStaff(town.at.owner, town.town, 'ACCOUNTANT');
  const key = await town.computed(OCTOBER);
  await rows(
    town.at.owner,
    `insert into closing_decision (organization_id, closing_id, house_id, account_id, service_id, supplier_id, anomaly,
       choice, reason, charged, decided_by, created_at)
     values ($1, $2, $3, $4, $5, $6, 'OVER_BOUND', 'HOLD', 'Проверим на месте', 1, $7, now())`,
    [organizationId, key.closingId, houseId, accountIds[0], services.COLD_WATER, supplierId, userId],
  );
  await town.at.module.get(ClosingComputing).refresh(key, [houseId]);
  await town.commit(key);
}

const read = (of: typeof OCTOBER, value: string) => town.read(town.first.registerIds[0] ?? '', of, value);

/** The first account's water: its volume, what it costs, and what is charged of other months. */
async function waterOf({ closingId }: ClosingKey): Promise<string> {
  const found = await row<{ line: string }>(
    town.at.owner,
    `select concat_ws(' ', (quantity / 1000000.0)::float, charged / 100.0::float, recalculated / 100.0::float) as line
     from statement_line_${closingId} where service_id = $1 and account_id = $2`,
    [town.first.services.COLD_WATER, town.first.accountIds[0]],
  );
  return found?.line ?? '';
}

it('settles a held month by its price alone in the month that charges it', async () => {
  await dearWater();
  await holdOctober();
  await read(NOVEMBER, '120');
  // held: 9.12 at 40.00, raised by half, less half of the price, and 22 %: 667.58 less 222.53
  // anew: of 20 in 61 days October has 10.163934: 406.56 less 364.80, and 22 %: 50.95
  expect(await waterOf(await town.computed(NOVEMBER))).toBe('9.836066 480 496');
});

it('settles a held month by its price alone when a reading comes after it was charged', async () => {
  await dearWater();
  await holdOctober();
  await town.close(NOVEMBER);
  await read(DECEMBER, '146');
  // 15.5 of October and 15 of November at 40.00, less 364.80 of each, and 22 %
  expect(await waterOf(await town.computed(DECEMBER))).toBe('15.5 756.4 598.29');
});

it('settles a month that was charged anew by what its price alone charges since', async () => {
  await dearWater();
  await town.close(OCTOBER);
  await town.people(0, 'RESIDENTS', 3);
  await town.at.module.get(Recalculations).run('system', town.first.organizationId);
  await read(NOVEMBER, '120');
  // charged anew 13.68 by the norm instead of 9.12: 4.56 at 40.00, raised by half, less half of the price, and 22 %: 222.54
  // by the reading 10.163934: 406.56 less 547.20, and 22 %: −171.58
  expect(await waterOf(await town.computed(NOVEMBER))).toBe('9.836066 480 50.96');
});

describe('a held month that a benefit took whole', () => {
  it('is taken out of a reading in the month that charges it', async () => {
    await freeWater();
    await holdOctober();
    await read(NOVEMBER, '120');
    // 20 less 9.12
    expect(await waterOf(await town.computed(NOVEMBER))).toBe('10.88 108.8 0');
  });

  it('is taken out of a reading that comes after it was charged', async () => {
    await freeWater();
    await holdOctober();
    await town.close(NOVEMBER);
    await read(DECEMBER, '130');
    // 30 less twice 9.12
    expect(await waterOf(await town.computed(DECEMBER))).toBe('11.76 117.6 0');
  });

  it('is recalculated once it was charged, when nobody believes in the benefit any more', async () => {
    await freeWater();
    await holdOctober();
    await town.close(NOVEMBER);
    await rows(
      town.at.db,
      'update benefit_right set known = tstzrange(lower(known), now()) where organization_id = $1',
      [town.first.organizationId],
    );
    await town.at.module.get(Recalculations).run('system', town.first.organizationId);
    expect(await waterOf(await town.computed(DECEMBER))).toBe('9.12 91.2 91.2');
  });
});
