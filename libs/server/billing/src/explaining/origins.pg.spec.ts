import { quantityOf, quantityText } from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import { Explanations } from './explanations.service';

const NOTHING = quantityOf(0n);
let town: ChargedTown;
let author: string;

beforeEach(async () => {
  town = await ChargedTown.build();
  const user = await row<{ id: string }>(
    town.at.owner,
    `insert into portal_user (portal_id, kind, login, name, password_hash, state)
     values ($1, 'STAFF', 'operator', 'Соколова А. А.', '-', 'ACTIVE') returning id`,
    [town.town.portalId],
  );
  author = user?.id ?? '';
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const paper = (values: Readonly<Record<string, unknown>>) => ({
  house_id: town.first.houseId,
  account_id: town.first.accountIds[0],
  valid: '[2026-10-01,2026-11-01)',
  known: '[2026-10-20T00:00:00Z,)',
  created_by: author,
  created_at: '2026-10-20',
  ...values,
});
/** The number of the law of the country in October. */
const legal = (kind: string) =>
  row<{ id: string; document: string }>(
    town.at.owner,
    `select id, document from rate where country = 'RU' and kind = $1 and valid @> '2026-10-31'::date and upper_inf(known)`,
    [kind],
  );
const water = async () => {
  const { organizationId, accountIds, services } = town.first;
  const { lines } = await town.at.module
    .get(Explanations)
    .ofMonth({ organizationId, accountId: accountIds[0] ?? '' }, OCTOBER, { serviceId: services.COLD_WATER });
  return lines[0];
};

it('names the papers behind a benefit, an interruption and a volume: document, days, who entered them and when', async () => {
  const { services } = town.first;
  await town.add(
    'account_act',
    paper({
      service_id: services.COLD_WATER,
      kind: 'VOLUME',
      volume: 10_000_000,
      document: 'Акт № 7 от 19.10.2026',
    }),
  );
  await town.add(
    'account_act',
    paper({
      service_id: services.COLD_WATER,
      kind: 'INTERRUPTION',
      hours: 12_000_000,
      allowed_hours: 4_000_000,
      document: 'Акт № 8',
    }),
  );
  await town.add(
    'benefit_right',
    paper({
      service_id: services.COLD_WATER,
      category: 'Ветеран труда',
      percent: 5_000_000_000,
      within_norm: false,
      document: 'Удостоверение № 1',
    }),
  );
  await town.close();
  const line = await water();
  const entered = { author: 'Соколова А. А.', recordedAt: new Date('2026-10-20T00:00:00Z') };
  const days = { validFrom: '2026-10-01', validTo: '2026-10-31' };
  expect(line?.inputs.find(({ name }) => name === 'ACT')?.origins).toMatchObject([
    { kind: 'ACT', document: 'Акт № 7 от 19.10.2026', ...days, ...entered },
  ]);
  expect(Object.fromEntries((line?.additions ?? []).map(({ kind, origin }) => [kind, origin]))).toMatchObject(
    {
      BENEFIT: { kind: 'BENEFIT', document: 'Удостоверение № 1', service: 'Холодная вода', ...entered },
      OUTAGE: { kind: 'ACT', document: 'Акт № 8', ...days, ...entered },
    },
  );
  const outage = line?.additions.find(({ kind }) => kind === 'OUTAGE');
  const percent = await legal('INTERRUPTION_PERCENT');
  // 10 m³ × 43.27; of 12 hours 4 are allowed
  expect(outage?.expression).toBe('432.70 × 8 × 0.15 %');
  expect(outage?.amount).toBe(-519n);
  expect(outage?.law).toMatchObject({ kind: 'RATE', ...percent });
});

it('names the application behind an absence, and the act behind a raised norm', async () => {
  const { services, supplierId } = town.first;
  await town.forget('account_service', services.COLD_WATER);
  await town.add('account_service', {
    house_id: town.first.houseId,
    account_id: town.first.accountIds[0],
    service_id: services.COLD_WATER,
    supplier_id: supplierId,
    method: 'NORM_PERSON',
    valid: '[2020-01-01,)',
    known: await town.now(),
  });
  await town.add(
    'account_act',
    paper({
      kind: 'ABSENCE',
      people: 1_000_000,
      document: 'Заявление № 3',
      valid: '[2026-10-05,2026-10-25)',
    }),
  );
  const raised = { kind: 'COEFFICIENT', coefficient: 150_000_000, document: 'Акт № 9' };
  await town.add('account_act', paper({ service_id: services.COLD_WATER, ...raised }));
  await town.close();
  const line = await water();
  expect(line?.inputs.find(({ name }) => name === 'COEFFICIENT')?.origins).toMatchObject([
    { kind: 'ACT', document: 'Акт № 9', author: 'Соколова А. А.' },
  ]);
  expect(line?.additions.find(({ kind }) => kind === 'ABSENCE')?.origin).toMatchObject({
    kind: 'ACT',
    document: 'Заявление № 3',
    validFrom: '2026-10-05',
    validTo: '2026-10-24',
    author: 'Соколова А. А.',
  });
  expect(line?.additions.find(({ kind }) => kind === 'ABSENCE')?.law).toMatchObject({
    kind: 'RATE',
    ...(await legal('ABSENCE_DAYS')),
  });
});

it('names what moved a line beside its charge: a payment by its place and number, a correction by its document', async () => {
  const { services, supplierId, accountIds } = town.first;
  const period = await row<{ id: string }>(
    town.at.owner,
    `select id from period where organization_id = $1 and month = '2026-10-01'`,
    [town.first.organizationId],
  );
  const money = { account_id: accountIds[0], service_id: services.COLD_WATER, supplier_id: supplierId };
  const movement = { ...money, house_id: town.first.houseId, period_id: period?.id };
  const payment = await town.add('payment', {
    ...{ account_id: accountIds[0], order_number: 'a1', idempotency_key: 'k1', provider: 'REGISTRY' },
    ...{ operation_id: '77-15', amount: 10_000, currency: 'RUB', state: 'SUCCEEDED', place: 'Почта' },
    ...{ value_date: '2026-10-12', posted_at: '2026-10-13', period_id: period?.id, created_at: '2026-10-13' },
  });
  await rows(
    town.at.owner,
    `insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount)
     values ($1, $2, $3, $4, 10000)`,
    [town.first.organizationId, payment, services.COLD_WATER, supplierId],
  );
  await town.add('movement', {
    ...{ ...movement, kind: 'PAYMENT', amount: -10_000, value_date: '2026-10-12' },
    ...{ source_kind: 'PAYMENT', source_id: payment, created_at: '2026-10-13' },
  });
  await town.add('movement', {
    ...{ ...movement, kind: 'ADJUSTMENT', amount: 2_550, value_date: '2026-10-20', for_month: '2026-08-01' },
    ...{ source_kind: 'STAFF', source_id: 1, reason: 'Акт сверки № 4', created_at: '2026-10-20' },
    created_by: author,
  });
  await town.close();
  const line = await water();
  expect(line?.movements).toEqual([
    {
      ...{ kind: 'PAYMENT', amount: -10_000n, on: '2026-10-12', document: 'Почта № 77-15', forMonth: null },
      ...{ recordedAt: new Date('2026-10-13T00:00:00Z'), author: null },
    },
    {
      ...{ kind: 'ADJUSTMENT', amount: 2_550n, on: '2026-10-20', document: 'Акт сверки № 4' },
      ...{ forMonth: '2026-08', recordedAt: new Date('2026-10-20T00:00:00Z'), author: 'Соколова А. А.' },
    },
  ]);
});

it('names the number of the law that raises a norm where nobody reads the meter', async () => {
  const { services } = town.first;
  await town.terms(services.COLD_WATER, { raises_norm: true });
  await town.close();
  const number = await legal('NORM_COEFFICIENT');
  const line = await water();
  const usual = line?.inputs.find(({ name }) => name === 'USUAL_COEFFICIENT');
  expect(usual?.value).toBe('1.5');
  expect(usual?.origins).toMatchObject([{ kind: 'RATE', ...number }]);
});

describe('the readings of the house behind what it used in common', () => {
  let common: string;
  let register: string;
  const origins = async () => {
    const { organizationId, accountIds } = town.first;
    const explained = await town.at.module
      .get(Explanations)
      .ofMonth({ organizationId, accountId: accountIds[0] ?? '' }, OCTOBER, { serviceId: common });
    const input = explained.lines[0]?.inputs.find(({ name }) => name === 'HOUSE_METER');
    const shown = input?.origins.map(({ value, takenOn }) => `${takenOn} ${quantityText(value ?? NOTHING)}`);
    return [input?.value, ...(shown ?? [])];
  };
  const change = (sql: string) => rows(town.at.owner, sql, [register]);

  beforeEach(async () => {
    common = await town.service({
      code: 'ODN',
      name: 'ОДН вода',
      calc_order: 90,
      resource: 'COLD_WATER',
      zone: 'SINGLE',
      unit: 'м³',
    });
    await town.price(common, 40_000_000);
    await town.terms(common, { cap_by_norm: false });
    await town.takes(common, 'COMMON_AREA');
    register = await town.meter('COLD_WATER', null);
    await town.read(register, OCTOBER, '160');
  });

  it('are those that its closing knew, though they were replaced and corrected since', async () => {
    await town.close();
    const was = ['60', '2026-09-20 100', '2026-10-20 160'];
    expect(await origins()).toEqual(was);
    // the books begin with October: what was read before is of no closed month, and may be entered anew
    await change(`update reading set state = 'SUPERSEDED', settles = false, known = tstzrange(lower(known), now())
      where register_id = $1 and month = '2026-09-01'`);
    await change(`insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source, version)
      select now(), tstzrange(now(), null), organization_id, house_id, register_id, month, '2026-09-25', 95000000, source, 2
      from reading where register_id = $1 and month = '2026-09-01'`);
    expect(await origins()).toEqual(was);
    await town.add('reading_correction', {
      ...{ house_id: town.first.houseId, register_id: register, month: '2026-10-01', taken_on: '2026-10-20' },
      ...{ value: 170_000_000, document: 'Акт № 5', known: await town.now(), created_at: '2026-11-03' },
    });
    expect(await origins()).toEqual(was);
  });

  it('begin where a correction said that was known then, and are of meters that were read', async () => {
    await town.meter('COLD_WATER', null);
    // another meter of the house was taken down and has no reading in October
    await change(`update fact set known = tstzrange(lower(known), now()) where kind = 'METER_WORKING' and subject_id = (
      select max(m.id) from meter m where m.account_id is null and $1::bigint is not null)`);
    await town.add('reading_correction', {
      ...{ house_id: town.first.houseId, register_id: register, month: '2026-09-01', taken_on: '2026-09-21' },
      ...{ value: 90_000_000, document: 'Акт № 5', known: await town.now(), created_at: '2026-10-21' },
    });
    await town.close();
    expect(await origins()).toEqual(['70', '2026-09-21 90', '2026-10-20 160']);
  });
});
