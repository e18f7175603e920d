import type pg from 'pg';

/** The key of a line. */
export const KEY = '(organization_id, account_id, service_id, supplier_id, closing_id)';

export interface Yardstick {
  seconds: number;
  cpuSeconds: number;
}

/** The machine's speed moves by a third within a minute: what one load would say of it is chance. */
const LOADS = 3;

/**
 * The physical limit of a closing: the very same rows, loaded by a binary COPY from a file of the server's into an empty
 * table of the same shape, then keyed, then attached; the middle one of three. `cpu` says how much processor time the
 * server has used so far.
 */
export async function closingYardstick(
  client: pg.Client,
  closingId: string,
  cpu: () => number,
): Promise<Yardstick> {
  const file = await exported(client, closingId);
  await client.query(`
    create table yardstick_parent (like statement_line including defaults including constraints)
    partition by list (closing_id)`);
  await client.query(`alter table yardstick_parent add primary key ${KEY}`);
  const loads: Yardstick[] = [];
  while (loads.length < LOADS) {
    await client.query('checkpoint');
    loads.push(await load(client, { closingId, file }, cpu));
    await client.query('drop table yardstick');
  }
  await client.query('drop table yardstick_parent');
  await client.query(`copy (select where false) to '${file}'`); // nothing can be removed there, but emptied
  return loads.sort((one, other) => one.seconds - other.seconds)[LOADS >> 1] ?? { seconds: 0, cpuSeconds: 0 };
}

async function load(
  client: pg.Client,
  { closingId, file }: { closingId: string; file: string },
  cpu: () => number,
): Promise<Yardstick> {
  const started = performance.now();
  const cpuBefore = cpu();
  await client.query(`
    create table yardstick (like statement_line including defaults including constraints including storage,
      constraint yardstick_bound check (closing_id = ${closingId}))`);
  await client.query(`copy yardstick from '${file}' (format binary)`);
  await client.query(`alter table yardstick add primary key ${KEY}`);
  await client.query(`alter table yardstick_parent attach partition yardstick for values in (${closingId})`);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: cpu() - cpuBefore };
}

/** The lines as a binary file in the server's data folder: one, written over by each run. */
async function exported(client: pg.Client, closingId: string): Promise<string> {
  const { rows } = await client.query<{ file: string }>(
    `select current_setting('data_directory') || '/bench_lines.bin' as file`,
  );
  const file = rows[0]?.file ?? '';
  await client.query(`copy statement_line_${closingId} to '${file}' (format binary)`);
  return file;
}
