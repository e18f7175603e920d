import { month } from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { type UnderTest, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';

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

async function add(table: string, values: Record<string, unknown>): Promise<string> {
  const all = { organization_id: town.first.organizationId, ...values };
  const names = Object.keys(all);
  const added = await row<{ id: string }>(
    at.owner,
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')}) returning id`,
    Object.values(all),
  );
  return added?.id ?? '';
}

const KNOWN = { known: '[2026-10-01T00:00:00Z,)' };
const SINCE = { valid: '[2020-01-01,)', ...KNOWN };

const act = (values: Record<string, unknown>): Promise<string> =>
  add('account_act', {
    house_id: town.first.houseId,
    document: 'Акт № 7',
    created_at: '2026-10-25',
    valid: '[2026-10-01,2026-11-01)',
    ...KNOWN,
    ...values,
  });

/** What the account is charged for cold water by: the norm, as where no meter can be. */
async function byNorm(place: number): Promise<void> {
  const { organizationId, houseId, accountIds, services, supplierId } = town.first;
  await rows(
    at.owner,
    `update account_service set known = tstzrange(lower(known), '2026-10-01T00:00:00Z')
     where organization_id = $1 and account_id = $2 and service_id = $3`,
    [organizationId, accountIds[place], services.COLD_WATER],
  );
  await add('account_service', {
    house_id: houseId,
    account_id: accountIds[place],
    service_id: services.COLD_WATER,
    supplier_id: supplierId,
    method: 'NORM_PERSON',
    valid: '[2020-01-01,)',
    known: '[2026-10-01T00:00:00Z,)',
  });
}

async function computed(): Promise<ClosingKey> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, month('2026-10'));
  await at.module.get(ClosingComputing).computeAll(key);
  return key;
}

/** Lines of an account: service, method, quantity, charged, recalculated, under-delivered, benefit. */
async function linesOf(key: ClosingKey, place: number): Promise<string[]> {
  const found = await rows<{ line: string }>(
    at.owner,
    `select concat_ws(' ', s.code, l.method, (l.quantity / 1000000.0)::float, l.charged / 100.0::float,
       l.recalculated / 100.0::float, l.underdelivered / 100.0::float, l.benefit / 100.0::float) as line
     from statement_line_${key.closingId} l join service s on s.organization_id = $1 and s.id = l.service_id
     where l.organization_id = $1 and l.account_id = $2 order by s.calc_order`,
    [town.first.organizationId, town.first.accountIds[place]],
  );
  return found.map(({ line }) => line);
}

it('takes a temporary absence off what is charged by norm, and off the drain', async () => {
  await byNorm(0);
  const [account] = town.first.accountIds;
  // five full days are not more than five; then ten: 4.56 × 43.27 × 10 / 31 and 4.56 × 28.15 × 10 / 31
  await act({ kind: 'ABSENCE', account_id: account, people: 1_000_000, valid: '[2026-10-02,2026-10-07)' });
  await act({ kind: 'ABSENCE', account_id: account, people: 1_000_000, valid: '[2026-10-10,2026-10-20)' });
  expect(await linesOf(await computed(), 0)).toEqual([
    'MAINT AREA 50 1588.5 0 0 0',
    'COLD_WATER NORM_PERSON 9.12 394.62 -63.65 0 0',
    'SEWERAGE SUM_OF_WATER 9.12 256.73 -41.41 0 0',
  ]);
});

it('counts the full days that the law says on the first of them', async () => {
  await byNorm(0);
  await rows(
    at.owner,
    `update rate set known = tstzrange(lower(known), now()) where country = 'RU' and kind = 'ABSENCE_DAYS'`,
  );
  await rows(
    at.owner,
    `insert into rate (country, kind, value, document, valid, known)
     values ('RU', 'ABSENCE_DAYS', 1000000000, 'новый закон', '[2026-10-01,)', tstzrange(now(), null))`,
  );
  const [account] = town.first.accountIds;
  await act({ kind: 'ABSENCE', account_id: account, people: 1_000_000, valid: '[2026-10-10,2026-10-20)' });
  expect((await linesOf(await computed(), 0))[1]).toBe('COLD_WATER NORM_PERSON 9.12 394.62 0 0 0');
});

it('reduces a service of a whole house for an interruption that took too long', async () => {
  const { COLD_WATER } = town.first.services;
  await act({ kind: 'INTERRUPTION', service_id: COLD_WATER, hours: 20_000_000, allowed_hours: 8_000_000 });
  const key = await computed();
  // 12 hours above the allowed 8 at 0.15 %: 1.8 % of 394.62
  for (const place of [0, 1, 2])
    expect(await linesOf(key, place)).toEqual([
      'MAINT AREA 50 1588.5 0 0 0',
      'COLD_WATER ESTIMATE_NORM 9.12 394.62 0 -7.1 0',
      'SEWERAGE SUM_OF_WATER 9.12 256.73 0 0 0',
    ]);
});

