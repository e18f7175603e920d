import { type CivilDate, addDays } from '@kvartal/domain';
import { type Tx, row, rows } from '@kvartal/platform';
import type { AccountMeter, MeterFactDays, MeterFactKind } from './device.types';

export interface MeterPlace {
  organizationId: string;
  houseId: string;
  meterId: string;
}

/** What is to be known of a meter on days: `value` null is nothing at all. Without `to` it lasts. */
export interface NewFact {
  kind: MeterFactKind;
  value: 0 | 1 | null;
  from: CivilDate | null;
  to?: CivilDate | null;
  document: string;
  by: string;
}

const OF_METERS = `
  select id, kind, value > 0 as "isSo", lower(valid)::text as "from", (upper(valid) - 1)::text as "to", source as document,
    subject_id as "meterId"
  from fact
  where organization_id = $1 and subject = 'METER' and subject_id = any($2::bigint[]) and upper_inf(known)
  order by lower(valid) desc nulls last, kind, id`;

/** Meters with all that is known of them by days, the latest days first. */
export async function withFacts(
  db: Pick<Tx, 'query'>,
  organizationId: string,
  meters: readonly AccountMeter['meter'][],
): Promise<AccountMeter[]> {
  const meterIds = meters.map(({ id }) => id);
  const facts = await rows<MeterFactDays & { meterId: string }>(db, OF_METERS, [organizationId, meterIds]);
  return meters.map((meter) => ({ meter, facts: facts.filter(({ meterId }) => meterId === meter.id) }));
}

const OF_METER = `organization_id = $1 and subject = 'METER' and subject_id = $2 and kind = $3`;

/**
 * Puts a fact on its days, in place of whatever was known of them; what was known of the days around stays. Nothing is
 * rewritten: rows that are cut end with their time, and what is left of them stands in rows of its own.
 */
export async function putFact(
  tx: Tx,
  { organizationId, houseId, meterId }: MeterPlace,
  { kind, value, from, to = null, document, by }: NewFact,
  now: Date,
): Promise<void> {
  const key = [organizationId, meterId, kind];
  const after = to === null ? null : addDays(to, 1);
  // after all that is known of it already: two changes may come in one millisecond, and clocks of machines differ
  const latest = await row<{ at: string }>(
    tx,
    `select greatest($4::timestamptz, max(greatest(lower(known) + interval '1 millisecond', upper(known))))::text as at
     from fact where ${OF_METER}`,
    [...key, now],
  );
  const at = latest?.at ?? now.toISOString();
  const cut = await rows<{ id: string }>(
    tx,
    `with cut as (update fact set known = tstzrange(lower(known), $4)
       where ${OF_METER} and upper_inf(known) and valid && daterange($5, $6) returning id) select id from cut`,
    [...key, at, from, after],
  );
  for (const around of [`daterange(null, $3::date)`, `daterange($4::date, null)`])
    await rows(
      tx,
      `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known, source, created_by, created_at)
       select organization_id, house_id, subject, subject_id, kind, value, valid * ${around}, tstzrange($5, null), source,
         created_by, created_at
       from fact where organization_id = $1 and id = any($2::bigint[]) and valid && ${around}
         and ${around.includes('$3') ? '$3' : '$4'}::date is not null and ($3::date is null or $4::date is null or $3 < $4)`,
      [organizationId, cut.map(({ id }) => id), from, after, at],
    );
  if (value === null) return;
  await rows(
    tx,
    `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known, source, created_by, created_at)
     values ($1, $4, 'METER', $2, $3, $5::bigint * 1000000, daterange($6, $7), tstzrange($8, null), $9, $10, $8)`,
    [...key, houseId, value, from, after, at, document, by],
  );
}

/** Whether a fact of a meter is known for a day, and says yes. */
export async function isSoOn(
  tx: Tx,
  { organizationId, meterId }: MeterPlace,
  kind: MeterFactKind,
  day: CivilDate,
): Promise<boolean> {
  const found = await row(
    tx,
    `select from fact where ${OF_METER} and upper_inf(known) and value > 0 and valid @> $4::date`,
    [organizationId, meterId, kind, day],
  );
  return found !== undefined;
}
