// Boots what ships: each built process composes its modules and connects, in plain Node. Catches cycles of imports and
// missing providers that Jest does not see. Then api and worker are run as they ship, over a small demo town, and looked at
// from outside: their logs, their health, their end. Told where the services are by the environment of the test run.
import { attempt } from '../launch/command.mjs';
import { withClient } from '../launch/database.mjs';
import { ROOT } from '../launch/place.mjs';
import { healthChecks } from './boot/health.mjs';
import { logChecks } from './boot/logs.mjs';
import { shutdownChecks } from './boot/shutdown.mjs';
import { raise } from './boot/stand.mjs';

const {
  KVARTAL_TEST_PG_ADMIN: admin = '',
  KVARTAL_TEST_TEMPLATE: template,
  KVARTAL_TEST_REDIS: redis,
} = process.env;
const name = `kvartal_boot_${process.pid}`;
const url = new URL(admin);
url.pathname = `/${name}`;
/** @type {NodeJS.ProcessEnv} */
const env = {
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: url.toString(),
  REDIS_URL: redis,
  REDIS_PREFIX: name,
  LOG_LEVEL: 'warn',
};
delete env.RUNTIME_DATABASE_URL;

let failed = 0;
let passed = 0;
const say = (/** @type {string} */ name, /** @type {unknown} */ wrong) => {
  if (wrong === undefined) passed++;
  else failed++;
  console.log(
    wrong === undefined ? `✓ ${name}` : `✗ ${name}\n${wrong instanceof Error ? wrong.stack : wrong}`,
  );
};

async function compose() {
  const apps = ['api', 'worker', 'db'];
  const check = (/** @type {string} */ app) =>
    attempt(process.execPath, ['--enable-source-maps', `dist/apps/${app}/main.mjs`, '--check'], {
      cwd: ROOT,
      env,
    });
  const ends = await Promise.all(apps.map(check));
  for (const [at, { code, output }] of ends.entries())
    say(`${apps[at]} is composed`, code === 0 ? undefined : `(${code})\n${output.trimEnd()}`);
}

/** The parts go on from one another: one town, one pair of processes. */
async function live() {
  const stand = await raise(url.toString(), redis ?? '');
  try {
    const checks = { ...logChecks(stand), ...healthChecks(stand), ...shutdownChecks(stand) };
    for (const [name, check] of Object.entries(checks))
      say(name, await check().then(() => undefined, (wrong) => wrong)); // prettier-ignore
  } finally {
    await stand.end();
  }
}

await withClient(admin, (client) => client.query(`create database ${name} template ${template}`));
await compose();
await live().catch((wrong) => say('api and worker on a demo town', wrong));
await withClient(admin, (client) => client.query(`drop database ${name} with (force)`));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
