import { moneyText, month } from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { Explanations } from '../explaining/explanations.service';
import type { ClosingKey } from './closing.lock';
import { ChargedTown } from './closing.testing';

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

/** The supply of the same cold water, at 10.00. */
async function supply(accounts: readonly number[] = [0, 1, 2]): Promise<string> {
  const own = { code: 'SUPPLY', name: 'Транспортировка воды', unit: 'м³', calc_order: 6 };
  const id = await town.service({ ...own, resource: 'COLD_WATER', zone: 'SINGLE' });
  await town.price(id, 10_000_000);
  await town.takes(id, 'METER', accounts);
  return id;
}

/** October without readings, the norm of two people: 9.12. In November the first register shows 20 more than in September. */
async function readLate(): Promise<ClosingKey> {
  await town.close();
  const [register = ''] = town.first.registerIds;
  await town.read(register, NOVEMBER, '120');
  return town.computed(NOVEMBER);
}

/** The first account's line: its volume, what it costs, and what is corrected of October. */
async function lineOf(serviceId: string, { closingId }: ClosingKey): Promise<string> {
  const found = await row<{ line: string }>(
    town.at.owner,
    `select concat_ws(' ', (quantity / 1000000.0)::float, charged / 100.0::float, recalculated / 100.0::float) as line
     from statement_line_${closingId} where service_id = $1 and account_id = $2`,
    [serviceId, town.first.accountIds[0]],
  );
  return found?.line ?? '';
}

it('takes what was estimated once where two services are charged by one register', async () => {
  const { COLD_WATER } = town.first.services;
  const supplied = await supply();
  const key = await readLate();
  // 20 less 9.12, for each
  expect(await lineOf(COLD_WATER, key)).toBe('10.88 470.78 0');
  expect(await lineOf(supplied, key)).toBe('10.88 108.8 0');
});

it('takes all that was estimated where one service took over from another within the month', async () => {
  const { houseId, accountIds, supplierId, services } = town.first;
  const supplied = await supply([1, 2]);
  await town.forget('account_service', services.COLD_WATER);
  const of = { house_id: houseId, account_id: accountIds[0], supplier_id: supplierId, method: 'METER' };
  const known = await town.now();
  const [before, after] = ['[2020-01-01,2026-10-16)', '[2026-10-16,)'];
  await town.add('account_service', { ...of, service_id: services.COLD_WATER, valid: before, known });
  await town.add('account_service', { ...of, service_id: supplied, valid: after, known });
  await town.norm(supplied, 'PERSON', 456_000_000);
  expect(await lineOf(supplied, await readLate())).toBe('10.88 108.8 0');
});

it('spreads a reading over what each service of a register was charged', async () => {
  const { COLD_WATER } = town.first.services;
  const supplied = await supply();
  for (const id of [COLD_WATER, supplied]) await town.terms(id, { redistributes: true });
  const key = await readLate();
  // of 20 in 61 days October has 10.163934: 439.79 less 394.62, and 101.64 less 91.20
  expect(await lineOf(COLD_WATER, key)).toBe('9.836066 425.61 45.17');
  expect(await lineOf(supplied, key)).toBe('9.836066 98.36 10.44');
});

