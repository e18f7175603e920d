import { type Month, addMonths, firstDay, previousMonth } from '@kvartal/domain';
import type pg from 'pg';
import { SERVICES } from './catalogue';

/** What the benchmark's town is made of: one organisation, houses of `ACCOUNTS_A_HOUSE` flats. */
export interface TownSize {
  accounts: number;
  services: number;
  /** The first month of its books. */
  first: Month;
  /** How many months have readings; in the last of them one account of 25 sent none. */
  months: number;
}

export const ORGANIZATION = '1';
const ACCOUNTS_A_HOUSE = 75;
const KNOWN = `tstzrange('2024-01-01T00:00:00Z', null)`;
const SINCE = `daterange('2024-01-01', null)`;

/** House of account `a`. */
const HOUSE = `(1 + (a - 1) / ${ACCOUNTS_A_HOUSE})`;
const ACCOUNTS = 'generate_series(1, $1::int) a';
const HOUSES = `generate_series(1, ($1::int + ${ACCOUNTS_A_HOUSE - 1}) / ${ACCOUNTS_A_HOUSE}) h`;
/** A number below `below` that only `of` decides: the town is the same each time. */
const dice = (of: string, below: number): string => `(abs(hashint8((${of})::bigint)) % ${below})`;

const PLACES = [
  `insert into house (organization_id, id, city, street, number, flats, floors, entrances) overriding system value
   select 1, h, 'Приреченск', 'Бенчевая', h::text, ${ACCOUNTS_A_HOUSE}, 9, 3 from ${HOUSES}`,
  `insert into premises (organization_id, id, house_id, kind, number) overriding system value
   select 1, a, ${HOUSE}, 'FLAT', (1 + (a - 1) % ${ACCOUNTS_A_HOUSE})::text from ${ACCOUNTS}`,
  `insert into account (organization_id, id, house_id, premises_id, kind, number, opened_on) overriding system value
   select 1, a, ${HOUSE}, a, 'PERSON', lpad(a::text, 10, '0'), '2024-01-01' from ${ACCOUNTS}`,
  `insert into holder (organization_id, account_id, kind, surname, given_name, patronymic, surname_key, valid, known)
   select 1, a, 'PERSON', 'Иванов', 'Иван', 'Иванович', 'ИВАНОВ', ${SINCE}, ${KNOWN} from ${ACCOUNTS}`,
];

const fact = (select: string, from: string): string =>
  `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known)
   select 1, ${select}, ${SINCE}, ${KNOWN} from ${from}`;

/** Three meters an account: cold water 3a-2, hot water 3a-1, electricity 3a; the house's own comes after all of them. */
const METERS = [
  `insert into meter (organization_id, id, house_id, account_id, resource, serial) overriding system value
   select 1, 3 * (a - 1) + k, ${HOUSE}, a, (array['COLD_WATER', 'HOT_WATER', 'ELECTRICITY'])[k], 'N' || (3 * (a - 1) + k)
   from ${ACCOUNTS}, generate_series(1, 3) k`,
  `insert into meter (organization_id, id, house_id, account_id, resource, serial) overriding system value
   select 1, 3 * $1::int + h, h, null, 'COLD_WATER', 'H' || h from ${HOUSES}`,
  `insert into register (organization_id, id, meter_id, zone, digits, decimals) overriding system value
   select 1, 4 * (a - 1) + k, 3 * (a - 1) + least(k, 3), (array['SINGLE', 'SINGLE', 'DAY', 'NIGHT'])[k], 6, 3
   from ${ACCOUNTS}, generate_series(1, 4) k`,
  `insert into register (organization_id, id, meter_id, zone, digits, decimals) overriding system value
   select 1, 4 * $1::int + h, 3 * $1::int + h, 'SINGLE', 8, 3 from ${HOUSES}`,
];

const FACTS = [
  fact(`h, 'HOUSE', h, 'COMMON_AREA', 850000000 + ${dice('h', 200)} * 1000000::bigint`, HOUSES),
  fact(`${HOUSE}, 'PREMISES', a, 'TOTAL_AREA', 30000000 + ${dice('a', 6000)} * 10000::bigint`, ACCOUNTS),
  fact(`${HOUSE}, 'ACCOUNT', a, 'RESIDENTS', (1 + ${dice('a * 7', 4)}) * 1000000::bigint`, ACCOUNTS),
  fact(
    `m.house_id, 'METER', m.id, k.kind, 1000000`,
    `meter m, (values ('METER_WORKING'), ('METER_VERIFIED')) k(kind) where $1::int > 0`,
  ),
];

/** Values in millionths: where a register began, and what it counts a month. Water in cubic metres, electricity in kWh. */
const used = (register: string): string =>
  `case when ${register} % 4 in (1, 2) then 2000000 + ${dice(register, 6000)} * 1000::bigint
   else 40000000 + ${dice(register, 160)} * 1000000::bigint end`;
/** $2 how many months after the installation, $3 its first day, $4 the source, $5 whether everybody has sent them. */
const READINGS = `
  insert into reading (created_at, organization_id, house_id, register_id, month, taken_on, value, source, known)
  select now(), 1, m.house_id, r.id, $3::date, $3::date + 19,
    case when m.account_id is null then 12000000000 + $2::int * 600000000::bigint
      else 100000000 + ${dice('r.id * 3', 50_000)} * 10000::bigint + $2::int * (${used('r.id')}) end,
    $4, tstzrange($3::date + 19, null)
  from register r join meter m on m.organization_id = 1 and m.id = r.meter_id
  where $1::int > 0 and ($5 or coalesce(m.account_id, 1) % 25 <> 0)`;

