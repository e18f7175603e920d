import { Inject, Injectable } from '@nestjs/common';
import type { CivilDate } from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Refusal,
  type Staff,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  rows,
  wasSent,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { enterLedger } from '../ledger';
import { readCalendar } from './catalogue.queries';
import { documentOf, seasonRefused } from './catalogue.rules';
import type { HeatingSeasonInput } from './catalogue.types';
import { dayRefused } from './dated-rows';

/** $1 organisation, $2 houses, $3 the first day, $4 now. Both rows and the moment of a house that was changed before. */
const END = `
  with ended as (
    update fact set known = tstzrange(lower(known), greatest($4::timestamptz, lower(known) + interval '1 millisecond'))
    where organization_id = $1 and house_id = any($2::bigint[]) and subject = 'HOUSE' and kind = 'HEATING_ON'
      and upper_inf(known) and valid && daterange($3, null)
    returning id, upper(known) as at)
  select id, at from ended order by at`;

const KEEP = `
  insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known, source, created_by)
  select organization_id, house_id, subject, subject_id, kind, value, daterange(lower(valid), $3), tstzrange($4, null),
    source, created_by
  from fact where organization_id = $1 and id = any($2::bigint[]) and (lower_inf(valid) or lower(valid) < $3::date)`;

const BEGIN = `
  insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known, source, created_by)
  select $1, house_id, 'HOUSE', house_id, 'HEATING_ON', 1000000, daterange($3, $4, '[]'), tstzrange($5, null), $6, $7
  from unnest($2::bigint[]) as one (house_id)`;

/** When the heating of houses is on: a town's decree, or a house of its own boiler. */
@Injectable()
export class HeatingSeasons {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * A season from a day on, in place of whatever was known of the days since; one that is on by then ends the day before.
   * Refuses REQUIRED, TOO_LONG, DATE_OUT_OF_RANGE where it ends before it begins or years ahead, PERIOD_NOT_OPEN for a day in
   * a closed month, IDEMPOTENCY_KEY_REUSED. Throws NotFound for a foreign house. The same key again changes nothing.
   */
  async set(viewer: Staff, input: HeatingSeasonInput): Promise<void> {
    const { organizationId, from, to = null, houseIds = null, clientKey } = input;
    const document = documentOf(input, seasonRefused(input));
    requireIds(organizationId, ...(houseIds ?? []));
    await inTransaction(this.db, async (tx) => {
      await enterLedger(tx, organizationId);
      const houses = await housesOf(tx, organizationId, houseIds);
      const now = await this.clock.now();
      const action = 'heating_season.set';
      const said = { houseIds, from, to, document };
      if (await wasSent(tx, { organizationId, action, clientKey, said }, now)) return;
      const refusals = dayRefused(from, { ...(await readCalendar(tx, organizationId)), now });
      if (refusals.length) throw new Refusal(refusals);
      const at = await endSeasons(tx, { organizationId, houses, from, now });
      await rows(tx, BEGIN, [organizationId, houses, from, to, at, document, viewer.userId]);
      const details = { from, to, houses: houses.length };
      await audit(tx, viewer, {
        ...{ at: now, action, organizationId },
        objectKind: 'heating_season',
        details,
      });
    });
  }
}

/** All houses, or those asked for; locked, so that two who change a season do it one after another. */
async function housesOf(tx: Tx, organizationId: string, wanted: readonly string[] | null): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from house where organization_id = $1 and ($2::bigint[] is null or id = any($2)) order by id for no key update`,
    [organizationId, wanted],
  );
  if (wanted && found.length !== new Set(wanted).size) throw new NotFound();
  return found.map(({ id }) => id);
}

async function endSeasons(
  tx: Tx,
  of: { organizationId: string; houses: readonly string[]; from: CivilDate; now: Date },
): Promise<Date> {
  const { organizationId, houses, from, now } = of;
  const ended = await rows<{ id: string; at: Date }>(tx, END, [organizationId, houses, from, now]);
  const at = ended.at(-1)?.at ?? now;
  await rows(tx, KEEP, [organizationId, ended.map(({ id }) => id), from, at]);
  return at;
}
