import type { DataSource } from 'typeorm';
import { row, rows } from '../transaction';

/** A small town in the database of a spec: two organisations that must never see each other. */
export interface Town {
  portalId: string;
  first: TownOrganization;
  second: TownOrganization;
}
export interface TownOrganization {
  organizationId: string;
  houseId: string;
  /** Flats 1, 2, 3: Иванов 100001, Петрова 100002, Сидоров 100003 (first) or 20000x (second). */
  accountIds: readonly string[];
  supplierId: string;
  services: Readonly<
    Record<'MAINT' | 'COLD_WATER' | 'SEWERAGE' | 'ELECTRICITY' | 'ELECTRICITY_NIGHT', string>
  >;
  /** A cold-water meter of each account with one register. */
  registerIds: readonly string[];
  meterIds: readonly string[];
  periodId: string;
}

/** The month that is open in it. */
export const TOWN_MONTH = '2026-10-01';

type Db = Pick<DataSource, 'query'>;

async function add(db: Db, table: string, values: Record<string, unknown>): Promise<string> {
  const names = Object.keys(values);
  const added = await row<{ id: string }>(
    db,
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(values),
  );
  if (!added) throw new Error(`Nothing was added to ${table}`);
  return added.id;
}

const SINCE = '[2020-01-01,)';
const KNOWN = '[2020-01-01T00:00:00Z,)';
const HOLDERS = [
  ['Иванов', 'Иван', 'Иванович'],
  ['Петрова', 'Анна', 'Сергеевна'],
  ['Сидоров', 'Пётр', 'Олегович'],
] as const;

async function addAccount(
  db: Db,
  scope: { organization_id: string; house_id: string },
  at: number,
  prefix: number,
): Promise<string> {
  const { organization_id } = scope;
  const premises = await add(db, 'premises', {
    ...scope,
    kind: 'FLAT',
    number: String(at + 1),
    floor: 1,
    rooms: 2,
    entrance: 1,
  });
  const account = await add(db, 'account', {
    ...scope,
    premises_id: premises,
    kind: 'PERSON',
    number: String(prefix + at + 1),
    opened_on: '2020-01-01',
  });
  const [surname = '', given = '', patronymic = ''] = HOLDERS[at] ?? [];
  await add(db, 'holder', {
    organization_id,
    account_id: account,
    kind: 'PERSON',
    surname,
    given_name: given,
    patronymic,
    surname_key: surname.toUpperCase().replaceAll('Ё', 'Е'),
    valid: SINCE,
    known: KNOWN,
  });
  const facts = { ...scope, valid: SINCE, known: KNOWN };
  await add(db, 'fact', {
    ...facts,
    subject: 'PREMISES',
    subject_id: premises,
    kind: 'TOTAL_AREA',
    value: 50_000_000,
  });
  await add(db, 'fact', {
    ...facts,
    subject: 'ACCOUNT',
    subject_id: account,
    kind: 'RESIDENTS',
    value: 2_000_000,
  });
  return account;
}

async function addWaterMeter(
  db: Db,
  scope: { organization_id: string; house_id: string },
  account: string,
): Promise<[string, string]> {
  const meter = await add(db, 'meter', {
    ...scope,
    account_id: account,
    resource: 'COLD_WATER',
    serial: `W-${account}`,
    place: 'кухня',
  });
  const register = await add(db, 'register', {
    organization_id: scope.organization_id,
    meter_id: meter,
    zone: 'SINGLE',
    digits: 5,
    decimals: 3,
  });
  const facts = { ...scope, subject: 'METER', subject_id: meter, value: 1_000_000, known: KNOWN };
  await add(db, 'fact', { ...facts, kind: 'METER_WORKING', valid: SINCE });
  await add(db, 'fact', { ...facts, kind: 'METER_VERIFIED', valid: '[2024-01-01,2030-01-01)' });
  await add(db, 'reading', {
    ...scope,
    register_id: register,
    month: '2026-09-01',
    taken_on: '2026-09-20',
    value: 100_000_000,
    source: 'SITE',
    known: '[2026-09-20T10:00:00Z,)',
    created_at: '2026-09-20T10:00:00Z',
  });
  return [meter, register];
}

