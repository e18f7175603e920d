// The order in which a run comes up.
import { join } from 'node:path';
import { buildOnce } from './build-once.mjs';
import { dropOwnDatabase, ownDatabase, runDb, runtimeLogin, seedState } from './database.mjs';
import { keptSecret } from './place.mjs';
import { freePort, portNear } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { httpAt, productEnv, startApi, startBank, startMail, startSms, startWorker } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { addresses, readSignIns } from './report.mjs';

const WISHED = {
  web: 4200,
  worker: 4201,
  smtp: 1025,
  mail: 1080,
  sms: 1090,
  bank: 1070,
  postgres: 5433,
  redis: 6380,
};

/**
 * @typedef {object} Asked
 * @property {string} dataDir
 * @property {boolean} build
 * @property {boolean} freePorts whether every port is taken from the system, as tests do
 * @property {string} host
 */

/**
 * @param {Asked} asked
 * @param {import('./screen.mjs').Screen} screen
 * @param {import('./running-set.mjs').RunningSet} running
 */
export async function start(asked, screen, running) {
  const ports = await choosePorts(asked, screen);
  if (asked.build)
    await screen.step('Build', async (note) => {
      const built = await buildOnce(note);
      note(built ? '' : 'sources unchanged');
    });
  const stores = await startStores(asked, { ports, screen, running });
  const bank = {
    user: process.env.BANK_USER ?? 'kvartal-api',
    password: process.env.BANK_PASSWORD ?? keptSecret(join(asked.dataDir, 'secrets/bank-password')),
    callbackKey: process.env.BANK_CALLBACK_KEY ?? keptSecret(join(asked.dataDir, 'secrets/bank-callback')),
  };
  const told = {
    ...{ dataDir: asked.dataDir, host: asked.host, ports, bank },
    ...{ databaseUrl: stores.databaseUrl, runtimeUrl: '', redisUrl: stores.redisUrl },
    smtpUrl: process.env.SMTP_URL ?? `smtp://127.0.0.1:${ports.smtp}`,
  };
  const product = async () => {
    await prepareDatabase(told, stores.postgres, screen);
    await startProduct(told, { screen, running });
  };
  await together([startStandIns(told, { screen, running }), product()]);
  const own = {
    ownMail: !process.env.SMTP_URL,
    ownSms: !process.env.SMS_URL,
    ownBank: !process.env.BANK_URL,
  };
  return addresses(told, readSignIns(join(asked.dataDir, 'sign-ins.json')), own);
}

/**
 * Waits for all, also when one has failed: what still starts must be known before it can be stopped.
 * @template {readonly unknown[]} T
 * @param {T} works
 * @returns {Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>}
 */
async function together(works) {
  await Promise.allSettled(works);
  return Promise.all(works);
}

/**
 * @param {Asked} asked
 * @param {import('./screen.mjs').Screen} screen
 * @returns {Promise<typeof WISHED>}
 */
async function choosePorts({ freePorts }, screen) {
  const chosen = { ...WISHED };
  for (const [name, wished] of Object.entries(WISHED)) {
    const port = freePorts ? await freePort() : await portNear(wished);
    if (!freePorts && port !== wished)
      screen.say(`! Port ${wished} (${name}) is taken by another program: ${port} it is`);
    Object.assign(chosen, { [name]: port });
  }
  return chosen;
}

/**
 * @typedef {{ screen: import('./screen.mjs').Screen, running: import('./running-set.mjs').RunningSet }} With
 * @param {Asked} asked
 * @param {With & { ports: typeof WISHED }} with_
 */
async function startStores({ dataDir }, { ports, screen, running }) {
  const log = (/** @type {string} */ name) => join(dataDir, 'log', `${name}.log`);
  const [postgres, redis] = await together([
    process.env.DATABASE_URL
      ? undefined
      : screen.step('PostgreSQL', async () =>
          running.add(
            await startPostgres({ dataDir: join(dataDir, 'pg'), port: ports.postgres, log: log('postgres') }),
          ),
        ),
    process.env.REDIS_URL
      ? undefined
      : screen.step('Redis', async (say) =>
          running.add(
            await startRedis({ dir: join(dataDir, 'redis'), port: ports.redis, log: log('redis'), say }),
          ),
        ),
  ]);
  const databaseUrl = postgres ? await ownDatabase(postgres) : (process.env.DATABASE_URL ?? '');
  return { postgres, databaseUrl, redisUrl: redis?.url ?? process.env.REDIS_URL ?? '' };
}

/** @param {import('./processes.mjs').Told} told @param {With} with_ */
async function startStandIns(told, { screen, running }) {
  const wanted = [
    process.env.SMTP_URL ? undefined : { name: 'Mail catcher', begin: startMail },
    process.env.SMS_URL ? undefined : { name: 'SMS gateway (emulator)', begin: startSms },
    process.env.BANK_URL ? undefined : { name: 'Bank (emulator)', begin: startBank },
  ];
  await together(
    wanted.map((one) => one && screen.step(one.name, () => running.add(one.begin(told)).ready())),
  );
}

/**
 * @param {import('./processes.mjs').Told} told
 * @param {import('./postgres.mjs').Postgres | undefined} postgres our own server, if it is ours
 * @param {import('./screen.mjs').Screen} screen
 */
async function prepareDatabase(told, postgres, screen) {
  const migrate = async () => {
    await screen.step('Migrate', (note) => runDb('migrate', { env: productEnv(told), note }));
    told.runtimeUrl = await runtimeLogin(told.databaseUrl, told.dataDir);
  };
  await migrate();
  const state = await seedState(told.databaseUrl, join(told.dataDir, 'sign-ins.json'));
  if (state === 'seeded') return;
  if (state === 'unfinished') {
    if (!postgres)
      return screen.say('! The database holds organisations already: no demo town is made in it');
    screen.say('! The demo town was not finished last time: it is made again');
    await dropOwnDatabase(postgres);
    await ownDatabase(postgres);
    await migrate();
  }
  await screen.step('Demo town', (note) => runDb('seed', { env: productEnv(told), note }));
}

/** @param {import('./processes.mjs').Told} told @param {With} with_ */
async function startProduct(told, { screen, running }) {
  await together([
    screen.step(`Api and web, ${httpAt(told.ports.web)}`, () => running.add(startApi(told)).ready()),
    screen.step('Worker', () => running.add(startWorker(told)).ready()),
  ]);
}