it('charges an estimated month anew by its blocks, for the people who lived there then, and tells how', async () => {
  const { organizationId, accountIds, services } = town.first;
  const { COLD_WATER } = services;
  const tariff = await town.price(COLD_WATER, 43_270_000);
  const plan = { kind: 'MARGINAL', per_person: true, limits: [3_000_000], prices: [50_000_000] };
  await town.add('tariff_plan', { tariff_id: tariff, ...plan, known: '[2020-01-01T00:00:00Z,)' });
  await town.terms(COLD_WATER, { redistributes: true });
  await rows(
    town.at.db,
    `update fact set known = tstzrange(lower(known), now())
     where organization_id = $1 and subject_id = $2 and subject = 'ACCOUNT' and kind = 'RESIDENTS' and upper_inf(known)`,
    [organizationId, accountIds[0]],
  );
  const known = await town.now();
  await town.fact(0, 'RESIDENTS', 2, { valid: '[2020-01-01,2026-11-01)', known });
  await town.fact(0, 'RESIDENTS', 5, { valid: '[2026-11-01,)', known });
  const key = await readLate();
  // October: 6 at 43.27 and 4.163934 at 50 in place of 3.12, 467.82 less 415.62; November: 9.836066 of 15 at 43.27
  expect(await lineOf(COLD_WATER, key)).toBe('9.836066 425.61 52.2');
  await town.commit(key);
  const { lines } = await town.at.module
    .get(Explanations)
    .ofMonth({ organizationId, accountId: accountIds[0] ?? '' }, NOVEMBER, { serviceId: COLD_WATER });
  expect(lines.map(({ additions }) => additions.map((one) => [one.kind, one.expression]))).toEqual([
    [['TRUE_UP', '(467.82 − 415.62)']],
  ]);
  expect(lines.map(({ charged }) => moneyText(charged))).toEqual(['425.61']);
});

it('settles what a service was charged that nobody believes any more to have been taken', async () => {
  const { services, accountIds, houseId, supplierId } = town.first;
  const { COLD_WATER } = services;
  const supplied = await supply([1, 2]);
  for (const id of [COLD_WATER, supplied]) await town.terms(id, { redistributes: true });
  await town.norm(supplied, 'PERSON', 456_000_000);
  await town.close();
  await town.forget('account_service', COLD_WATER);
  const always = { valid: '[2020-01-01,)', known: await town.now() };
  const of = { house_id: houseId, account_id: accountIds[0], supplier_id: supplierId, method: 'METER' };
  await town.add('account_service', { ...of, service_id: supplied, ...always });
  await town.read(town.first.registerIds[0] ?? '', NOVEMBER, '120');
  // October is settled at the price of the water that it was charged as: 439.79 less 394.62
  expect(await lineOf(supplied, await town.computed(NOVEMBER))).toBe('9.836066 98.36 45.17');
});

it('settles it at the prices of the group that it had', async () => {
  const { services, accountIds, houseId, supplierId } = town.first;
  const { COLD_WATER } = services;
  const supplied = await supply([1, 2]);
  for (const id of [COLD_WATER, supplied]) await town.terms(id, { redistributes: true });
  await town.norm(supplied, 'PERSON', 456_000_000);
  const priced = {
    service_id: COLD_WATER,
    supplier_id: supplierId,
    price: 50_000_000,
    document: 'Приказ № 3',
  };
  await town.forget('account_service', COLD_WATER);
  const known = await town.now();
  await town.add('tariff', { ...priced, tariff_group: 2, valid: '[2020-01-01,)', known });
  const of = { house_id: houseId, account_id: accountIds[0], supplier_id: supplierId, method: 'METER' };
  const always = { ...of, valid: '[2020-01-01,)' };
  await town.add('account_service', { ...always, service_id: COLD_WATER, tariff_group: 2, known });
  await town.close();
  await town.forget('account_service', COLD_WATER);
  await town.add('account_service', { ...always, service_id: supplied, known: await town.now() });
  await town.read(town.first.registerIds[0] ?? '', NOVEMBER, '120');
  // 10.163934 at 50.00 less 9.12 at 50.00
  expect(await lineOf(supplied, await town.computed(NOVEMBER))).toBe('9.836066 98.36 52.2');
});

