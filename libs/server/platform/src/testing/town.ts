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

/** Adds rows of the same columns to a table by one statement; answers their ids, in their order. */
async function addAll(
  db: Db,
  table: string,
  values: readonly Readonly<Record<string, unknown>>[],
): Promise<string[]> {
  const names = Object.keys(values[0] ?? {});
  const places = values.map((_, at) => `(${names.map((_, place) => `$${at * names.length + place + 1}`)})`);
  const added = await rows<{ id: string }>(
    db,
    `insert into ${table} (${names.join(', ')}) values ${places.join(', ')} returning id`,
    values.flatMap((one) => names.map((name) => one[name])),
  );
  return added.map(({ id }) => id);
}

async function add(db: Db, table: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const [id] = await addAll(db, table, [values]);
  if (!id) throw new Error(`Nothing was added to ${table}`);
  return id;
}

const SINCE = '[2020-01-01,)';
const KNOWN = '[2020-01-01T00:00:00Z,)';
const HOLDERS = [
  ['Иванов', 'Иван', 'Иванович'],
  ['Петрова', 'Анна', 'Сергеевна'],
  ['Сидоров', 'Пётр', 'Олегович'],
] as const;

interface Scope {
  organization_id: string;
  house_id: string;
}

/** The three flats of a house, each with an account, its holder and what is believed of both. */
async function addAccounts(db: Db, scope: Scope, prefix: number): Promise<string[]> {
  const { organization_id } = scope;
  const flats = await addAll(
    db,
    'premises',
    HOLDERS.map((_, at) => ({
      ...scope,
      kind: 'FLAT',
      number: String(at + 1),
      floor: 1,
      rooms: 2,
      entrance: 1,
    })),
  );
  const accounts = await addAll(
    db,
    'account',
    flats.map((premises, at) => ({
      ...scope,
      premises_id: premises,
      kind: 'PERSON',
      number: String(prefix + at + 1),
      opened_on: '2020-01-01',
    })),
  );
  const known = { valid: SINCE, known: KNOWN };
  await addAll(
    db,
    'holder',
    HOLDERS.map(([surname, given_name, patronymic], at) => ({
      organization_id,
      account_id: accounts[at],
      kind: 'PERSON',
      surname,
      given_name,
      patronymic,
      surname_key: surname.toUpperCase().replaceAll('Ё', 'Е'),
      ...known,
    })),
  );
  const fact = (subject: string, subject_id: string, kind: string, value: number) => ({
    ...scope,
    subject,
    subject_id,
    kind,
    value,
    ...known,
  });
  await addAll(db, 'fact', [
    ...flats.map((premises) => fact('PREMISES', premises, 'TOTAL_AREA', 50_000_000)),
    ...accounts.map((account) => fact('ACCOUNT', account, 'RESIDENTS', 2_000_000)),
  ]);
  return accounts;
}

/** A cold-water meter of one register for each account. */
async function addWaterMeters(
  db: Db,
  scope: Scope,
  accounts: readonly string[],
): Promise<{ meterIds: string[]; registerIds: string[] }> {
  const meterIds = await addAll(
    db,
    'meter',
    accounts.map((account) => ({
      ...scope,
      account_id: account,
      resource: 'COLD_WATER',
      serial: `W-${account}`,
      place: 'кухня',
    })),
  );
  const registerIds = await addAll(
    db,
    'register',
    meterIds.map((meter) => ({
      organization_id: scope.organization_id,
      meter_id: meter,
      zone: 'SINGLE',
      digits: 5,
      decimals: 3,
    })),
  );
  const fact = { ...scope, subject: 'METER', value: 1_000_000, known: KNOWN };
  await addAll(
    db,
    'fact',
    meterIds.flatMap((meter) => [
      { ...fact, subject_id: meter, kind: 'METER_WORKING', valid: SINCE },
      { ...fact, subject_id: meter, kind: 'METER_VERIFIED', valid: '[2024-01-01,2030-01-01)' },
    ]),
  );
  await addAll(
    db,
    'reading',
    registerIds.map((register) => ({
      ...scope,
      register_id: register,
      month: '2026-09-01',
      taken_on: '2026-09-20',
      value: 100_000_000,
      source: 'SITE',
      known: '[2026-09-20T10:00:00Z,)',
      created_at: '2026-09-20T10:00:00Z',
    })),
  );
  return { meterIds, registerIds };
}

/** What the town charges for: code, name, unit, group, resource, zone, order, price. */
const SERVICES = [
  ['MAINT', 'Содержание жилого помещения', 'м²', 'HOUSING', null, null, 1, 31_770_000],
  ['COLD_WATER', 'Холодная вода', 'м³', 'UTILITY', 'COLD_WATER', 'SINGLE', 2, 43_270_000],
  ['SEWERAGE', 'Водоотведение', 'м³', 'UTILITY', null, null, 3, 28_150_000],
  ['ELECTRICITY', 'Электроснабжение', 'кВт·ч', 'UTILITY', 'ELECTRICITY', 'DAY', 4, 4_090_000],
  ['ELECTRICITY_NIGHT', 'Электроснабжение, ночь', 'кВт·ч', 'UTILITY', 'ELECTRICITY', 'NIGHT', 5, 2_490_000],
] as const;

async function addServices(
  db: Db,
  organization_id: string,
  supplier_id: string,
): Promise<TownOrganization['services']> {
  const ids = await addAll(
    db,
    'service',
    SERVICES.map(([code, name, unit, service_group, resource, zone, calc_order]) => ({
      organization_id,
      code,
      name,
      unit,
      service_group,
      resource,
      zone,
      calc_order,
    })),
  );
  await addAll(
    db,
    'tariff',
    SERVICES.map(([, , , , , , , price], at) => ({
      organization_id,
      service_id: ids[at],
      supplier_id,
      price,
      document: 'Приказ № 1',
      valid: SINCE,
      known: KNOWN,
    })),
  );
  const [MAINT = '', COLD_WATER = '', SEWERAGE = '', ELECTRICITY = '', ELECTRICITY_NIGHT = ''] = ids;
  return { MAINT, COLD_WATER, SEWERAGE, ELECTRICITY, ELECTRICITY_NIGHT };
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
  const services = await addServices(db, organization_id, supplierId);
  await add(db, 'norm', {
    organization_id,
    service_id: services.COLD_WATER,
    kind: 'PERSON',
    value: 456_000_000,
    document: 'тест',
    valid: SINCE,
    known: KNOWN,
  });
  const accountIds = await addAccounts(db, scope, prefix);
  const { meterIds, registerIds } = await addWaterMeters(db, scope, accountIds);
  const taken = [
    ['MAINT', 'AREA'],
    ['COLD_WATER', 'METER'],
    ['SEWERAGE', 'SUM_OF_WATER'],
  ] as const;
  await addAll(
    db,
    'account_service',
    accountIds.flatMap((account_id) =>
      taken.map(([code, method]) => ({
        ...scope,
        account_id,
        service_id: services[code],
        supplier_id: supplierId,
        method,
        valid: SINCE,
        known: KNOWN,
      })),
    ),
  );
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

/** Fills a migrated database (as its owner). A second town in one database needs a name of its own. */
export async function aTown(owner: Db, slug = 'zarechny'): Promise<Town> {
  const portalId = await add(owner, 'portal', { slug, name: 'Заречный квартал', country: 'RU' });
  return {
    portalId,
    first: await addOrganization(owner, portalId, 'УК «Заречный квартал»', 100_000),
    second: await addOrganization(owner, portalId, 'УК «Другая»', 200_000),
  };
}
