import { hash } from '@node-rs/argon2';
import { type Month, addMonths, month, monthOf, todayIn } from '@kvartal/domain';
import type pg from 'pg';
import { keptTemplate } from './template';
import { ORGANIZATION, makeTown } from './town';

/** How many people are signed in under load; every one of them has each 64th account. */
export const PEOPLE = 64;
export const PORTAL = 'bench';
/** Ids of people begin here. */
export const FIRST_PERSON = 5_000_000_000;
const PASSWORD = 'bench-2026-password';
const SERVICES = 10;
const MONTHS = 12;

/** Somebody who signs in to one of our apps. */
export interface Person {
  app: 'cabinet' | 'backoffice';
  login: string;
  password: string;
}

export const loaded = (person: number): Person => ({
  app: 'cabinet',
  login: `bench${person}`,
  password: PASSWORD,
});
/** A family with two accounts. */
export const RESIDENT: Person = { app: 'cabinet', login: 'resident', password: PASSWORD };
export const OWNER: Person = { app: 'backoffice', login: 'owner', password: PASSWORD };

/** A town with a year of closed months before the present one, whose readings nobody has sent yet, and people who sign in. */
export async function peopledTemplate(accounts: number): Promise<string> {
  const present = monthOf(todayIn(new Date(Date.now()), 'Europe/Moscow'));
  const first = addMonths(present, -MONTHS);
  return keptTemplate(
    { kind: `people_${accounts}`, version: `${present.replace('-', '')}_` },
    async ({ client, close }) => {
      await makeTown(client, { accounts, services: SERVICES, first, months: MONTHS });
      for (const one of monthsBefore(present)) await close(one, one === addMonths(present, -1));
      await addPeople(client);
    },
  );
}

const monthsBefore = (present: Month): Month[] =>
  Array.from({ length: MONTHS }, (_, at) => month(addMonths(present, at - MONTHS)));

const USERS = `
  insert into portal_user (id, portal_id, kind, login, email, password_hash, state, name) overriding system value
  select $1::bigint + v.k, p.id, v.kind, v.login, v.login || '@example.org', $3, 'ACTIVE', 'Иванов Иван Иванович'
  from portal p, (
    select k, 'RESIDENT' as kind, 'bench' || k as login from generate_series(0, $2::int - 1) k
    union all values ($2, 'RESIDENT', 'resident'), ($2 + 1, 'STAFF', 'owner')) v`;

const LINKS = `
  insert into account_link (created_at, organization_id, user_id, account_id, proof)
  select now(), a.organization_id, $1::bigint + a.id % $2::int, a.id, 'NUMBER_SURNAME_FLAT' from account a
  union all select now(), a.organization_id, $1::bigint + $2::int, a.id, 'NUMBER_SURNAME_FLAT' from account a where a.id <= 2`;

async function addPeople(client: pg.Client): Promise<void> {
  // the days on which readings are taken are not what is measured
  await client.query(`update organization set settings = '{"readings": {"from": 1, "to": 31}}'`);
  await client.query(`insert into portal (slug, name, country) values ($1, 'Бенчмарк', 'RU')`, [PORTAL]);
  await client.query('insert into portal_organization select p.id, $1 from portal p', [ORGANIZATION]);
  const password = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await client.query(USERS, [FIRST_PERSON, PEOPLE, password]);
  await client.query(LINKS, [FIRST_PERSON, PEOPLE]);
  await client.query(
    `insert into membership (organization_id, user_id, role) select $1, id, 'OWNER' from portal_user where kind = 'STAFF'`,
    [ORGANIZATION],
  );
}
