import { month } from '@kvartal/domain';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ChargedTown, OCTOBER } from './closing.testing';

let town: ChargedTown;
/** Heating by the norm of a square metre, 0.0285 Gcal; each flat has 50 m². */
let heating: string;

beforeEach(async () => {
  town = await ChargedTown.build();
  heating = await town.service({
    code: 'HEATING',
    name: 'Отопление',
    resource: 'HEAT',
    zone: 'SINGLE',
    calc_order: 6,
  });
  await town.price(heating, 2463_150_000);
  await town.norm(heating, 'AREA', 2_850_000);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

describe('heating by norm', () => {
  it('is charged all the year in a house that keeps no seasons', async () => {
    await town.takes(heating, 'HEATING_NORM', [0]);
    // 50 × 0.0285 = 1.425 Gcal at 2,463.15
    expect(await town.lines(heating, await town.computed())).toEqual(['1 HEATING_NORM 1.425 0 3509.99 0 0']);
  });

  it('is charged on the days of the season: from the sixteenth, sixteen days of October', async () => {
    await town.takes(heating, 'HEATING_NORM', [0]);
    await town.fact('HOUSE', 'HEATING_ON', 1, { valid: '[2025-10-01,2026-05-01)' });
    await town.fact('HOUSE', 'HEATING_ON', 1, { valid: '[2026-10-16,2027-05-01)' });
    // 1.425 × 16 / 31 = 0.735484 Gcal
    expect(await town.lines(heating, await town.computed())).toEqual([
      '1 HEATING_NORM 0.735484 0 1811.61 0 0',
    ]);
  });

  it('is charged for nothing outside the season', async () => {
    await town.takes(heating, 'HEATING_NORM', [0]);
    await town.fact('HOUSE', 'HEATING_ON', 1, { valid: '[2026-11-01,2027-05-01)' });
    expect(await town.lines(heating, await town.computed())).toEqual(['1 HEATING_NORM 0 0 0 0 0']);
  });

  it('is charged in twelfths where the region spreads seven months of it over the year, whatever the season', async () => {
    await town.takes(heating, 'HEATING_NORM', [0]);
    await town.norm(heating, 'HEATING_MONTHS', 700_000_000);
    await town.fact('HOUSE', 'HEATING_ON', 1, { valid: '[2026-11-01,2027-05-01)' });
    // 1.425 × 7 / 12 = 0.83125 Gcal
    expect(await town.lines(heating, await town.computed())).toEqual([
      '1 HEATING_NORM 0.83125 0 2047.49 0 0',
    ]);
  });
});

describe('heat by the meter of the house', () => {
  let meter: string;
  beforeEach(async () => {
    meter = await town.meter('HEAT', null);
  });

  it('is shared by the heated area where that is decided', async () => {
    await town.takes(heating, 'HEATING_HOUSE_METER');
    await town.terms(heating, { shared_by: 'HEATED_AREA' });
    await town.fact('HOUSE', 'HEATED_AREA', 120);
    await town.read(meter, OCTOBER, '106');
    // 6 × 50 / 120
    expect(await town.lines(heating, await town.computed())).toEqual([
      '1 HEATING_HOUSE_METER 2.5 0 6157.88 0 0',
      '2 HEATING_HOUSE_METER 2.5 0 6157.88 0 0',
      '3 HEATING_HOUSE_METER 2.5 0 6157.88 0 0',
    ]);
  });

  it('is shared beside the meters of all flats: what they have not counted, in the same row', async () => {
    await town.takes(heating, 'METER');
    await town.terms(heating, { takes_share: true });
    const own = await Promise.all([0, 1, 2].map((account) => town.meter('HEAT', account)));
    for (const [account, register] of own.entries())
      await town.read(register, OCTOBER, String(101 + account));
    await town.read(meter, OCTOBER, '107.5');
    // 7.5 less 1, 2 and 3 is 1.5 Gcal, half a gigacalorie each
    expect(await town.lines(heating, await town.computed())).toEqual([
      '1 METER 1.5 0.5 3694.73 0 0',
      '2 METER 2.5 0.5 6157.88 0 0',
      '3 METER 3.5 0.5 8621.03 0 0',
    ]);
  });

  it('adds nothing to the meters of all flats where the meter of the house was not read', async () => {
    await town.takes(heating, 'METER', [0]);
    await town.terms(heating, { takes_share: true });
    await town.read(await town.meter('HEAT', 0), OCTOBER, '101');
    expect(await town.lines(heating, await town.computed())).toEqual(['1 METER 1 0 2463.15 0 0']);
  });
});

/** Hot water in two services: the water itself, and the heat in it. */
async function hotWater(): Promise<[water: string, heat: string]> {
  const water = { resource: 'HOT_WATER', zone: 'SINGLE' };
  const named = { code: 'HOT_WATER', name: 'ГВС: вода', unit: 'м³' };
  return [
    await town.service({ ...named, ...water, calc_order: 7 }),
    await town.service({ code: 'HOT_HEAT', name: 'ГВС: тепло', ...water, calc_order: 8 }),
  ];
}

it('heats the volume of hot water: its gigacalories, and the water itself in a row of its own', async () => {
  const [cold, heat] = await hotWater();
  await town.price(cold, 13_030_000);
  await town.price(heat, 1620_330_000);
  await town.norm(heat, 'HEAT_IN_WATER', 6_370_000);
  await town.takes(cold, 'METER', [0]);
  await town.takes(heat, 'METER', [0]);
  await town.read(await town.meter('HOT_WATER', 0), OCTOBER, '110.16');
  const key = await town.computed();
  // C24
  expect(await town.lines(cold, key)).toEqual(['1 METER 10.16 0 132.38 0 0']);
  expect(await town.lines(heat, key)).toEqual(['1 METER 0.647192 0 1048.66 0 0']);
  // drainage takes the water once: the norm of two people of cold, and this
  expect((await town.lines(town.first.services.SEWERAGE, key))[0]).toBe('1 SUM_OF_WATER 19.28 0 542.73 0 0');
});

it('takes back what was estimated of hot water once, and no gigacalories of it', async () => {
  const [hot, heat] = await hotWater();
  await town.price(hot, 10_000_000);
  await town.price(heat, 1000_000_000);
  await town.norm(hot, 'PERSON', 300_000_000);
  await town.norm(heat, 'HEAT_IN_WATER', 6_000_000);
  for (const service of [hot, heat]) await town.takes(service, 'METER', [0]);
  const meter = await town.meter('HOT_WATER', 0);
  const october = await town.close();
  // nobody read it: 3 m³ for each of two people
  expect(await town.lines(hot, october)).toEqual(['1 ESTIMATE_NORM 6 0 60 0 0']);
  expect(await town.lines(heat, october)).toEqual(['1 ESTIMATE_NORM 0.36 0 360 0 0']);
  await town.read(meter, month('2026-11'), '120');
  const november = await town.close(month('2026-11'));
  // 20 − 6, and the heat in that
  expect(await town.lines(hot, november)).toEqual(['1 METER 14 0 140 0 0']);
  expect(await town.lines(heat, november)).toEqual(['1 METER 0.84 0 840 0 0']);
});

it('ends with the season in the month that it ends in', async () => {
  await town.takes(heating, 'HEATING_NORM', [0]);
  await town.fact('HOUSE', 'HEATING_ON', 1, { valid: '[2026-10-16,2026-11-16)' });
  await town.close();
  // November: half of its days
  expect(await town.lines(heating, await town.close(month('2026-11')))).toEqual([
    '1 HEATING_NORM 0.7125 0 1754.99 0 0',
  ]);
});