/** The first account's meter was read and taken down on 20 November; the one in its place shows 1 five days later. */
async function replaced(value: string, isRead = true): Promise<string> {
  const { organizationId, houseId, accountIds, meterIds, registerIds } = town.first;
  const [old = ''] = meterIds;
  await town.read(registerIds[0] ?? '', NOVEMBER, value);
  await rows(
    town.at.db,
    `update fact set known = tstzrange(lower(known), now())
     where organization_id = $1 and subject_id = $2 and subject = 'METER' and kind = 'METER_WORKING' and upper_inf(known)`,
    [organizationId, old],
  );
  const of = { house_id: houseId, account_id: accountIds[0], resource: 'COLD_WATER' };
  const meter = await town.add('meter', { ...of, serial: 'W-2', place: 'кухня' });
  const register = await town.add('register', { meter_id: meter, zone: 'SINGLE', digits: 5, decimals: 3 });
  const known = await town.now();
  const working = { house_id: houseId, subject: 'METER', kind: 'METER_WORKING', value: 1_000_000, known };
  await town.add('fact', { ...working, subject_id: old, valid: '[2020-01-01,2026-11-21)' });
  await town.add('fact', { ...working, subject_id: meter, valid: '[2026-11-20,)' });
  const reading = { house_id: houseId, register_id: register, month: '2026-11-01', known };
  const first = { taken_on: '2026-11-20', value: 0, source: 'INSTALLATION', settles: false, version: 2 };
  await town.add('reading', { ...reading, ...first, created_at: '2026-11-20' });
  const second = { taken_on: '2026-11-25', value: 1_000_000, source: 'SITE', created_at: '2026-11-25' };
  if (isRead) await town.add('reading', { ...reading, ...second });
  return register;
}

describe.each([false, true])(
  'a meter that is replaced after a silent month, redistributing: %s',
  (redistributes) => {
    it('is charged once for that month', async () => {
      const { COLD_WATER } = town.first.services;
      await town.price(COLD_WATER, 10_000_000);
      await town.terms(COLD_WATER, { redistributes });
      await town.close();
      await replaced('112');
      // 12 and 1 less the 9.12 of October
      expect(await lineOf(COLD_WATER, await town.computed(NOVEMBER))).toBe('3.88 38.8 0');
    });

    it('is charged once for the days on which the new one stood and was not read', async () => {
      const { COLD_WATER } = town.first.services;
      const [kitchen = ''] = town.first.registerIds;
      await town.price(COLD_WATER, 10_000_000);
      await town.terms(COLD_WATER, { redistributes });
      await town.read(kitchen, month('2026-10'), '105');
      await town.close();
      const follower = await replaced('112', false);
      const november = await lineOf(COLD_WATER, await town.close(NOVEMBER));
      await town.read(follower, month('2026-12'), '3');
      const december = await lineOf(COLD_WATER, await town.computed(month('2026-12')));
      // 5 in October, 7 of the old one and what is guessed of the new one in November; 15 in all
      expect([november, december]).toEqual(['9.12 91.2 0', '0.88 8.8 0']);
    });
  },
);

