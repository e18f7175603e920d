// The product as it ships on servers of its own, each of which can be killed and brought up again.
import { mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { claim } from '../../launch/claim.mjs';
import { run } from '../../launch/command.mjs';
import { ownDatabase, runDb, runtimeLogin } from '../../launch/database.mjs';
import { ROOT } from '../../launch/place.mjs';
import { productEnv, startApi, startWorker } from '../../launch/processes.mjs';
import { processesIn } from '../../launch/running.mjs';
import { freePort, removePostgresData, startPostgres, startRedis } from '../../launch/services.mjs';

/** @typedef {'worker' | 'postgres' | 'redis'} Victim */
/** @type {readonly Victim[]} */
export const VICTIMS = ['worker', 'postgres', 'redis'];
const DEMO = ['--accounts', '60'];

/**
 * @typedef {object} Scene
 * @property {string} url the database, as the owner
 * @property {string} graphql
 * @property {(role: string) => { login: string, password: string, portal: string }} signIn
 * @property {(sql: string, values?: unknown[]) => Promise<any[]>} ask as the owner, on a connection that is made anew when it was lost
 * @property {(victim: Victim) => void} kill with SIGKILL, at once
 * @property {(victim: Victim) => Promise<void>} revive
 * @property {() => Promise<void>} stop
 */

/** @param {string} folder @returns {Promise<Scene>} everything up, the demo town in it */
export async function setScene(folder) {
  await clear(folder);
  mkdirSync(folder, { recursive: true });
  const ports = await somePorts();
  const log = (/** @type {string} */ name) => join(folder, 'log', `${name}.log`);
  const begin = {
    postgres: () =>
      startPostgres({ dataDir: join(folder, 'pg'), port: ports.postgres, log: log('postgres') }),
    redis: () => startRedis({ dir: join(folder, 'redis'), port: ports.redis, log: log('redis') }),
    worker: async () => ready(startWorker(told)),
    api: async () => ready(startApi(told)),
  };
  const postgres = await begin.postgres();
  const redis = await begin.redis();
  const url = await ownDatabase(postgres);
  const bank = { user: 'kvartal-api', password: 'kvartal', callbackKey: 'kvartal-callback-key' };
  const told = {
    ...{ dataDir: folder, host: '127.0.0.1', ports, bank, databaseUrl: url, runtimeUrl: '' },
    ...{ redisUrl: redis.url, smtpUrl: `smtp://127.0.0.1:${ports.smtp}` },
  };
  await runDb('migrate', { env: productEnv(told) });
  told.runtimeUrl = await runtimeLogin(url, folder);
  const script = join(ROOT, 'dist/apps/db/main.mjs');
  await run(process.execPath, ['--enable-source-maps', script, 'demo', ...DEMO], { env: productEnv(told) });
  const [worker, api] = await Promise.all([begin.worker(), begin.api()]);
  /** @type {Record<Victim | 'api', { child: import('../../launch/child.mjs').Child, stop: () => Promise<void> }>} */
  const up = { postgres, redis, worker, api };
  const { ask, end } = asker(url);
  const place = realpathSync(join(folder, 'pg'));
  return {
    url,
    ask,
    graphql: `http://127.0.0.1:${ports.web}/graphql`,
    signIn: (role) => readSignIns(folder).find((/** @type {{ role: string }} */ one) => one.role === role),
    kill: (victim) => {
      const pids = victim === 'postgres' ? processesIn(place) : [up[victim].child.pid];
      for (const pid of pids) endAtOnce(pid);
    },
    revive: async (victim) => {
      await up[victim].child.ended;
      up[victim] = await begin[victim]();
    },
    stop: async () => {
      await end();
      for (const one of [up.worker, up.api, up.redis, up.postgres]) await one.stop();
      await clear(folder);
    },
  };
}

/** Ends what runs on a folder, or what an earlier run left there, and removes its data. @param {string} folder */
export async function clear(folder) {
  (await claim(folder)).release();
  removePostgresData(join(folder, 'pg'));
  rmSync(folder, { recursive: true, force: true });
}

async function somePorts() {
  const names = /** @type {const} */ (['web', 'worker', 'smtp', 'mail', 'sms', 'bank', 'postgres', 'redis']);
  const given = await Promise.all(names.map(async (name) => [name, await freePort()]));
  return Object.fromEntries(given);
}

/** @param {ReturnType<typeof startWorker>} service */
async function ready(service) {
  await service.ready();
  return service;
}

/** @param {string} folder */
const readSignIns = (folder) => JSON.parse(readFileSync(join(folder, 'sign-ins.json'), 'utf8'));

/** @param {number} pid */
function endAtOnce(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

/**
 * One connection, made anew after it was lost: a question waits until the server is there again.
 * @param {string} url
 */
function asker(url) {
  /** @type {pg.Client | undefined} */
  let client;
  const connected = async () => {
    if (client) return client;
    const made = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    made.on('error', () => (client = undefined));
    await made.connect();
    return (client = made);
  };
  /** @param {string} sql @param {unknown[]} values */
  const ask = async (sql, values = [], tries = 100) => {
    try {
      return (await (await connected()).query(sql, values)).rows;
    } catch (error) {
      const isAnswer = error instanceof pg.DatabaseError && !/^57P|^08/.test(error.code ?? '');
      if (isAnswer || tries === 0) throw error;
      client = undefined;
      await pause(100);
      return ask(sql, values, tries - 1);
    }
  };
  return { ask, end: async () => client?.end() };
}
