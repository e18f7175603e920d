import type pg from 'pg';

/** How a copy of a table's rows is told from the original, as SQL over the original row `o`. */
export interface CopiedTable {
  name: string;
  /** Every column that is written, with its value in a copy. */
  columns: readonly { name: string; value: (copy: number) => string }[];
  /** What is not an id: equal in every copy, so that its sum says whether all of them are there. */
  measures: readonly string[];
  /** Which rows have copies: those that belong to some house. */
  belongs: string;
  /** Rows that stood here before there were copies. */
  isOriginal: string;
  hasOwnId: boolean;
  /** By which of the two a row is told to be of a month, if any. */
  month: 'closing_id' | 'period_id' | null;
}

/** Of the organisation as a whole: a larger town has no more of them. The journal serves a closing that is alive, and none is. */
const SHARED = [
  ...['organization', 'portal_user', 'supplier', 'service', 'tariff', 'norm', 'rate', 'penalty_schedule'],
  ...['period', 'closing', 'outbox', 'audit_event', 'migration', 'input_change'],
];

/** What a table's ids grow by in the given copy. */
type Shifts = (table: string, copy: number) => string;

/** Columns that only their meaning tells, and names that have to be unique: in this town all of them are made of ids. */
const MEANT: Readonly<Record<string, (by: (table: string) => string) => string>> = {
  'fact.subject_id': (by) =>
    `o.subject_id + case o.subject when 'HOUSE' then ${by('house')} when 'PREMISES' then ${by('premises')}
      when 'ACCOUNT' then ${by('account')} when 'METER' then ${by('meter')} end`,
  // payments of this town are numbered by their accounts
  'movement.source_id': (by) => `o.source_id + ${by('account')}`,
  'house.number': (by) => `(o.id + ${by('house')})::text`,
  'meter.serial': (by) => `left(o.serial, 1) || o.id + ${by('meter')}`,
  'account.number': (by) => `lpad((o.number::bigint + ${by('account')})::text, 10, '0')`,
  'bill.number': (by) =>
    `lpad((left(o.number, 10)::bigint + ${by('account')})::text, 10, '0') || substr(o.number, 11)`,
  'closing_house.commons': (by) =>
    `replace(o.commons::text, '"houseId": "' || o.house_id || '"', '"houseId": "' || o.house_id + ${by('house')} || '"')::jsonb`,
};

interface Column {
  table: string;
  column: string;
  isWhole: boolean;
  isNullable: boolean;
  isIdentity: boolean;
  /** What a foreign key refers to by it. */
  toTable: string | null;
  toColumn: string | null;
}

const COLUMNS = `
  select c.relname as table, a.attname as column, a.atttypid in ('int8'::regtype, 'int4'::regtype, 'int2'::regtype) as "isWhole",
    not a.attnotnull as "isNullable", a.attidentity <> '' as "isIdentity", f.to_table as "toTable", f.to_column as "toColumn"
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  left join lateral (
    select t.relname as to_table, b.attname as to_column
    from pg_constraint k cross join lateral unnest(k.conkey, k.confkey) as u(mine, theirs)
    join pg_class t on t.oid = k.confrelid
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.theirs
    where k.conrelid = c.oid and k.contype = 'f' and u.mine = a.attnum
    order by b.attname limit 1) f on true
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by c.oid, a.attnum`;

/**
 * What of a town's database is copied with its houses, worked out from the foreign keys and, where there are none, from the
 * columns' names. Throws on a table with rows that belong to no house and are not known to be shared, and on a number that
 * looks like an id of nobody knows what.
 */
