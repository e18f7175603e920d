import type pg from 'pg';

/** A key or an index, by the statements that take it away and make it again. */
interface Key {
  drop: string;
  make: string;
}

/** All but those that a foreign key stands on, and exclusions. */
const KEYS = `
  select case when k.conname is null then format('drop index %s', i.indexrelid::regclass)
      else format('alter table %s drop constraint %I', i.indrelid::regclass, k.conname) end as drop,
    case when k.conname is null then pg_get_indexdef(i.indexrelid)
      else format('alter table %s add constraint %I %s', i.indrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) end as make
  from pg_index i
  left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
  where i.indrelid = $1::regclass and not i.indisexclusion
    and not exists (select from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')
  order by i.indexrelid`;

/** Where a partition belongs; nothing for a table of its own. */
const PARENT = `
  select p.inhparent::regclass::text as parent, pg_get_expr(c.relpartbound, c.oid) as bound
  from pg_class c join pg_inherits p on p.inhrelid = c.oid where c.oid = $1::regclass and c.relispartition`;

/**
 * Does `work` on a table that has no keys meanwhile, and makes them again after it, which checks all its rows at once. A
 * partition stands by itself meanwhile, and comes back without being scanned: its own check states its bound.
 */
export async function withoutKeys(
  client: pg.Client,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  const { rows: parents } = await client.query<{ parent: string; bound: string }>(PARENT, [table]);
  for (const { parent } of parents) await client.query(`alter table ${parent} detach partition ${table}`);
  // nobody shall tidy up meanwhile what grows by the million: it is vacuumed once it is whole
  await client.query(`alter table ${table} set (autovacuum_enabled = false)`);
  const { rows: keys } = await client.query<Key>(KEYS, [table]);
  for (const { drop } of keys) await client.query(drop);
  await withoutExclusions(client, table, work);
  for (const { make } of keys) await client.query(make);
  await client.query(`alter table ${table} reset (autovacuum_enabled)`);
  for (const { parent, bound } of parents)
    await client.query(`alter table ${parent} attach partition ${table} ${bound}`);
}

/**
 * An exclusion that is made again looks every row up, a hundred microseconds each: twenty minutes for the facts of a million
 * accounts. So it stays, its index is told not to follow, and is built with the table when that is written anew, which looks
 * nothing up: copies have ids of their own, so that they cannot overlap with anything that their originals did not.
 */
async function withoutExclusions(client: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  const follow = async (follows: boolean): Promise<boolean> => {
    const { rowCount } = await client.query(
      'update pg_index set indisready = $2 where indrelid = $1::regclass and indisexclusion',
      [table, follows],
    );
    return Number(rowCount) > 0;
  };
  const isExcluding = await follow(false);
  await work();
  if (!isExcluding) return;
  await follow(true);
  await client.query(`vacuum (full) ${table}`);
}
