// Boots what ships: each built process composes its modules and connects, in plain Node. Catches cycles of imports and
// missing providers that Jest does not see. Told where the services are by the environment of the test run.
import { attempt } from '../launch/command.mjs';
import { withClient } from '../launch/database.mjs';
import { ROOT } from '../launch/place.mjs';

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
await withClient(admin, (client) => client.query(`create database ${name} template ${template}`));
const apps = ['api', 'worker', 'db'];
for (const app of apps) {
  const { code, output } = await attempt(
    process.execPath,
    ['--enable-source-maps', `dist/apps/${app}/main.mjs`, '--check'],
    { cwd: ROOT, env },
  );
  if (code !== 0) failed++;
  console.log(code === 0 ? `✓ ${app}` : `✗ ${app} (${code})\n${output.trimEnd()}`);
}
await withClient(admin, (client) => client.query(`drop database ${name} with (force)`));
console.log(`${apps.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
