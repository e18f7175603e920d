// A town large enough to be caught in the middle of its closing: the demo's houses, each many times over.
import { withClient } from '../../launch/database.mjs';

/** The organisation that is closed, by its short name. */
const ORGANIZATION = 'Заречный квартал';
const STEP = 1_000_000;

/** Every table of a house: what of a row differs from copy to copy. */
const TABLES = {
  house: { id: 'id', number: `number || '-' || n` },
  premises: { id: 'id', house_id: 'id' },
  account: {
    id: 'id',
    house_id: 'id',
    premises_id: 'id',
    number: `lpad((number::bigint + n * 10000)::text, 10, '0')`,
  },
  holder: { id: 'id', account_id: 'id' },
  fact: { id: 'id', house_id: 'id', subject_id: 'id' },
  account_service: { id: 'id', house_id: 'id', account_id: 'id' },
  meter: { id: 'id', house_id: 'id', account_id: 'id', serial: `serial || '-' || n` },
  register: { id: 'id', meter_id: 'id' },
  reading: { id: 'id', house_id: 'id', register_id: 'id' },
};
/** Of a long history the last months are enough. */
const RECENT = `month >= (select max(month) from reading) - interval '2 months'`;

/**
 * @typedef {object} Town
 * @property {string} organizationId
 * @property {string} month the one that is open
 * @property {number} houses
 * @property {number} accounts
 */

/**
 * Has the demo's organisation grow to so many accounts. What is copied is right by its making, so triggers and foreign
 * keys are spared; the closing verifies it.
 * @param {string} url as the owner
 * @param {number} accounts
 * @returns {Promise<Town>}
 */
export const growTown = (url, accounts) =>
  withClient(url, async (client) => {
    const { rows: found } = await client.query(
      `select o.id, to_char(p.month, 'YYYY-MM') as month, (select count(*)::int from account where organization_id = o.id) as accounts
       from organization o join period p on p.organization_id = o.id and p.state = 'OPEN' where o.short_name = $1`,
      [ORGANIZATION],
    );
    const { id, month, accounts: there } = found[0];
    const copies = Math.ceil(accounts / there) - 1;
    await client.query('set session_replication_role = replica');
    for (const [table, differing] of Object.entries(TABLES))
      await copy(client, { table, differing, id, copies, only: table === 'reading' ? RECENT : 'true' });
    await client.query('reset session_replication_role');
    await client.query('vacuum analyze');
    const { rows: grown } = await client.query(
      `select (select count(*)::int from house where organization_id = $1) as houses,
         (select count(*)::int from account where organization_id = $1) as accounts`,
      [id],
    );
    return { organizationId: id, month, ...grown[0] };
  });

/**
 * @param {import('pg').Client} client
 * @param {{ table: string, differing: Record<string, string>, id: string, copies: number, only: string }} what
 */
async function copy(client, { table, differing, id, copies, only }) {
  const { rows } = await client.query(
    `select attname as name from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => {
    const how = differing[name];
    return how === undefined ? name : how === 'id' ? `${name} + n * ${STEP}` : how;
  });
  await client.query(
    `insert into ${table} (${names.join(', ')}) overriding system value
     select ${values.join(', ')} from ${table}, generate_series(1, $2::int) n where organization_id = $1 and ${only} order by n, id`,
    [id, copies],
  );
  await client.query(`select setval(pg_get_serial_sequence($1, 'id'), (select max(id) from ${table}))`, [
    table,
  ]);
}
