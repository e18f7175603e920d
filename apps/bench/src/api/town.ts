import { hash } from '@node-rs/argon2';
import { type Month, addMonths, month, monthOf, todayIn } from '@kvartal/domain';
import type pg from 'pg';
import { keptTemplate } from '../town/template';
import { ORGANIZATION, makeTown } from '../town/town';

/** How many people are signed in; every one of them has each 64th account. */
export const PEOPLE = 64;
export const PORTAL = 'bench';
const FIRST_PERSON = 5_000_000_000;
const PASSWORD = 'bench-2026-password';
const SERVICES = 10;
const MONTHS = 12;

export const signInOf = (person: number): { login: string; password: string } => ({
  login: `bench${person}`,
  password: PASSWORD,
});

/** A year of closed months before the present one, whose readings nobody has sent yet. */
export async function apiTemplate(accounts: number): Promise<string> {
  const present = monthOf(todayIn(new Date(Date.now()), 'Europe/Moscow'));
  const first = addMonths(present, -MONTHS);
  return keptTemplate(
    { kind: `api_${accounts}`, version: present.replace('-', '') },
    async ({ client, close }) => {
      await makeTown(client, { accounts, services: SERVICES, first, months: MONTHS });
      for (const one of monthsBefore(present)) await close(one, one === addMonths(present, -1));
      await addPeople(client);
    },
  );
}

const monthsBefore = (present: Month): Month[] =>
  Array.from({ length: MONTHS }, (_, at) => month(addMonths(present, at - MONTHS)));

async function addPeople(client: pg.Client): Promise<void> {
  // the days on which readings are taken are not what is measured
  await client.query(`update organization set settings = '{"readings": {"from": 1, "to": 31}}'`);
  await client.query(`insert into portal (slug, name, country) values ($1, 'Бенчмарк', 'RU')`, [PORTAL]);
  await client.query('insert into portal_organization select p.id, $1 from portal p', [ORGANIZATION]);
  await client.query(
    `insert into portal_user (id, portal_id, kind, login, email, password_hash, state, name) overriding system value
     select $3::bigint + k, p.id, 'RESIDENT', 'bench' || k, 'bench' || k || '@example.org', $2, 'ACTIVE', 'Иванов Иван Иванович'
     from portal p, generate_series(0, $1::int - 1) k`,
    [PEOPLE, await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }), FIRST_PERSON],
  );
  await client.query(
    `insert into account_link (organization_id, user_id, account_id, proof)
     select a.organization_id, $2::bigint + a.id % $1::int, a.id, 'NUMBER_SURNAME_FLAT' from account a`,
    [PEOPLE, FIRST_PERSON],
  );
}

/** An account as a person of the benchmark asks for it. */
export interface Target {
  person: number;
  userId: string;
  organizationId: string;
  accountId: string;
  /** Its registers, each with a value that is right to send. */
  readings: readonly { registerId: string; millionths: number }[];
}

/** All accounts, those of the same person together. */
export async function readTargets(client: pg.Client): Promise<Target[]> {
  const { rows } = await client.query<Target>(
    `select (l.user_id - $1::bigint)::int as person, l.user_id as "userId", l.organization_id as "organizationId",
       l.account_id as "accountId", r.readings
     from account_link l join lateral (
       select json_agg(json_build_object('registerId', g.id::text, 'millionths', v.value + 3000000) order by g.id) as readings
       from meter m join register g on g.organization_id = m.organization_id and g.meter_id = m.id
       join lateral (select max(value) as value from reading where organization_id = g.organization_id and register_id = g.id) v on true
       where m.organization_id = l.organization_id and m.account_id = l.account_id) r on true
     order by 1, l.account_id`,
    [FIRST_PERSON],
  );
  return rows;
}
