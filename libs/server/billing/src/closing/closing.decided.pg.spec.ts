import { type Month, addMonths, month } from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
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

describe('what an organisation has decided of a service', () => {
  it('charges a month that is begun whole', async () => {
    const { MAINT } = town.first.services;
    await town.forget('account_service', MAINT);
    const { houseId, accountIds, supplierId } = town.first;
    for (const [account, valid] of [
      [0, '[2026-10-20,)'],
      [1, '[2020-01-01,2026-10-02)'],
    ] as const)
      await town.add('account_service', {
        house_id: houseId,
        account_id: accountIds[account],
        service_id: MAINT,
        supplier_id: supplierId,
        method: 'AREA',
        valid,
        known: await town.now(),
      });
    const byDays = await town.computed();
    // 12 days and one day of 31
    expect(await town.lines(MAINT, byDays)).toEqual([
      '1 AREA 19.354839 0 614.9 0 0',
      '2 AREA 1.612903 0 51.24 0 0',
    ]);
    await town.discard(byDays);
    await town.terms(MAINT, { whole_months: true });
    expect(await town.lines(MAINT, await town.computed())).toEqual([
      '1 AREA 50 0 1588.5 0 0',
      '2 AREA 50 0 1588.5 0 0',
    ]);
  });

  it('charges the owners where nobody lives', async () => {
    const waste = await town.service({ code: 'WASTE', name: 'Обращение с ТКО', unit: 'чел.', calc_order: 6 });
    await town.price(waste, 100_000_000);
    await town.takes(waste, 'PERSON_FEE');
    await town.terms(waste, { charges_owners: true });
    await town.people(1, 'RESIDENTS', 0);
    await town.people(1, 'OWNERS', 3);
    await town.people(2, 'RESIDENTS', 0);
    expect(await town.lines(waste, await town.computed())).toEqual([
      '1 PERSON_FEE 2 0 200 0 0',
      '2 PERSON_FEE 3 0 300 0 0',
      '3 PERSON_FEE 0 0 0 0 0',
    ]);
  });

  it('counts another area', async () => {
    const { MAINT } = town.first.services;
    await town.terms(MAINT, { area_kind: 'HEATED' });
    const { houseId, accountIds } = town.first;
    const flat = await row<{ id: string }>(
      town.at.db,
      'select premises_id as id from account where id = $1',
      [accountIds[1]],
    );
    const area = { subject: 'PREMISES', subject_id: flat?.id, kind: 'HEATED_AREA', value: 40_000_000 };
    const always = { valid: '[2020-01-01,)', known: '[2020-01-01T00:00:00Z,)' };
    await town.add('fact', { house_id: houseId, ...area, ...always });
    expect(await town.lines(MAINT, await town.computed())).toEqual([
      '1 AREA 50 0 1588.5 0 0',
      '2 AREA 40 0 1270.8 0 0',
      '3 AREA 50 0 1588.5 0 0',
    ]);
  });

  it('raises the norm by the law’s coefficient where no average may be taken, a figure of its own', async () => {
    const { COLD_WATER, SEWERAGE } = town.first.services;
    await town.waters('1', '2');
    await town.terms(COLD_WATER, { raises_norm: true });
    const key = await town.computed();
    // C14: 9.12 × 43.27 = 394.62, and with 1.5 it is 591.93
    expect((await town.lines(COLD_WATER, key))[2]).toBe('3 ESTIMATE_NORM 9.12 0 591.93 0 197.31');
    expect((await town.lines(SEWERAGE, key))[2]).toBe('3 SUM_OF_WATER 9.12 0 256.73 0 0');
  });

  it('holds as it stands on the month’s last day, and makes the houses of a review dirty', async () => {
    const { MAINT } = town.first.services;
    await town.terms(MAINT, { area_kind: 'HEATED', valid: '[2020-01-01,2026-10-31)' });
    const key = await town.computed();
    const queries = town.at.module.get(ClosingQueries);
    expect(await queries.countDirty(await queries.get(key))).toBe(0);
    await town.terms(MAINT, { whole_months: true, valid: '[2026-10-31,)' });
    expect(await queries.countDirty(await queries.get(key))).toBe(1);
  });
});

