import { Refusal, type RefusalDetail } from '@kvartal/platform';
import type { Town } from '@kvartal/platform/testing';
import type { DataSource } from 'typeorm';

type Db = Pick<DataSource, 'query'>;
type Place = Town['first'];

/** What was refused; fails where nothing was. */
export async function refusalsOf(work: Promise<unknown>): Promise<readonly RefusalDetail[]> {
  const failure: unknown = await work.catch((thrown: unknown) => thrown);
  if (failure instanceof Refusal) return failure.refusals;
  throw failure instanceof Error ? failure : new Error('Nothing was refused');
}

/** Says of the first account's meter from now on that `kind` was so on the days of `valid`, and on no other. */
export async function endFact(owner: Db, place: Place, kind: string, valid: string): Promise<void> {
  const [meterId] = place.meterIds;
  await owner.query(
    `update fact set known = tstzrange(lower(known), now()) where subject = 'METER' and subject_id = $1 and kind = $2`,
    [meterId, kind],
  );
  await owner.query(
    `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid)
     values ($1, $2, 'METER', $3, $4, 1000000, $5)`,
    [place.organizationId, place.houseId, meterId, kind, valid],
  );
}

/** An electricity meter of the first account, six digits and no decimals; returns its registers. */
export async function aSecondMeter(
  owner: Db,
  place: Place,
  zones: readonly string[] = ['SINGLE'],
): Promise<string[]> {
  const { organizationId, houseId, accountIds } = place;
  const meters: { id: string }[] = await owner.query(
    `insert into meter (organization_id, house_id, account_id, resource, serial)
     values ($1, $2, $3, 'ELECTRICITY', '02455782') returning id`,
    [organizationId, houseId, accountIds[0]],
  );
  const meter = meters[0]?.id;
  await owner.query(
    `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid)
     values ($1, $2, 'METER', $3, 'METER_WORKING', 1000000, '[2020-01-01,)')`,
    [organizationId, houseId, meter],
  );
  const registers: { id: string }[] = await owner.query(
    `insert into register (organization_id, meter_id, zone, digits, decimals)
     select $1, $2, z, 6, 0 from unnest($3::text[]) z returning id`,
    [organizationId, meter, zones],
  );
  return registers.map(({ id }) => id);
}

/** October is cut off, November opens; with CLOSED the closing of October is committed too. */
export async function cutOctober(
  owner: Db,
  organizationId: string,
  state: 'CLOSING' | 'CLOSED',
): Promise<void> {
  await owner.query(`update period set state = 'CLOSING' where organization_id = $1`, [organizationId]);
  await owner.query(`insert into period (organization_id, month, state) values ($1, '2026-11-01', 'OPEN')`, [
    organizationId,
  ]);
  if (state === 'CLOSING') return;
  await owner.query(
    `with closing as (
       insert into closing (organization_id, period_id, state, knew_at, houses)
       select organization_id, id, 'COMMITTED', now(), 0 from period
       where organization_id = $1 and state = 'CLOSING' returning id)
     update period set state = 'CLOSED', closing_id = closing.id, closed_at = now() from closing
     where organization_id = $1 and state = 'CLOSING'`,
    [organizationId],
  );
}