describe('two registers of one water that are read again in different months', () => {
  const DECEMBER = month('2026-12');

  /** Nobody reads them in October: 9.12 by the norm. The kitchen shows 12 in November and 3 in December, the bath 10 then. */
  async function kitchenAndBath(): Promise<ClosingKey> {
    const [kitchen = ''] = town.first.registerIds;
    const bath = await town.meter('COLD_WATER', 0);
    await town.close();
    await town.read(kitchen, NOVEMBER, '112');
    await town.close(NOVEMBER);
    await town.read(kitchen, DECEMBER, '115');
    await town.read(bath, DECEMBER, '110');
    return town.computed(DECEMBER);
  }

  it('are charged once for all that both counted', async () => {
    await town.price(town.first.services.COLD_WATER, 10_000_000);
    const key = await kitchenAndBath();
    // October 4.56 each; November 12 − 4.56 and by the norm 1.68; December 3 and 10 − 4.56 − 1.68: with twice 9.12 all of 25
    expect(await lineOf(town.first.services.COLD_WATER, key)).toBe('6.76 67.6 0');
  });

  it('are charged once where one was silent before the other was', async () => {
    await town.price(town.first.services.COLD_WATER, 10_000_000);
    const [kitchen = ''] = town.first.registerIds;
    const bath = await town.meter('COLD_WATER', 0);
    await town.read(bath, month('2026-10'), '103');
    await town.close();
    await town.read(kitchen, NOVEMBER, '110');
    await town.close(NOVEMBER);
    await town.read(kitchen, DECEMBER, '112');
    await town.read(bath, DECEMBER, '111');
    // October 3 and by the norm 6.12; November 10 − 6.12 and by the norm 5.24; December 2 and 8 − 5.24: with twice 9.12 all of 23
    expect(await lineOf(town.first.services.COLD_WATER, await town.computed(DECEMBER))).toBe('4.76 47.6 0');
  });

  it('are charged once where a reading is spread over its months', async () => {
    await town.price(town.first.services.COLD_WATER, 10_000_000);
    await town.terms(town.first.services.COLD_WATER, { redistributes: true });
    const key = await kitchenAndBath();
    // the bath's 10 in 92 days: October 33.70 less 45.60, November 32.61 less 9.12 − 12 × 30 / 61 = 3.218361, 32.18
    expect(await lineOf(town.first.services.COLD_WATER, key)).toBe('6.369565 63.7 -11.47');
  });

  /** 8 at 10.00, above that at 20.00; readings are spread. */
  async function blocks(): Promise<void> {
    const { COLD_WATER } = town.first.services;
    await town.terms(COLD_WATER, { redistributes: true });
    const tariff = await town.price(COLD_WATER, 10_000_000);
    const plan = { kind: 'MARGINAL', per_person: false, limits: [8_000_000], prices: [20_000_000] };
    await town.add('tariff_plan', { tariff_id: tariff, ...plan, known: '[2020-01-01T00:00:00Z,)' });
  }

  it('settle a month of blocks from what it costs since the other settled it', async () => {
    const { COLD_WATER } = town.first.services;
    await blocks();
    const key = await kitchenAndBath();
    // October: the kitchen made of 9.12 10.658361, 133.17; the bath makes of these 9.467926, 109.36.
    // November: 9.162509 in place of 9.12, 103.25 less 102.40
    expect(await lineOf(COLD_WATER, key)).toBe('6.369565 63.7 -22.96');
  });

  it('settle it from what it was charged where the other was replaced: that one settled it in its own month', async () => {
    const { COLD_WATER } = town.first.services;
    await blocks();
    const bath = await town.meter('COLD_WATER', 0);
    await town.close();
    const kitchen = await replaced('112');
    // 12 and 1 less 4.56 are less than the norm: the bath is taken to have counted 0.68
    expect(await lineOf(COLD_WATER, await town.close(NOVEMBER))).toBe('9.12 102.4 0');
    await town.read(kitchen, DECEMBER, '2');
    await town.read(bath, DECEMBER, '101');
    // October: 4.896957 in place of 9.12, 48.97 less 102.40; November: 8.766087, 95.32 less 102.40
    expect(await lineOf(COLD_WATER, await town.computed(DECEMBER))).toBe('1.336956 13.37 -60.51');
  });

  it('settle it from there too where an act set the volume of the month in which the other was read', async () => {
    const { houseId, accountIds, services } = town.first;
    await blocks();
    const [kitchen = ''] = town.first.registerIds;
    const bath = await town.meter('COLD_WATER', 0);
    await town.close();
    await town.read(kitchen, NOVEMBER, '112');
    const act = {
      kind: 'VOLUME',
      account_id: accountIds[0],
      service_id: services.COLD_WATER,
      volume: 5_000_000,
    };
    const of = { house_id: houseId, document: 'Акт № 7', created_at: '2026-11-25', known: await town.now() };
    await town.add('account_act', { ...of, ...act, valid: '[2026-11-01,2026-12-01)' });
    expect(await lineOf(services.COLD_WATER, await town.close(NOVEMBER))).toBe('5 50 30.77');
    await town.read(kitchen, DECEMBER, '113');
    await town.read(bath, DECEMBER, '101');
    // October: 6.598361 in place of 10.658361, 65.98 less 133.17
    expect(await lineOf(services.COLD_WATER, await town.computed(DECEMBER))).toBe('1.5 15 -67.19');
  });
});
