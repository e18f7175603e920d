// The processes of a run: what each is told, how it is known to be ready.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, untilReady } from './child.mjs';
import { ROOT } from './place.mjs';

/**
 * @typedef {object} Told what the product's processes are told by their environment
 * @property {string} dataDir
 * @property {{ web: number, worker: number, smtp: number, mail: number, sms: number, bank: number }} ports
 * @property {string} host
 * @property {string} databaseUrl as the owner
 * @property {string} runtimeUrl as the login of api and worker
 * @property {string} redisUrl
 * @property {string} smtpUrl
 * @property {{ user: string, password: string, callbackKey: string }} bank
 */

/** Where Node keeps what it has compiled: the next start is quicker. */
const COMPILED = join(ROOT, '.data/compiled');

/** @param {number} port @param {string} [host] */
export const httpAt = (port, host = '127.0.0.1') => `http://${host}:${port}`;

/** @param {string} url @returns {Promise<boolean>} */
const answersOk = async (url) => (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;

/**
 * @param {Told} told
 * @returns {NodeJS.ProcessEnv} the environment of api, worker and db
 */
export function productEnv(told) {
  return {
    ...process.env,
    NODE_ENV: 'development',
    DEV_CLOCK: '1',
    DATABASE_URL: told.databaseUrl,
    RUNTIME_DATABASE_URL: told.runtimeUrl,
    REDIS_URL: told.redisUrl,
    SMTP_URL: told.smtpUrl,
    SMS_URL: process.env.SMS_URL ?? httpAt(told.ports.sms),
    BANK_URL: process.env.BANK_URL ?? httpAt(told.ports.bank),
    BANK_USER: told.bank.user,
    BANK_PASSWORD: told.bank.password,
    BANK_CALLBACK_KEY: told.bank.callbackKey,
    PUBLIC_URL: httpAt(told.ports.web),
    HOST: told.host,
    PORT: String(told.ports.web),
    HEALTH_PORT: String(told.ports.worker),
    FILES_DIR: join(told.dataDir, 'files'),
    WEB_ROOT: join(ROOT, 'dist/apps'),
    OPERATIONS_DIR: join(ROOT, 'dist/operations'),
    DATA_DIR: told.dataDir,
    MAIL_FROM: process.env.MAIL_FROM ?? 'Квартал <no-reply@kvartal.example>',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
  };
}

/**
 * Starts a Node process.
 * @param {Told} told
 * @param {{ name: string, script: string, args?: string[], flags?: string[], env?: NodeJS.ProcessEnv, ready: string }} what
 * @returns {import('./running-set.mjs').Service & { ready: () => Promise<void> }}
 */
function startNode(told, { name, script, args = [], flags = [], env, ready }) {
  const child = startChild({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', ...flags, join(ROOT, script), ...args],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, ...env },
    cwd: ROOT,
    log: join(told.dataDir, 'log', `${name}.log`),
    records: join(told.dataDir, 'run'),
  });
  const stop = () => child.stop({ seconds: 20 });
  return { child, stop, ready: () => untilReady(child, () => answersOk(ready), 180) };
}

/** @param {Told} told */
export const startMail = (told) =>
  startNode(told, {
    name: 'mail',
    script: 'node_modules/maildev/dist/bin/maildev.js',
    args: [
      ...[
        '--ip',
        '127.0.0.1',
        '--smtp',
        String(told.ports.smtp),
        '--web-ip',
        '127.0.0.1',
        '--web',
        String(told.ports.mail),
      ],
      ...[
        '--mail-directory',
        join(told.dataDir, 'mail'),
        '--max-emails',
        '5000',
        '--hide-extensions',
        'STARTTLS',
      ],
    ],
    ready: `${httpAt(told.ports.mail)}/api/healthz`,
  });

/** What the emulators need to tell the same time as the product. @param {Told} told */
const clockEnv = (told) => ({ REDIS_URL: told.redisUrl, DEV_CLOCK: '1' });

/** @param {Told} told */
export const startSms = (told) =>
  startNode(told, {
    name: 'sms',
    script: 'tools/emulators/sms.mjs',
    env: { ...clockEnv(told), PORT: String(told.ports.sms), STATE_FILE: join(told.dataDir, 'sms.json') },
    ready: `${httpAt(told.ports.sms)}/health`,
  });

/** @param {Told} told */
export const startBank = (told) =>
  startNode(told, {
    name: 'bank',
    script: 'tools/emulators/bank.mjs',
    env: {
      ...clockEnv(told),
      PORT: String(told.ports.bank),
      STATE_FILE: join(told.dataDir, 'bank.json'),
      BANK_USER: told.bank.user,
      BANK_PASSWORD: told.bank.password,
      BANK_CALLBACK_KEY: told.bank.callbackKey,
      CALLBACK_URL: `${httpAt(told.ports.web)}/pay/sberbank/callback`,
      RETRY_SECONDS: '5',
    },
    ready: `${httpAt(told.ports.bank)}/health`,
  });

/** @param {Told} told */
export const startApi = (told) =>
  startNode(told, {
    name: 'api',
    script: 'dist/apps/api/main.mjs',
    env: { ...productEnv(told), APP_NAME: 'kvartal-api' },
    ready: `${httpAt(told.ports.web)}/health/ready`,
  });

/** @param {Told} told */
export const startWorker = (told) =>
  startNode(told, {
    name: 'worker',
    script: 'dist/apps/worker/main.mjs',
    flags: readFileSync(join(ROOT, 'docker/worker.flags'), 'utf8').trim().split('\n'), // as docker/start.sh does
    env: { ...productEnv(told), APP_NAME: 'kvartal-worker' },
    ready: `${httpAt(told.ports.worker)}/health/ready`,
  });
