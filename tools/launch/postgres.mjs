// PostgreSQL 18 from an npm package, run straight: no system package, no service, no container.
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { startChild, untilReady } from './child.mjs';
import { run } from './command.mjs';
import { keptSecret } from './place.mjs';
import { freePort } from './ports.mjs';
import { postgresBinaries, postgresPlace } from './postgres-files.mjs';
import { endProcess, processesIn } from './running.mjs';

const OWNER = 'kvartal';
const ROOMY = 256 << 20;
/** For tests, which connect thousands of times: the password is random, so that there is nothing for iterations to harden. */
const CHEAP = ['--no-sync', '--set', 'scram_iterations=1'];

/** @typedef {import('./postgres-files.mjs').RunAs} RunAs */

/**
 * @typedef {object} Postgres
 * @property {(database?: string) => string} url as the superuser
 * @property {number} port
 * @property {boolean} fresh whether the cluster was made just now
 * @property {import('./child.mjs').Child} child
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server on its data folder; what an earlier run left running on the same folder is ended first.
 * As root the data stand outside the clone and `dataDir` is a link to them: removing the link starts afresh.
 * @param {object} what
 * @param {string} what.dataDir
 * @param {boolean} [what.durable] false only for tests: faster, and a crash of the machine loses the data
 * @param {number} [what.port]
 * @param {string} [what.log]
 * @param {Record<string, string>} [what.settings] over postgresql.conf
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir, durable = true, port, log, settings = {} }) {
  const wished = resolve(dataDir);
  mkdirSync(dirname(wished), { recursive: true });
  const bin = await postgresBinaries();
  const { place, as, abandoned } = postgresPlace(wished);
  await endServersOf(place);
  if (abandoned) rmSync(place, { recursive: true, force: true });
  const password = keptSecret(`${wished}.password`);
  const fresh = !existsSync(join(place, 'PG_VERSION'));
  if (fresh) await makeCluster({ bin, place, as, durable, password });
  const at = port ?? (await freePort());
  const options = Object.entries({ ...standard(durable), ...settings, port: String(at) });
  const child = startChild({
    name: 'PostgreSQL',
    command: join(bin, 'postgres'),
    args: ['-D', place, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: '/',
    log: resolve(log ?? `${wished}.log`),
    ...as,
  });
  const url = (database = 'postgres') => `postgres://${OWNER}:${password}@127.0.0.1:${at}/${database}`;
  const stop = () => child.stop({ signal: 'SIGINT', seconds: 30 });
  await untilReady(child, () => answers(url()), 120).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url, port: at, fresh, child, stop };
}

/** Ends a server that an earlier run, killed hard, left on this data folder. @param {string} dataDir */
export async function endPostgresOn(dataDir) {
  const place = resolve(dataDir);
  if (existsSync(place)) await endServersOf(realpathSync(place));
}

/**
 * Copies the data of a stopped server to another data folder.
 * @param {string} from
 * @param {string} to
 */
export async function copyPostgresData(from, to) {
  const target = postgresPlace(resolve(to)).place;
  rmSync(target, { recursive: true, force: true });
  await run('cp', ['-a', '--reflink=auto', realpathSync(from), target]);
  cpSync(`${from}.password`, `${to}.password`);
}

/** Removes a data folder with all that stands beside it. @param {string} dataDir */
export function removePostgresData(dataDir) {
  const wished = resolve(dataDir);
  if (existsSync(wished)) rmSync(realpathSync(wished), { recursive: true, force: true });
  for (const end of ['', '.password', '.log', '.before.log'])
    rmSync(`${wished}${end}`, { recursive: true, force: true });
}

/** @param {boolean} durable @returns {Record<string, string>} */
function standard(durable) {
  const shared = statfsSync('/dev/shm');
  const safe = durable ? 'on' : 'off';
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // the 64 MB of shared memory that a container gets break parallel queries; files do not
    dynamic_shared_memory_type: shared.bsize * shared.bavail > ROOMY ? 'posix' : 'mmap',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
  };
}

/**
 * Makes the cluster aside and puts it in place whole, so that an initdb that was cut off leaves nothing half done.
 * @param {{ bin: string, place: string, as: RunAs, durable: boolean, password: string }} what
 */
async function makeCluster({ bin, place, as, durable, password }) {
  const next = `${place}.new`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { mode: 0o700 });
  const file = `${place}.first-password`;
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined)
    for (const one of [next, file]) chownSync(one, as.uid, as.gid);
  try {
    await run(
      join(bin, 'initdb'),
      ['-D', next, '-U', OWNER, `--pwfile=${file}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8',
       '--locale-provider=icu', '--icu-locale=ru', ...(durable ? [] : CHEAP)], // prettier-ignore
      { cwd: '/', ...as },
    );
  } finally {
    rmSync(file, { force: true });
  }
  rmSync(place, { recursive: true, force: true });
  renameSync(next, place);
}

/**
 * Ends a server that was left on this folder, and its last lock. PostgreSQL itself trusts a pid that may by now
 * be anybody's; here a process counts only when it works in the folder.
 * @param {string} place
 */
async function endServersOf(place) {
  const lock = join(place, 'postmaster.pid');
  const main = existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0;
  if (main && processesIn(place).includes(main)) await endProcess(main, { signal: 'SIGINT', seconds: 20 });
  for (const pid of processesIn(place)) await endProcess(pid, { signal: 'SIGQUIT', seconds: 5 });
  rmSync(lock, { force: true });
}

/** @param {string} url @returns {Promise<boolean>} */
async function answers(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}