async function addOrganization(
  db: Db,
  portalId: string,
  name: string,
  prefix: number,
): Promise<TownOrganization> {
  const organization_id = await add(db, 'organization', {
    name,
    short_name: name,
    kind: 'MANAGEMENT',
    country: 'RU',
    currency: 'RUB',
    time_zone: 'Europe/Moscow',
    tax_id: '7707083893',
  });
  await rows(db, 'insert into portal_organization (portal_id, organization_id) values ($1, $2)', [
    portalId,
    organization_id,
  ]);
  const house_id = await add(db, 'house', {
    organization_id,
    city: 'Приреченск',
    street: 'Садовая',
    number: '12',
    flats: 3,
  });
  const scope = { organization_id, house_id };
  await add(db, 'fact', {
    ...scope,
    subject: 'HOUSE',
    subject_id: house_id,
    kind: 'COMMON_AREA',
    value: 100_000_000,
    valid: SINCE,
    known: KNOWN,
  });
  const supplierId = await supplier(db, organization_id, name);
  const services = {
    MAINT: await service(db, organization_id, supplierId, [
      'MAINT',
      'Содержание жилого помещения',
      'м²',
      'HOUSING',
      null,
      null,
      1,
      31_770_000,
    ]),
    COLD_WATER: await service(db, organization_id, supplierId, [
      'COLD_WATER',
      'Холодная вода',
      'м³',
      'UTILITY',
      'COLD_WATER',
      'SINGLE',
      2,
      43_270_000,
    ]),
    SEWERAGE: await service(db, organization_id, supplierId, [
      'SEWERAGE',
      'Водоотведение',
      'м³',
      'UTILITY',
      null,
      null,
      3,
      28_150_000,
    ]),
    ELECTRICITY: await service(db, organization_id, supplierId, [
      'ELECTRICITY',
      'Электроснабжение',
      'кВт·ч',
      'UTILITY',
      'ELECTRICITY',
      'DAY',
      4,
      4_090_000,
    ]),
    ELECTRICITY_NIGHT: await service(db, organization_id, supplierId, [
      'ELECTRICITY_NIGHT',
      'Электроснабжение, ночь',
      'кВт·ч',
      'UTILITY',
      'ELECTRICITY',
      'NIGHT',
      5,
      2_490_000,
    ]),
  };
  await add(db, 'norm', {
    organization_id,
    service_id: services.COLD_WATER,
    kind: 'PERSON',
    value: 456_000_000,
    document: 'тест',
    valid: SINCE,
    known: KNOWN,
  });
  const accountIds = [];
  const meterIds = [];
  const registerIds = [];
  for (const at of [0, 1, 2]) {
    const account = await addAccount(db, scope, at, prefix);
    const [meter, register] = await addWaterMeter(db, scope, account);
    const takes = { ...scope, account_id: account, supplier_id: supplierId, valid: SINCE, known: KNOWN };
    await add(db, 'account_service', { ...takes, service_id: services.MAINT, method: 'AREA' });
    await add(db, 'account_service', { ...takes, service_id: services.COLD_WATER, method: 'METER' });
    await add(db, 'account_service', { ...takes, service_id: services.SEWERAGE, method: 'SUM_OF_WATER' });
    accountIds.push(account);
    meterIds.push(meter);
    registerIds.push(register);
  }
  const periodId = await add(db, 'period', { organization_id, month: TOWN_MONTH, state: 'OPEN' });
  return {
    organizationId: organization_id,
    houseId: house_id,
    accountIds,
    supplierId,
    services,
    registerIds,
    meterIds,
    periodId,
  };
}

async function supplier(db: Db, organization_id: string, name: string): Promise<string> {
  // the recipient is the supplier itself: its id is taken from the sequence first
  const own = await row<{ id: string }>(
    db,
    `insert into supplier (organization_id, id, name, recipient_id) overriding system value
     select $1, n, $2, n from nextval(pg_get_serial_sequence('supplier', 'id')) n returning id`,
    [organization_id, name],
  );
  if (!own) throw new Error('No supplier was added');
  return own.id;
}

type ServiceRow = readonly [string, string, string, string, string | null, string | null, number, number];

async function service(
  db: Db,
  organization_id: string,
  supplier_id: string,
  made: ServiceRow,
): Promise<string> {
  const [code, name, unit, service_group, resource, zone, calc_order, price] = made;
  const id = await add(db, 'service', {
    organization_id,
    code,
    name,
    unit,
    service_group,
    resource,
    zone,
    calc_order,
  });
  await add(db, 'tariff', {
    organization_id,
    service_id: id,
    supplier_id,
    price,
    document: 'Приказ № 1',
    valid: SINCE,
    known: KNOWN,
  });
  return id;
}

/** Fills a migrated database (as its owner). A second town in one database needs a name of its own. */
export async function aTown(owner: Db, slug = 'zarechny'): Promise<Town> {
  const portalId = await add(owner, 'portal', { slug, name: 'Заречный квартал', country: 'RU' });
  return {
    portalId,
    first: await addOrganization(owner, portalId, 'УК «Заречный квартал»', 100_000),
    second: await addOrganization(owner, portalId, 'УК «Другая»', 200_000),
  };
}
