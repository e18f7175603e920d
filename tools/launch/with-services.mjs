// Runs a command with PostgreSQL and Redis under it: node tools/launch/with-services.mjs node tools/build/run.mjs db demo
// Uses DATABASE_URL and REDIS_URL where they are set, else what `npm run up` runs at this moment, else starts its own
// on the same data. Benchmarks have a server and data of their own. Its own words go to stderr: stdout is the command's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../build/server.mjs';
import { buildOnce } from './build-once.mjs';
import { claim } from './claim.mjs';
import { endCommands } from './command.mjs';
import { ownDatabase, runDb, runtimeLogin } from './database.mjs';
import { findChromium } from './find.mjs';
import { ROOT } from './place.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

const [command = '', ...args] = process.argv.slice(2);
const forBench = args.includes('bench');
/** Much is written at once. */
const isMass = forBench || args.includes('demo');
/** `npm run bench` alone lists the benchmarks, and needs nothing for it. */
const isIdle = args.at(-1) === 'bench';
const dataDir = join(ROOT, forBench ? '.data/bench' : '.data');
/** @type {(() => Promise<void> | void)[]} what is undone at the end, last first */
const undo = [];

console.log = console.error;

/** @returns {Record<string, string>} a server that benchmarks and large towns may fill, as large as this machine can carry */
const roomy = () => ({
  shared_buffers: `${Math.floor(totalmem() / (4 << 20))}MB`,
  maintenance_work_mem: '256MB',
  max_wal_size: '8GB',
});

/** @returns {{ postgres: string, redis: string } | undefined} what the launcher runs on the same data */
function launched() {
  const file = join(dataDir, 'up.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
async function services() {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const up = launched();
  if (DATABASE_URL && REDIS_URL) return { DATABASE_URL, REDIS_URL };
  if (up && !forBench) return { DATABASE_URL: DATABASE_URL ?? up.postgres, REDIS_URL: REDIS_URL ?? up.redis };
  mkdirSync(dataDir, { recursive: true });
  const held = await claim(dataDir);
  undo.push(held.release);
  const log = (/** @type {string} */ name) => join(dataDir, 'log', `${name}.log`);
  const postgres = DATABASE_URL
    ? undefined
    : await startPostgres({
        dataDir: join(dataDir, 'pg'),
        log: log('postgres'),
        settings: isMass ? roomy() : {},
      });
  if (postgres) undo.push(postgres.stop);
  const redis = REDIS_URL
    ? undefined
    : await startRedis({ dir: join(dataDir, 'redis'), log: log('redis'), say: console.error });
  if (redis) undo.push(redis.stop);
  return {
    DATABASE_URL: DATABASE_URL ?? (postgres && (await ownDatabase(postgres))),
    REDIS_URL: REDIS_URL ?? redis?.url,
  };
}

/** @param {NodeJS.ProcessEnv} env the database of the product is at this release before the command sees it */
async function migrated(env) {
  await buildServer('db');
  await runDb('migrate', { env });
  return { ...env, RUNTIME_DATABASE_URL: await runtimeLogin(env.DATABASE_URL ?? '', dataDir) };
}

/** What benchmarks measure is the product as it ships. @returns {Promise<Record<string, string>>} */
async function readyForBench() {
  await buildOnce((text) => void process.stderr.write(text));
  return args.includes('web') ? { CHROMIUM: await findChromium({ say: console.error }) } : {};
}

async function live() {
  const base = {
    ...process.env,
    ...(isIdle ? {} : await services()),
    NODE_ENV: 'development',
    DEV_CLOCK: '1',
    DATA_DIR: dataDir,
    FILES_DIR: join(dataDir, 'files'),
  };
  const env = forBench ? { ...base, ...(isIdle ? {} : await readyForBench()) } : await migrated(base);
  const child = spawn(command, args, { stdio: 'inherit', env, cwd: ROOT });
  undo.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

const asked = new Promise((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => done(130));
});
try {
  process.exitCode = await Promise.race([live(), asked]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await endCommands();
for (const step of undo.reverse()) await step();
process.exit();
