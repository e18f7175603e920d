// The product as it ships, in processes of its own: a small demo town, api and worker, behind gates that can be shut.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild, untilReady } from '../../launch/child.mjs';
import { run } from '../../launch/command.mjs';
import { withClient } from '../../launch/database.mjs';
import { ROOT } from '../../launch/place.mjs';
import { freePort } from '../../launch/ports.mjs';
import { gateTo } from './gate.mjs';
import { openMailbox } from './mailbox.mjs';

/** Large enough for flats, offices and people in every organisation. */
const ACCOUNTS = '24';
const PATIENCE_S = 60;

/** @typedef {import('../../launch/child.mjs').Child} Child */
/** @typedef {Record<string, unknown> & { msg?: string, level?: number, requestId?: string }} Line */
/** @typedef {Awaited<ReturnType<typeof raise>>} Stand */

/**
 * @param {string} databaseUrl an empty migrated database, as its owner
 * @param {string} redisUrl
 */
export async function raise(databaseUrl, redisUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'kvartal-boot-'));
  const [postgres, redis, mailbox] = await Promise.all([
    gateTo(databaseUrl),
    gateTo(redisUrl),
    openMailbox(),
  ]);
  const [apiPort, workerPort] = [await freePort(), await freePort()];
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    DEV_CLOCK: '1',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: `boot:${process.pid}`,
    FILES_DIR: join(folder, 'files'),
    SMTP_URL: mailbox.url,
    PORT: String(apiPort),
    HEALTH_PORT: String(workerPort),
    LOG_LEVEL: 'debug',
  };
  delete env.RUNTIME_DATABASE_URL;
  delete env.DATA_DIR;
  await run(process.execPath, [main('db'), 'demo', '--accounts', ACCOUNTS], { cwd: ROOT, env });
  const served = { ...env, DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const urls = { api: `http://127.0.0.1:${apiPort}`, worker: `http://127.0.0.1:${workerPort}` };
  /** @type {Record<'api' | 'worker', Child[]>} */
  const started = { api: [], worker: [] };
  const start = async (/** @type {'api' | 'worker'} */ app) => {
    const log = join(folder, `${app}-${started[app].length}.log`);
    const child = startChild({
      name: app,
      command: process.execPath,
      args: [main(app)],
      cwd: ROOT,
      env: served,
      log,
    });
    started[app].push(child);
    await untilReady(child, async () => (await fetch(`${urls[app]}/health/ready`)).ok, PATIENCE_S);
    return child;
  };
  await Promise.all([start('api'), start('worker')]);
  const logOf = (/** @type {'api' | 'worker'} */ app) =>
    started[app].map(({ log }) => readFileSync(log, 'utf8')).join('');
  return {
    urls, postgres, redis, mailbox, start, logOf,
    child: (/** @type {'api' | 'worker'} */ app) => started[app].at(-1),
    lines: (/** @type {'api' | 'worker'} */ app) => logOf(app).split('\n').filter(Boolean).map(parsed),
    query: (/** @type {string} */ sql, /** @type {unknown[]} */ values = []) =>
      withClient(databaseUrl, async (client) => (await client.query(sql, values)).rows),
    databaseUrl,
    end: async () => {
      await Promise.all([...started.api, ...started.worker].map((child) => child.stop({ seconds: 20 })));
      mailbox.close();
      await Promise.all([postgres.shut(), redis.shut()]);
      rmSync(folder, { recursive: true, force: true });
    },
  }; // prettier-ignore
}

const main = (/** @type {string} */ app) => join(ROOT, `dist/apps/${app}/main.mjs`);

/** A line of the log; one that is no JSON is an outcry of the process itself. @param {string} text @returns {Line} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { msg: text };
  }
}

/**
 * Asks again until there is an answer: things that other processes do take their time.
 * @template T
 * @param {string} what
 * @param {() => Promise<T | undefined | false> | T | undefined | false} ask
 * @returns {Promise<T>}
 */
export async function until(what, ask) {
  for (let tries = 0; tries < PATIENCE_S * 20; tries++) {
    const answer = await ask();
    if (answer) return answer;
    await pause(50);
  }
  throw new Error(`${what}: not after ${PATIENCE_S} s`);
}

/** @typedef {{ status: number, requestId: string, cookie: string, data: any, errors: any }} Answer */

/**
 * Asks the endpoint as one of our apps would.
 * @param {Stand} stand
 * @param {string} query
 * @param {object} [variables]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Answer>}
 */
export async function ask(stand, query, variables = {}, headers = {}) {
  const response = await fetch(`${stand.urls.api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kvartal-app': 'cabinet', 'x-kvartal-portal': 'prirechensk', ...headers },
    body: JSON.stringify({ query, variables }),
  }); // prettier-ignore
  const { data, errors } = JSON.parse(await response.text());
  return {
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? '',
    cookie: response.headers.getSetCookie().map((one) => one.split(';')[0]).join('; '),
    data, errors,
  }; // prettier-ignore
}

export const SIGN_IN =
  'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Refused { refusals { code } } } }';

/**
 * The headers of a browser in which one of the demo's people has signed in.
 * @param {Stand} stand
 * @param {string} login
 * @param {'cabinet' | 'backoffice'} app
 */
export async function signedIn(stand, login, app) {
  const headers = { 'x-kvartal-app': app };
  const input = { login, password: `${login}-demo-2026`, remember: false };
  const { cookie, data, errors } = await ask(stand, SIGN_IN, { input }, headers);
  if (!cookie) throw new Error(`${login} was not let in: ${JSON.stringify(data ?? errors)}`);
  return { ...headers, cookie };
}
