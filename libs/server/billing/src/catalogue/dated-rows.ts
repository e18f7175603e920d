import { type CivilDate, addDays, firstDay, monthOf, succeed, todayIn } from '@kvartal/domain';
import { Refusal, type RefusalDetail, type Tx, row, rows } from '@kvartal/platform';

type Db = Pick<Tx, 'query'>;
type Values = Readonly<Record<string, unknown>>;

/** Rows of one thing by days: a service's price, a norm of it, what was decided of it, a legal number. */
export interface DatedRows {
  table: 'tariff' | 'norm' | 'service_terms' | 'rate' | 'penalty_schedule' | 'allocation_rule';
  /** Columns that name the thing, and what they hold; the first says among whose rows a key is known. */
  key: Values;
  /** The other columns but `valid` and `known`. */
  columns: readonly string[];
}

/** What a change says beside its values: its first day, its key, and what was looked at. */
export interface SentChange {
  from: CivilDate;
  clientKey: string;
  /** The newest row that stood; a change that has seen another is refused. Left out, it is made whatever stands. */
  seen?: string | null;
}

/** A row that was cut: what was known of it ended, and what it said of the days before stands in a row of its own. */
export interface CutRow {
  was: string;
  /** The row of the days before; null where there are none. */
  becomes: string | null;
}

/** Where a change begins and ends, since when it is known, and what it cut. */
export interface Cut {
  at: string;
  until: CivilDate | null;
  cut: CutRow[];
}

interface Standing {
  id: string;
  from: CivilDate | null;
  to: CivilDate | null;
  stands: boolean;
  after: string;
}

const where = (names: readonly string[], first: number): string =>
  names.map((name, place) => `${name} = $${place + first}`).join(' and ');

/**
 * Ends what is known of a day on which another value is to begin, and writes anew what was true of the days before. What
 * was stated for later stays: the new value holds until then. Nothing that was known is lost: it stands with its time.
 * Refuses CATALOGUE_CHANGED where something stands that the change has not seen.
 */
export async function cutFrom(
  tx: Db,
  { table, key, columns }: DatedRows,
  { from, seen, now }: SentChange & { now: Date },
): Promise<Cut> {
  const names = Object.keys(key);
  const found = await rows<Standing>(
    tx,
    `select id, lower(valid)::text as "from", upper(valid)::text as "to", upper_inf(known) as stands, greatest($1::timestamptz,
       max(greatest(lower(known) + interval '1 millisecond', upper(known))) over ())::text as after
     from ${table} where ${where(names, 2)} order by id`,
    [now, ...Object.values(key)],
  );
  const standing = found.filter(({ stands }) => stands);
  if (seen !== undefined && seen !== (standing.at(-1)?.id ?? null)) throw new Refusal('CATALOGUE_CHANGED');
  const { ends, remains, begins } = succeed(standing, from);
  // after all that is known of it already: two changes may come in one millisecond, and clocks of machines differ
  const at = found[0]?.after ?? now.toISOString();
  if (!ends) return { at, until: begins.to, cut: [] };
  await rows(tx, `update ${table} set known = tstzrange(lower(known), $2) where id = $1`, [ends.id, at]);
  const all = [...names, ...columns].join(', ');
  const kept = remains
    ? await row<{ id: string }>(
        tx,
        `insert into ${table} (${all}, valid, known)
         select ${all}, daterange(lower(valid), $2::date), tstzrange($3::timestamptz, null) from ${table} where id = $1
         returning id`,
        [ends.id, from, at],
      )
    : undefined;
  return { at, until: begins.to, cut: [{ was: ends.id, becomes: kept?.id ?? null }] };
}

/** Writes the new row of a change. Answers its id. */
export async function begin(
  tx: Db,
  { table, key }: DatedRows,
  says: Values,
  { from, clientKey, at, until }: SentChange & Cut,
): Promise<string> {
  const values = { ...key, ...says, client_key: clientKey };
  const names = Object.keys(values);
  const places = names.map((_, place) => `$${place + 4}`).join(', ');
  const made = await row<{ id: string }>(
    tx,
    `insert into ${table} (valid, known, ${names.join(', ')})
     values (daterange($1, $2), tstzrange($3, null), ${places}) returning id`,
    [from, until, at, ...Object.values(values)],
  );
  if (!made) throw new Error(`Nothing was added to ${table}`);
  return made.id;
}

/** Whether this change was made before, under its key. Refuses IDEMPOTENCY_KEY_REUSED for something else under it. */
export async function isRepeated(
  tx: Db,
  { table, key }: DatedRows,
  says: Values,
  { from, clientKey }: SentChange,
): Promise<boolean> {
  const [[scope = '', whose] = []] = Object.entries(key);
  const all = { ...key, ...says };
  const same = Object.keys(all)
    .map((name, place) => `${name} is not distinct from $${place + 4}`)
    .join(' and ');
  const known = await row<{ same: boolean }>(
    tx,
    `select lower(valid) = $3 and ${same} as same from ${table} where ${scope} = $1 and client_key = $2`,
    [whose, clientKey, from, ...Object.values(all)],
  );
  if (known && !known.same) throw new Refusal('IDEMPOTENCY_KEY_REUSED', { path: ['input', 'clientKey'] });
  return known !== undefined;
}

const YEARS_AHEAD = 5;

/** Which months of the books are closed. */
export interface ClosedMonths {
  timeZone: string;
  /** The first day whose month is not closed. */
  changesFrom: CivilDate;
  /** Whether some month is closed: the days before the books were begun are nobody's. */
  hasClosed: boolean;
}

/** Why nothing can begin on a day: PERIOD_NOT_OPEN in a closed month, DATE_OUT_OF_RANGE where the year was mistyped. */
export function dayRefused(
  from: CivilDate,
  { changesFrom, hasClosed, timeZone, now }: ClosedMonths & { now: Date },
): RefusalDetail[] {
  const path = ['input', 'from'];
  if (hasClosed && from < changesFrom)
    return [{ code: 'PERIOD_NOT_OPEN', path, params: { month: monthOf(from) } }];
  const to = addDays(firstDay(monthOf(todayIn(now, timeZone))), YEARS_AHEAD * 365);
  return from > to ? [{ code: 'DATE_OUT_OF_RANGE', path, params: { from: changesFrom, to } }] : [];
}
