import type pg from 'pg';
import { FIRST_PERSON, PEOPLE } from '../town/people';

/** An account as a person of the benchmark asks for it. */
export interface Target {
  person: number;
  userId: string;
  organizationId: string;
  accountId: string;
  number: string;
  /** Its registers, each with a value that is right to send. */
  readings: readonly { registerId: string; millionths: number }[];
}

/** All accounts, those of the same person together. */
export async function readTargets(client: pg.Client): Promise<Target[]> {
  const { rows } = await client.query<Target>(
    `select (l.user_id - $1::bigint)::int as person, l.user_id as "userId", l.organization_id as "organizationId",
       l.account_id as "accountId", a.number, r.readings
     from account_link l
     join account a on a.organization_id = l.organization_id and a.id = l.account_id
     join lateral (
       select json_agg(json_build_object('registerId', g.id::text, 'millionths', v.value + 3000000) order by g.id) as readings
       from meter m join register g on g.organization_id = m.organization_id and g.meter_id = m.id
       join lateral (select max(value) as value from reading where organization_id = g.organization_id and register_id = g.id) v on true
       where m.organization_id = l.organization_id and m.account_id = l.account_id) r on true
     where l.user_id < $1::bigint + $2::int
     order by 1, l.account_id`,
    [FIRST_PERSON, PEOPLE],
  );
  return rows;
}
