// What database specs stand on: one PostgreSQL with a migrated template, one Redis. Many runs may work at once.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from '../build/server.mjs';
import { run } from '../launch/command.mjs';
import { withClient } from '../launch/database.mjs';
import { ROOT, shortHash, writeWhole } from '../launch/place.mjs';
import { birthOf, isSame } from '../launch/running.mjs';
import {
  copyPostgresData,
  endPostgresOn,
  endRedisOn,
  findPoppler,
  removePostgresData,
  startPostgres,
  startRedis,
} from '../launch/services.mjs';

const HOME = join(ROOT, '.data/test');
/**
 * Where the files are memory: most tests have a database of their own, nine hundred files made and removed, and a disk
 * with ext4 and no journal looks at every file removed in the last seconds before it makes one.
 */
const MEMORY = '/dev/shm';
const ROOMY = 3 * 2 ** 30;
const DAY_MS = 86_400_000;
/** Two workers of Jest, their pools and their templates' copies. */
const SETTINGS = {
  shared_buffers: '256MB',
  max_connections: '300',
  max_wal_size: '512MB',
  autovacuum: 'off',
};

/**
 * @typedef {object} TestServices
 * @property {Record<'KVARTAL_TEST_PG_ADMIN' | 'KVARTAL_TEST_TEMPLATE' | 'KVARTAL_TEST_REDIS', string> & { POPPLER?: string }} env what the specs are told
 * @property {() => Promise<void>} stop
 */

/**
 * Starts both on ports of their own, or takes DATABASE_URL and REDIS_URL.
 * @param {(text: string) => void} [say]
 * @returns {Promise<TestServices>}
 */
export async function startTestServices(say = () => undefined) {
  await endDeadRuns();
  const folder = `${placeOfRuns()}${process.pid}-${birthOf(process.pid)}`;
  // a folder that is there is where the server's data stand, whoever it runs as
  mkdirSync(folder.startsWith(IN_MEMORY) ? join(folder, 'pg') : folder, { recursive: true });
  /** @type {(() => Promise<void>)[]} */
  const started = [];
  const stop = async () => {
    for (const one of started.splice(0).reverse()) await one();
    forget(folder);
  };
  try {
    const { DATABASE_URL, REDIS_URL } = process.env;
    const template = `kvartal_template_${hashOfMigrations()}`;
    const postgres = DATABASE_URL ? undefined : await ownServer(join(folder, 'pg'), template, say);
    if (postgres) started.push(postgres.stop);
    const admin = postgres?.url() ?? DATABASE_URL ?? '';
    if (!postgres) await makeTemplate(admin, template, say);
    const redis = REDIS_URL
      ? undefined
      : await startRedis({ dir: join(folder, 'redis'), appendOnly: false, say });
    if (redis) started.push(redis.stop);
    const env = {
      KVARTAL_TEST_PG_ADMIN: admin,
      KVARTAL_TEST_TEMPLATE: template,
      KVARTAL_TEST_REDIS: redis?.url ?? REDIS_URL ?? '',
      ...(await placeOfPoppler(say)),
    };
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The folder of poppler's programs, which read documents back. Where there are none only the specs of documents fail.
 * @param {(text: string) => void} say
 * @returns {Promise<{ POPPLER?: string }>}
 */
async function placeOfPoppler(say) {
  try {
    const { pdftotext } = await findPoppler({ say });
    return { POPPLER: dirname(pdftotext) };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return {};
  }
}

/** The migrated template is the same as long as these files are. */
function hashOfMigrations() {
  const hash = createHash('sha256');
  for (const folder of ['apps/db/src/migrations', 'apps/db/src/migrate']) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const paths = files.map((one) => join(one.parentPath, one.name)).sort();
    for (const path of paths) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * A server on a copy of a cluster that was migrated once: an initdb and a migration are spared each run.
 * @param {string} dataDir
 * @param {string} template
 * @param {(text: string) => void} say
 */
async function ownServer(dataDir, template, say) {
  const image = publishedImage(template) ?? (await makeImage(template, say));
  await copyPostgresData(image, dataDir);
  return startPostgres({ dataDir, durable: false, settings: SETTINGS });
}

/** @param {string} template @returns {string | undefined} */
function publishedImage(template) {
  const file = join(HOME, `${template}.json`);
  if (!existsSync(file)) return undefined;
  const { dataDir } = JSON.parse(readFileSync(file, 'utf8'));
  return existsSync(dataDir) ? dataDir : undefined;
}

/** @param {string} template @param {(text: string) => void} say @returns {Promise<string>} */
async function makeImage(template, say) {
  forgetOldImages();
  const dataDir = join(HOME, `image-${process.pid}-${birthOf(process.pid)}`);
  const postgres = await startPostgres({ dataDir, durable: false, settings: SETTINGS });
  try {
    await makeTemplate(postgres.url(), template, say);
    await postgres.stop();
  } catch (error) {
    await postgres.stop();
    removePostgresData(dataDir);
    throw error;
  }
  writeWhole(join(HOME, `${template}.json`), JSON.stringify({ dataDir }));
  return dataDir;
}

/**
 * Makes the template on a server unless it is there; of many at once, one makes it and the others wait.
 * @param {string} admin
 * @param {string} template
 * @param {(text: string) => void} say
 */
async function makeTemplate(admin, template, say) {
  await withClient(admin, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('kvartal template'))`);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount) return;
    say('migrating a template database');
    const draft = `${template}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    const url = new URL(admin);
    url.pathname = `/${draft}`;
    await migrate(url.toString());
    await client.query(`alter database ${draft} rename to ${template}`);
  });
}

/** The migrations alone, not the whole of apps/db: specs must run while another part of it is being written. @param {string} url */
async function migrate(url) {
  const place = `dist/test/migrate-${process.pid}`;
  await bundle({ migrate: 'apps/db/src/migrate/migrate.ts' }, join(ROOT, place));
  const script = `const { migrate } = await import('./${place}/migrate.mjs'); process.exit(await migrate());`;
  await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: url },
  });
  rmSync(join(ROOT, place), { recursive: true });
}

const ON_DISK = join(HOME, 'run-');
const IN_MEMORY = join(MEMORY, `kvartal-${shortHash(ROOT)}-run-`);

/** @returns {string} what the folders of runs begin with: in memory where there is enough of it for everybody */
function placeOfRuns() {
  const shared = statfsSync(MEMORY);
  const free = Math.min(shared.bsize * shared.bavail, process.availableMemory());
  return free > ROOMY ? IN_MEMORY : ON_DISK;
}

/** Runs that were killed hard leave servers and data behind: ended and removed by the next. */
async function endDeadRuns() {
  mkdirSync(HOME, { recursive: true });
  const folders = [ON_DISK, IN_MEMORY].flatMap((start) =>
    readdirSync(dirname(start))
      .map((name) => join(dirname(start), name))
      .filter((path) => path.startsWith(start)),
  );
  for (const folder of folders) {
    const [birth, pid] = folder.split('-').reverse();
    if (isSame(Number(pid), birth)) continue;
    await endPostgresOn(join(folder, 'pg'));
    await endRedisOn(join(folder, 'redis'));
    forget(folder);
  }
}

/** @param {string} folder of a run */
function forget(folder) {
  removePostgresData(join(folder, 'pg'));
  rmSync(folder, { recursive: true, force: true });
}

/** Images of migrations that nobody has any more, and those whose making was cut off. */
function forgetOldImages() {
  for (const name of readdirSync(HOME).filter((one) => /^image-\d+-\d+$/.test(one))) {
    const path = join(HOME, name);
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > DAY_MS)
      removePostgresData(path);
  }
}