export async function copiesPlan(client: pg.Client): Promise<CopiedTable[]> {
  const { rows } = await client.query<Column>(COLUMNS);
  const tables = new Map<string, Column[]>();
  for (const one of rows) tables.set(one.table, [...(tables.get(one.table) ?? []), one]);
  const planned: [string, readonly Column[]][] = [];
  for (const [name, columns] of tables)
    if (!SHARED.includes(name) && (await hasRows(client, name))) planned.push([name, columns]);
  const shifts = await shiftsOf(
    client,
    planned.flatMap(([name, columns]) => (columns.some((one) => isOwnId(one)) ? [name] : [])),
  );
  return planned.map(([name, columns]) => tableOf(name, columns, { tables, shifts }));
}

async function hasRows(client: pg.Client, table: string): Promise<boolean> {
  const { rowCount } = await client.query(`select from ${table} limit 1`);
  return rowCount === 1;
}

/** Ids of a copy begin where those of the one before end. */
async function shiftsOf(client: pg.Client, tables: readonly string[]): Promise<Shifts> {
  const greatest = new Map<string, number>();
  for (const table of tables) {
    const { rows } = await client.query<{ id: string }>(`select max(id) as id from ${table}`);
    greatest.set(table, Number(rows[0]?.id));
  }
  return (table, copy) => {
    const of = greatest.get(table);
    if (of === undefined) throw new Error(`Nothing is known of the ids of ${table}`);
    return String(of * copy);
  };
}

interface Known {
  tables: ReadonlyMap<string, readonly Column[]>;
  shifts: Shifts;
}

const isOwnId = ({ column, isIdentity }: Column): boolean => column === 'id' && isIdentity;

/** Which table's id stands in a column; `shared` where a copy has the same, null where it is no id. */
function idOf(one: Column, tables: Known['tables']): string | null {
  const { table, column, toTable, toColumn, isWhole } = one;
  if (isOwnId(one)) return table;
  const named = /^(.+)_id$/.exec(column)?.[1];
  const of = toTable ?? (named !== undefined && tables.has(named) ? named : null);
  if (of === null) {
    if (isWhole && named !== undefined)
      throw new Error(`${table}.${column}: nobody knows what a copy of a house has there`);
    return null;
  }
  if (SHARED.includes(of) || column === 'organization_id') return 'shared';
  const target = tables.get(of)?.find((other) => other.column === (toColumn ?? 'id'));
  return target ? idOf(target, tables) : of;
}

function tableOf(name: string, columns: readonly Column[], { tables, shifts }: Known): CopiedTable {
  const refers: Column[] = [];
  const measures: string[] = [];
  const values = columns.map((one) => {
    const key = `${name}.${one.column}`;
    const meant = MEANT[key];
    const id = meant ? null : idOf(one, tables);
    if (id !== null && id !== 'shared') refers.push(one);
    if (id === null && !meant && one.isWhole) measures.push(one.column);
    const value = (copy: number): string => {
      if (meant) return meant((table) => shifts(table, copy));
      return id === null || id === 'shared' ? `o.${one.column}` : `o.${one.column} + ${shifts(id, copy)}`;
    };
    return { name: one.column, value, id };
  });
  const others = refers.filter((one) => !isOwnId(one));
  if (others.length === 0 && name !== 'house')
    throw new Error(`${name} has rows, and nobody knows whether a larger town has more of them`);
  const told = refers.find(isOwnId) ?? others.find(({ isNullable }) => !isNullable);
  const toldBy = values.find((one) => one.name === told?.column)?.id;
  if (!told || !toldBy) throw new Error(`${name}: nothing tells a copy from its original`);
  const isAlways = name === 'house' || others.some(({ isNullable }) => !isNullable);
  const dated = (['closing_id', 'period_id'] as const).find((by) => columns.some((one) => one.column === by));
  return {
    name,
    columns: values,
    measures,
    belongs: isAlways
      ? 'true'
      : `coalesce(${others.map(({ column }) => `o.${column}`).join(', ')}) is not null`,
    isOriginal: `o.${told.column} <= ${shifts(toldBy, 1)}`,
    hasOwnId: refers.some(isOwnId),
    month: dated ?? null,
  };
}
