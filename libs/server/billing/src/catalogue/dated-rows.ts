import type { CivilDate } from '@kvartal/domain';
import { type Tx, row, rows } from '@kvartal/platform';

/** Rows of one thing by days: a service's price, a norm of it, what was decided of it. */
export interface DatedRows {
  table: 'tariff' | 'norm' | 'service_terms';
  /** Columns that name the thing, and what they hold. */
  key: Readonly<Record<string, unknown>>;
  /** The other columns but `valid` and `known`. */
  columns: readonly string[];
}

/** A row that was cut: what was known of it ended, and what it said of the days before stands in a row of its own. */
export interface CutRow {
  was: string;
  /** The row of the days before; null where there are none. */
  becomes: string | null;
}

/**
 * Ends what is known of days from one on, and writes anew what was true of the days before. Answers the moment from which
 * the change is known, and what was cut. Nothing that was known is lost: it stands with its time.
 */
export async function cutFrom(
  tx: Tx,
  { table, key, columns }: DatedRows,
  { from, now }: { from: CivilDate; now: Date },
): Promise<{ at: Date; cut: CutRow[] }> {
  const names = Object.keys(key);
  const where = names.map((name, place) => `${name} = $${place + 3}`).join(' and ');
  const ended = await rows<{ id: string; at: Date; reaches: boolean }>(
    tx,
    `with ended as (
       update ${table} set known = tstzrange(lower(known), greatest($1::timestamptz, lower(known) + interval '1 millisecond'))
       where ${where} and upper_inf(known) and valid && daterange($2, null)
       returning id, upper(known) as at, lower_inf(valid) or lower(valid) < $2::date as reaches)
     select * from ended order by id`,
    [now, from, ...Object.values(key)],
  );
  const at = ended.reduce((latest, one) => (one.at > latest ? one.at : latest), now);
  const cut: CutRow[] = [];
  const all = [...names, ...columns].join(', ');
  for (const { id, reaches } of ended) {
    const kept = reaches
      ? await row<{ id: string }>(
          tx,
          `insert into ${table} (${all}, valid, known)
           select ${all}, daterange(lower(valid), $2), tstzrange($3, null) from ${table} where id = $1 and organization_id = $4 returning id`,
          [id, from, at, key['organization_id']],
        )
      : undefined;
    cut.push({ was: id, becomes: kept?.id ?? null });
  }
  return { at, cut };
}