describe('an average', () => {
  const NOVEMBER = month('2026-11');
  async function lawOf(kind: string, months: number): Promise<void> {
    await rows(
      town.at.db,
      `update rate set known = tstzrange(lower(known), now()) where country = 'RU' and kind = $1 and upper_inf(known)`,
      [kind],
    );
    await rows(
      town.at.db,
      `insert into rate (country, kind, value, document, valid, known)
       values ('RU', $1, $2, 'спецификация', '[2020-01-01,)', tstzrange(now(), null))`,
      [kind, months * 100_000_000],
    );
  }
  const november = async () => town.lines(town.first.services.COLD_WATER, await town.computed(NOVEMBER));

  it('needs as many months as the law says on the day, and its change makes every house dirty', async () => {
    await town.waters('3', '5', '7');
    await town.close();
    expect((await november())[0]).toBe('1 ESTIMATE_NORM 9.12 0 394.62 0 0');
    const queries = town.at.module.get(ClosingQueries);
    const [alive] = await rows<{ closingId: string }>(
      town.at.db,
      `select id as "closingId" from closing where organization_id = $1 and state = 'READY'`,
      [town.first.organizationId],
    );
    const review = { organizationId: town.first.organizationId, closingId: alive?.closingId ?? '' };
    expect(await queries.countDirty(await queries.get(review))).toBe(0);
    await lawOf('AVERAGE_NEEDS', 1);
    expect(await queries.countDirty(await queries.get(review))).toBe(1);
    await town.discard(review);
    expect(await november()).toEqual([
      '1 ESTIMATE_AVERAGE 3 0 129.81 0 0',
      '2 ESTIMATE_AVERAGE 5 0 216.35 0 0',
      '3 ESTIMATE_AVERAGE 7 0 302.89 0 0',
    ]);
  });

  it('lasts as many months as the law says', async () => {
    await town.waters('3', '5', '7');
    await town.close();
    await lawOf('AVERAGE_NEEDS', 1);
    await lawOf('AVERAGE_LASTS', 0);
    expect((await november())[0]).toBe('1 ESTIMATE_NORM 9.12 0 394.62 0 0');
  });
});

describe('what the house uses in common', () => {
  let meter: string;
  let common: string;
  beforeEach(async () => {
    meter = await town.meter('COLD_WATER', null);
    common = await town.service({
      code: 'COLD_WATER_COMMON',
      name: 'Холодная вода на общее имущество',
      unit: 'м³',
      resource: 'COLD_WATER',
      zone: 'SINGLE',
      calc_order: 6,
    });
    await town.price(common, 43_270_000);
    await town.waters('4', '5', '6');
  });
  const shares = async () => {
    await town.takes(common, 'COMMON_AREA');
    return town.lines(common, await town.computed());
  };

  it('stands in the row of the water itself, and goes down the drain too', async () => {
    const { COLD_WATER, SEWERAGE } = town.first.services;
    await town.read(meter, OCTOBER, '116.8');
    await town.terms(COLD_WATER, { takes_share: true, cap_by_norm: false });
    const key = await town.computed();
    expect(await town.lines(COLD_WATER, key)).toEqual([
      '1 METER 4.6 0.6 199.04 0 0',
      '2 METER 5.6 0.6 242.31 0 0',
      '3 METER 6.6 0.6 285.58 0 0',
    ]);
    expect((await town.lines(SEWERAGE, key))[0]).toBe('1 SUM_OF_WATER 4.6 0 129.49 0 0');
  });

  it('is shared by people where that is decided', async () => {
    await town.people(0, 'RESIDENTS', 4);
    await town.read(meter, OCTOBER, '116.6');
    await town.terms(common, { shared_by: 'PEOPLE', cap_by_norm: false });
    expect(await shares()).toEqual([
      '1 COMMON_AREA 0.8 0.8 34.62 0 0',
      '2 COMMON_AREA 0.4 0.4 17.31 0 0',
      '3 COMMON_AREA 0.4 0.4 17.31 0 0',
    ]);
  });

  it('is the norm of the common area where that is decided, whatever the meter says', async () => {
    await town.norm(common, 'COMMON_AREA', 3_000_000);
    await town.read(meter, OCTOBER, '116.6');
    await town.terms(common, { common_mode: 'NORM' });
    // 0.03 × 100 m²
    expect(await shares()).toEqual([
      '1 COMMON_AREA 1 1 43.27 0 0',
      '2 COMMON_AREA 1 1 43.27 0 0',
      '3 COMMON_AREA 1 1 43.27 0 0',
    ]);
  });

  it('reduces the premises below zero where that is decided of this service alone', async () => {
    await town.read(meter, OCTOBER, '114');
    await town.terms(common, { negative_policy: 'DISTRIBUTE' });
    expect(await shares()).toEqual([
      '1 COMMON_AREA -0.333333 -0.333333 -14.42 0 0',
      '2 COMMON_AREA -0.333333 -0.333333 -14.42 0 0',
      '3 COMMON_AREA -0.333333 -0.333333 -14.42 0 0',
    ]);
  });

  it('is the average of the months of last year that the meter was read in', async () => {
    await town.takes(common, 'COMMON_AREA');
    await town.terms(common, { cap_by_norm: false, valid: '[2020-01-01,2027-01-01)' });
    await town.terms(common, { common_mode: 'AVERAGE', valid: '[2027-01-01,)' });
    // for December, when the meter of the house is silent
    await town.norm(common, 'COMMON_AREA', 1_000_000);
    await town.read(meter, OCTOBER, '116.8');
    await town.close();
    for (const register of town.first.registerIds) await town.read(register, month('2026-11'), '110');
    // 6 + 5 + 4 by the premises, 18 by the house
    await town.read(meter, month('2026-11'), '134.8');
    await town.close(month('2026-11'));
    await town.close(month('2026-12'));
    await town.read(meter, month('2027-01'), '200');
    // (1.8 + 3) / 2, a third each
    expect((await town.lines(common, await town.computed(month('2027-01'))))[0]).toBe(
      '1 COMMON_AREA 0.8 0.8 34.62 0 0',
    );
  });
});