const SERVICES_OF_ACCOUNTS = `
  insert into account_service (organization_id, house_id, account_id, service_id, supplier_id, method, valid, known)
  select 1, ${HOUSE}, a, s.id, t.supplier_id, ($2::text[])[s.id], ${SINCE}, ${KNOWN}
  from ${ACCOUNTS}, service s join lateral (select supplier_id from tariff where service_id = s.id limit 1) t on true`;

/** The service that penalties are lines of; nobody takes it, and it has no price. */
const PENALTY = 'PENALTY';
/** Of twenty accounts one is late with all that it pays, and two with capital repair alone. */
const IS_LATE = `(l.account_id % 20 = 0 or l.account_id % 20 < 3 and l.service_id = 2)`;
/**
 * Who is late pays a bill two weeks after its penalty has begun, the next one being asked already; others pay what is asked.
 * Nobody names a month. $2 says whether anybody is late.
 */
const PAYMENTS = `
  insert into movement (created_at, organization_id, period_id, house_id, account_id, service_id, supplier_id, kind, amount, value_date,
    source_kind, source_id)
  select now(), 1, p.id, l.house_id, l.account_id, l.service_id, l.supplier_id, 'PAYMENT', -d.amount, p.month + d.after,
    'PAYMENT', l.account_id + 1000000000 * p.id
  from statement_line l, period p, lateral (
    select l.closing - case when is_late then l.charged else 0 end as amount, case when is_late then 27 else 11 end as after
    from (select $2::boolean and (${IS_LATE}) as is_late) w) d
  where l.organization_id = 1 and l.closing_id = $1 and p.organization_id = 1 and p.state = 'OPEN' and d.amount > 0`;

const SEQUENCES = [
  'house',
  'premises',
  'account',
  'meter',
  'register',
  'supplier',
  'service',
  'organization',
];

/** Loads without triggers and foreign keys: what is made here is right by its making, and the closing verifies it. */
async function loading(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query(`set session_replication_role = replica`);
  await work();
  await client.query('reset session_replication_role');
}

/** Fills an empty migrated database with houses, accounts, meters, readings and services; the first month is open. */
export async function makeTown(
  client: pg.Client,
  { accounts, services, first, months }: TownSize,
): Promise<void> {
  await addOrganization(client);
  await addCatalogue(client, services);
  await loading(client, async () => {
    for (const sql of [...PLACES, ...METERS, ...FACTS]) await client.query(sql, [accounts]);
    for (let at = 0; at <= months; at += 1) {
      const source = at === 0 ? 'INSTALLATION' : 'SITE';
      const month = firstDay(addMonths(previousMonth(first), at));
      await client.query(READINGS, [accounts, at, month, source, at < months]);
    }
    const methods = SERVICES.slice(0, services).map(({ method }) => method);
    await client.query(SERVICES_OF_ACCOUNTS, [accounts, methods]);
  });
  for (const table of SEQUENCES)
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
    );
  await client.query(`insert into period (organization_id, month, state) values (1, $1, 'OPEN')`, [
    firstDay(first),
  ]);
  await client.query('vacuum analyze');
}

/** What was paid of a month that was just closed, posted to the one that is open now. */
export async function payBills(
  client: pg.Client,
  { closingId, isAnybodyLate }: { closingId: string; isAnybodyLate: boolean },
): Promise<void> {
  await loading(client, async () => void (await client.query(PAYMENTS, [closingId, isAnybodyLate])));
  await client.query('analyze movement');
}

async function addOrganization(client: pg.Client): Promise<void> {
  await client.query(
    `insert into organization (id, name, short_name, kind, country, currency, time_zone, tax_id) overriding system value
     values (1, 'УК «Бенчмарк»', 'Бенчмарк', 'MANAGEMENT', 'RU', 'RUB', 'Europe/Moscow', '1655123456')`,
  );
  await client.query(
    `insert into supplier (organization_id, id, name, recipient_id) overriding system value
     values (1, 1, 'УК «Бенчмарк»', 1), (1, 2, 'Фонд капитального ремонта', 2), (1, 3, 'Теплосеть', 1), (1, 4, 'Водоканал', 1)`,
  );
}

async function addCatalogue(client: pg.Client, services: number): Promise<void> {
  await client.query(
    `insert into service (organization_id, id, code, name, unit, service_group, calc_order)
     overriding system value values (1, $1, $2, 'Пени', '', 'PENALTY', 99)`,
    [services + 1, PENALTY],
  );
  for (const [at, service] of SERVICES.slice(0, services).entries()) {
    const { code, name, unit, group, resource, zone, supplier, price, norm } = service;
    const id = at + 1;
    await client.query(
      `insert into service (organization_id, id, code, name, unit, service_group, resource, zone, calc_order)
       overriding system value values (1, $1::bigint, $2, $3, $4, $5, $6, $7, $1::bigint::smallint)`,
      [id, code, name, unit, group, resource, zone],
    );
    for (const [share, valid] of [
      ['0.93', '[2024-01-01,2026-07-01)'],
      ['1', '[2026-07-01,)'],
    ] as const)
      await client.query(
        `insert into tariff (organization_id, service_id, supplier_id, price, document, valid, known)
         values (1, $1, $2, ($3::numeric * $4)::bigint, 'Приказ', $5, ${KNOWN})`,
        [id, supplier, share, price, valid],
      );
    if (norm)
      await client.query(
        `insert into norm (organization_id, service_id, kind, value, document, valid, known)
         values (1, $1, $2, $3, 'Постановление', ${SINCE}, ${KNOWN})`,
        [id, norm.kind, norm.value],
      );
  }
}
