import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ClosingChecklists } from './closing.checklist';
import { ClosingQueries } from './closing.queries';
import { ChargedTown, OCTOBER } from './closing.testing';

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

/** A price by volume of the town's cold water: up to the first limit it costs what its tariff says. */
async function plan(price: number, values: Readonly<Record<string, unknown>>): Promise<void> {
  const tariff = await town.price(town.first.services.COLD_WATER, price);
  await town.add('tariff_plan', { tariff_id: tariff, known: '[2020-01-01T00:00:00Z,)', ...values });
}
const water = async (): Promise<string[]> =>
  town.lines(town.first.services.COLD_WATER, await town.computed());

describe('prices by volume', () => {
  it('charges each slice at the price of its block, the limits for each of two people', async () => {
    await town.waters('12.5', '5', '25');
    await plan(100_000_000, {
      kind: 'MARGINAL',
      per_person: true,
      limits: [3_000_000, 5_000_000, 10_000_000],
      prices: [120_000_000, 150_000_000, 200_000_000],
    });
    expect(await water()).toEqual([
      // 6 × 100 + 4 × 120 + 2.5 × 150
      '1 METER 12.5 0 1455 0 0',
      '2 METER 5 0 500 0 0',
      // 6 × 100 + 4 × 120 + 10 × 150 + 5 × 200
      '3 METER 25 0 3580 0 0',
    ]);
  });

  it('charges all of it at the price of the block that it falls into', async () => {
    await town.waters('3', '3.001', '12.5');
    await plan(100_000_000, {
      kind: 'WHOLE',
      limits: [3_000_000, 10_000_000],
      prices: [120_000_000, 200_000_000],
    });
    expect(await water()).toEqual([
      '1 METER 3 0 300 0 0',
      '2 METER 3.001 0 360.12 0 0',
      '3 METER 12.5 0 2500 0 0',
    ]);
  });

  it('has a price of its own above the social norm', async () => {
    await town.waters('203.5', '150', '192');
    await plan(3_210_000, {
      kind: 'SOCIAL_NORM',
      per_person: true,
      limits: [96_000_000],
      prices: [4_090_000],
    });
    // B09, B10: 192 × 3.21 + 11.5 × 4.09
    expect(await water()).toEqual([
      '1 METER 203.5 0 663.36 0 0',
      '2 METER 150 0 481.5 0 0',
      '3 METER 192 0 616.32 0 0',
    ]);
  });

  it('multiplies the price above what each may use in a day', async () => {
    await town.waters('10', '8', '8.68');
    await plan(135_500_000, {
      kind: 'DAILY_LIMIT',
      per_person: true,
      limits: [140_000],
      prices: [],
      over_coefficient: 130_000_000,
    });
    expect(await water()).toEqual([
      // 0.140 × 2 × 31 = 8.68: 1,176.14 and 1.32 × 135.50 × 1.3 = 232.52
      '1 METER 10 0 1408.66 0 0',
      '2 METER 8 0 1084 0 0',
      '3 METER 8.68 0 1176.14 0 0',
    ]);
  });

  it('is as missing as the tariff that it stands beside, and a house is dirty when it changes', async () => {
    const { COLD_WATER } = town.first.services;
    const tariff = await town.price(COLD_WATER, 100_000_000, { valid: '[2026-10-10,)' });
    const decided = { kind: 'WHOLE', limits: [3_000_000], prices: [120_000_000] };
    await town.add('tariff_plan', { tariff_id: tariff, known: '[2020-01-01T00:00:00Z,)', ...decided });
    const { missingTariffs } = await town.at.module
      .get(ClosingChecklists)
      .of(town.first.organizationId, OCTOBER);
    expect(missingTariffs).toEqual(['Холодная вода']);

    const whole = await town.price(COLD_WATER, 100_000_000);
    const key = await town.computed();
    const queries = town.at.module.get(ClosingQueries);
    expect(await queries.countDirty(await queries.get(key))).toBe(0);
    await town.add('tariff_plan', { tariff_id: whole, known: '[2026-10-01T00:00:00Z,)', ...decided });
    expect(await queries.countDirty(await queries.get(key))).toBe(1);
  });
});

describe('figures of their own in a line', () => {
  it('tells the tax that a price holds, and the tax on top of one that does not, at the rate of the last day', async () => {
    const { MAINT, COLD_WATER } = town.first.services;
    await town.waters('1', '2', '3');
    await town.price(MAINT, 31_770_000, { vat_mode: 'INCLUSIVE' });
    await town.price(COLD_WATER, 100_000_000, { vat_mode: 'EXCLUSIVE' });
    const key = await town.computed();
    // 1,588.50 × 22 / 122
    expect(await town.lines(MAINT, key)).toEqual([
      '1 AREA 50 0 1588.5 286.45 0',
      '2 AREA 50 0 1588.5 286.45 0',
      '3 AREA 50 0 1588.5 286.45 0',
    ]);
    expect(await town.lines(COLD_WATER, key)).toEqual([
      '1 METER 1 0 122 22 0',
      '2 METER 2 0 244 44 0',
      '3 METER 3 0 366 66 0',
    ]);
  });
});

it('charges by the norm until the day on which the meter was put in, and by the meter since', async () => {
  const { services, houseId, supplierId, accountIds } = town.first;
  const cold = services.COLD_WATER;
  await town.waters('3.5', '5', '6');
  await town.forget('account_service', cold);
  const row = { house_id: houseId, service_id: cold, supplier_id: supplierId, known: await town.now() };
  const of = (account: number, method: string, valid: string) =>
    town.add('account_service', { ...row, account_id: accountIds[account], method, valid });
  await of(0, 'NORM_PERSON', '[2020-01-01,2026-10-16)');
  await of(0, 'METER', '[2026-10-16,)');
  await of(1, 'METER', '[2020-01-01,2026-10-16)');
  await of(1, 'METER', '[2026-10-16,)');
  await of(2, 'NORM_PERSON', '[2020-01-01,2026-10-16)');
  await of(2, 'NORM_PERSON', '[2026-10-16,)');
  const key = await town.computed();
  expect(await town.lines(cold, key)).toEqual([
    // 9.12 × 15 / 31 and 3.5 by the meter: 190.95 + 151.45
    '1 METER 7.912903 0 342.4 0 0',
    '2 METER 5 0 216.35 0 0',
    '3 NORM_PERSON 9.12 0 394.62 0 0',
  ]);
  // 7.912903 × 28.15, once
  expect((await town.lines(services.SEWERAGE, key))[0]).toBe('1 SUM_OF_WATER 7.912903 0 222.75 0 0');
});
