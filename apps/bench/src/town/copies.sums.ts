import type pg from 'pg';

/** How many rows a table has, how many of them have copies, and what its columns come to: of all, and of those. */
export interface Sums {
  rows: number;
  kept: number;
  all: readonly bigint[];
  ofKept: readonly bigint[];
}

/** One pass over the table. */
export async function sumsOf(
  client: pg.Client,
  { name, measures, kept }: { name: string; measures: readonly string[]; kept: string },
): Promise<Sums> {
  const sum = (of: string, filter: string): string => `coalesce(sum(${of}) ${filter}, 0)::text`;
  const array = (filter: string): string =>
    `array[${measures.map((of) => sum(`o.${of}`, filter)).join(', ')}]::text[]`;
  const where = `filter (where ${kept})`;
  const { rows } = await client.query<{ rows: string; kept: string; all: string[]; ofKept: string[] }>(
    `select count(*) as rows, count(*) ${where} as kept, ${array('')} as all, ${array(where)} as "ofKept" from ${name} o`,
  );
  const [found] = rows;
  if (!found) throw new Error(`${name} cannot be counted`);
  return {
    rows: Number(found.rows),
    kept: Number(found.kept),
    all: found.all.map(BigInt),
    ofKept: found.ofKept.map(BigInt),
  };
}

/** Throws unless a table has become the small town's with the rows that have copies as many times more. */
export function expectTimes(
  table: string,
  { before, after, times }: { before: Sums; after: Sums; times: number },
): void {
  const more = BigInt(times - 1);
  const wanted = [
    BigInt(before.rows) + more * BigInt(before.kept),
    ...before.all.map((sum, at) => sum + more * (before.ofKept[at] ?? 0n)),
  ];
  const found = [BigInt(after.rows), ...after.all];
  if (wanted.join() !== found.join())
    throw new Error(
      `${table} times ${times} has rows and sums ${found.join(', ')}, not ${wanted.join(', ')}`,
    );
}