it('reduces hot water that was too cold, and sells what was cold as cold', async () => {
  const { houseId, accountIds, supplierId } = town.first;
  const made = { name: 'Горячая вода', unit: 'м³', service_group: 'UTILITY', resource: 'HOT_WATER' };
  const hot = await add('service', { code: 'HOT_WATER', ...made, zone: 'SINGLE', calc_order: 9 });
  const priced = { service_id: hot, supplier_id: supplierId };
  await add('tariff', { ...priced, price: 200_000_000, document: 'Приказ № 3', ...SINCE });
  await add('norm', { service_id: hot, kind: 'PERSON', value: 300_000_000, document: 'Норматив', ...SINCE });
  const taken = { house_id: houseId, account_id: accountIds[1], ...priced };
  await add('account_service', { ...taken, method: 'NORM_PERSON', ...SINCE });
  const slots = [
    { temperature: '50000000', hours: '10000000', night: false },
    { temperature: '35000000', hours: '5000000', night: true },
  ];
  await act({ kind: 'HOT_WATER_TEMPERATURE', service_id: hot, slots: JSON.stringify(slots) });
  // 57 less 50 are two full steps of three degrees: 2 × 0.1 % × 10 hours of 1200.00; five hours of 744 are 8.06, cold 1.74
  expect(await linesOf(await computed(), 1)).toContain('HOT_WATER NORM_PERSON 6 1200 0 -30.32 0');
});

it('charges the volume that an act sets, and the norm with the coefficient that an act raises it by', async () => {
  const { accountIds, services } = town.first;
  const water = { service_id: services.COLD_WATER };
  await act({ kind: 'VOLUME', account_id: accountIds[0], ...water, volume: 15_000_000 });
  const raised = { coefficient: 150_000_000, valid: '[2026-10-16,)' };
  await act({ kind: 'COEFFICIENT', account_id: accountIds[1], ...water, ...raised });
  const key = await computed();
  expect((await linesOf(key, 0)).slice(1)).toEqual([
    'COLD_WATER ACT 15 649.05 0 0 0',
    'SEWERAGE SUM_OF_WATER 15 422.25 0 0 0',
  ]);
  // 15 days of the norm and 16 of it and a half: 9.12 × 39 / 31 = 11.473548 at 43.27; the drain sees the plain norm
  expect((await linesOf(key, 1)).slice(1)).toEqual([
    'COLD_WATER ESTIMATE_NORM 9.12 496.46 0 0 0',
    'SEWERAGE SUM_OF_WATER 9.12 256.73 0 0 0',
  ]);
});

/** One of the two people of the first account pays half of cold water within the norm, of which it used 10. */
async function halfWithinNorm(): Promise<void> {
  const { houseId, accountIds, services } = town.first;
  await add('benefit_right', {
    house_id: houseId,
    account_id: accountIds[0],
    category: 'Ветеран труда',
    document: 'Удостоверение',
    service_id: services.COLD_WATER,
    percent: 5_000_000_000,
    beneficiaries: 1_000_000,
    within_norm: true,
    created_at: '2026-10-05',
    ...SINCE,
  });
  await act({
    kind: 'VOLUME',
    account_id: accountIds[0],
    service_id: services.COLD_WATER,
    volume: 10_000_000,
  });
}

it('gives a benefit within the norm for those who have it', async () => {
  await halfWithinNorm();
  // of 10 the norm of two people counts, half of it: 4.56 × 43.27 = 197.31, and 50 % of that
  expect((await linesOf(await computed(), 0))[1]).toBe('COLD_WATER ACT 10 432.7 0 0 -98.66');
});

it('gives a benefit within the norm of each day where that changes in the month', async () => {
  const { organizationId, services } = town.first;
  await halfWithinNorm();
  await rows(
    at.owner,
    `update norm set known = tstzrange(lower(known), '2026-10-02T00:00:00Z')
     where organization_id = $1 and service_id = $2 and kind = 'PERSON' and upper_inf(known)`,
    [organizationId, services.COLD_WATER],
  );
  for (const [value, valid] of [
    [456_000_000, '[2020-01-01,2026-10-17)'],
    [146_000_000, '[2026-10-17,)'],
  ] as const)
    await add('norm', {
      service_id: services.COLD_WATER,
      kind: 'PERSON',
      value,
      document: 'Постановление № 2',
      valid,
      known: '[2026-10-02T00:00:00Z,)',
    });
  // 4.56 for 16 days and 1.46 for 15: 3.06 for each of two; half of 6.12 at 43.27, and 50 % of that
  expect((await linesOf(await computed(), 0))[1]).toBe('COLD_WATER ACT 10 432.7 0 0 -66.21');
});

it('finds a house changed when an act or a benefit comes after it was computed, and one that is withdrawn', async () => {
  const key = await computed();
  const { digest } = await at.module.get(ClosingQueries).get(key);
  const { accountIds, services } = town.first;
  const id = await act({
    kind: 'VOLUME',
    account_id: accountIds[0],
    service_id: services.COLD_WATER,
    volume: 15_000_000,
  });
  const changed = { refusals: [{ code: 'CLOSING_CHANGED', params: { houses: 1 } }] };
  await expect(at.module.get(Closings).commit('system', key, digest ?? '')).rejects.toMatchObject(changed);
  await at.module.get(ClosingComputing).refresh(key, [town.first.houseId]);
  const renewed = await at.module.get(ClosingQueries).get(key);
  await rows(
    at.owner,
    `update account_act set known = tstzrange(lower(known), now()) where organization_id = $1 and id = $2`,
    [town.first.organizationId, id],
  );
  await expect(at.module.get(Closings).commit('system', key, renewed.digest ?? '')).rejects.toMatchObject(
    changed,
  );
});

it('refuses an act of an account in another house, and never rewrites one', async () => {
  const foreign = act({ kind: 'ABSENCE', account_id: town.second.accountIds[0], people: 1_000_000 });
  await expect(foreign).rejects.toMatchObject({ code: expect.stringMatching(/23503|LG007/) });
  const id = await act({ kind: 'ABSENCE', account_id: town.first.accountIds[0], people: 1_000_000 });
  const rewritten = rows(at.owner, 'update account_act set people = 2000000 where id = $1', [id]);
  await expect(rewritten).rejects.toMatchObject({ code: 'LG005' });
});
