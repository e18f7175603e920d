import type pg from 'pg';

/**
 * The physical limit of a closing: the very same rows, loaded by a binary COPY into an empty table of the same shape,
 * then keyed, then attached. Returns seconds.
 */
export async function closingYardstick(client: pg.Client, closingId: string): Promise<number> {
  const file = `bench_lines_${closingId}.bin`; // in the server's own data folder
  await client.query(
    `copy statement_line_${closingId} to '${await dataFolder(client)}/${file}' (format binary)`,
  );
  await client.query('drop table if exists yardstick_parent, yardstick');
  await client.query(
    'create table yardstick_parent (like statement_line including defaults including constraints) partition by list (closing_id)',
  );
  await client.query(
    'alter table yardstick_parent add primary key (organization_id, account_id, service_id, supplier_id, closing_id)',
  );
  await client.query('checkpoint');
  const started = performance.now();
  await client.query(
    'create table yardstick (like statement_line including defaults including constraints including storage)',
  );
  await client.query(
    `alter table yardstick add constraint yardstick_bound check (closing_id = ${closingId})`,
  );
  await client.query(`copy yardstick from '${await dataFolder(client)}/${file}' (format binary)`);
  await client.query(
    'alter table yardstick add primary key (organization_id, account_id, service_id, supplier_id, closing_id)',
  );
  await client.query(`alter table yardstick_parent attach partition yardstick for values in (${closingId})`);
  const seconds = (performance.now() - started) / 1000;
  await client.query('drop table yardstick_parent');
  await client.query(`copy (select) to program 'rm -f ${file}'`).catch(() => undefined);
  return seconds;
}

async function dataFolder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ folder: string }>(
    `select current_setting('data_directory') as folder`,
  );
  return rows[0]?.folder ?? '.';
}