describe('a year that is settled by the meter of the house', () => {
  it('gives each account its part of what was measured, less what it was charged by the norm', async () => {
    const common = await town.service({
      code: 'COLD_WATER_COMMON',
      name: 'Холодная вода на общее имущество',
      unit: 'м³',
      resource: 'COLD_WATER',
      zone: 'SINGLE',
      calc_order: 6,
    });
    await town.price(common, 40_000_000);
    await town.norm(common, 'COMMON_AREA', 3_000_000);
    await town.takes(common, 'COMMON_AREA');
    await town.terms(common, { common_mode: 'NORM', true_up_month: 1 });
    const meter = await town.meter('COLD_WATER', null);
    await town.waters('4', '5', '6');
    await town.read(meter, OCTOBER, '124');
    await town.close();
    // November by the premises 15 again; the meter of the house is not read until December, and they are then 15 more
    for (const [of, add] of [
      ['2026-11', 8],
      ['2026-12', 12],
    ] as const) {
      for (const [place, register] of town.first.registerIds.entries())
        await town.read(register, month(of), String(100 + (add * (4 + place)) / 4));
      if (of === '2026-12') await town.read(meter, month(of), '148');
      await town.close(month(of));
    }
    const january = await town.computed(month('2027-01'));
    const [line] = await rows<{ recalculated: string; charged: string }>(
      town.at.owner,
      `select recalculated, charged from statement_line_${january.closingId} where service_id = $1 order by account_id limit 1`,
      [common],
    );
    // October 24 − 15 = 9, November 0 − 15, December 24 − 15 = 9: 3 m³ for the year, where the norm has charged 3 a month
    // a third each: 1 m³ less 3 m³, at 40 roubles
    expect(line).toEqual({ recalculated: '-8000', charged: '4000' });
  });
});

it('heats by a twelfth of last year, once that year is closed', async () => {
  const heating = await town.service({
    code: 'HEATING',
    name: 'Отопление',
    resource: 'HEAT',
    zone: 'SINGLE',
    calc_order: 6,
  });
  await town.price(heating, 2000_000_000);
  await town.norm(heating, 'AREA', 2_000_000);
  await town.takes(heating, 'HEATING_HOUSE_METER');
  await town.terms(heating, { common_mode: 'AVERAGE' });
  const meter = await town.meter('HEAT', null);
  let of: Month = OCTOBER;
  for (let stood = 106; of < '2028-01'; of = addMonths(of, 1), stood += 6) {
    await town.read(meter, of, String(stood));
    const key = await town.close(of);
    // until then the norm: 0.02 × 50 m²
    if (of === '2027-12')
      expect((await town.lines(heating, key))[0]).toBe('1 HEATING_HOUSE_METER 1 0 2000 0 0');
  }
  // 72 Gcal in 2027: 6 a month, 2 a flat, whatever January's own reading says
  await town.read(meter, of, '500');
  expect((await town.lines(heating, await town.computed(of)))[0]).toBe('1 HEATING_HOUSE_METER 2 0 4000 0 0');
});
