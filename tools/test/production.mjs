// The production install, as the images make it: docker/assemble.sh into an empty folder, then docker/start.sh as an
// ordinary user who cannot see the clone. Finds packages that ship only by luck, as development dependencies.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, run } from '../launch/command.mjs';
import { withClient } from '../launch/database.mjs';
import { ROOT, isRoot, unprivileged } from '../launch/place.mjs';

const {
  KVARTAL_TEST_PG_ADMIN: admin = '',
  KVARTAL_TEST_TEMPLATE: template,
  KVARTAL_TEST_REDIS: redis,
} = process.env;
const name = `kvartal_production_${process.pid}`;
const url = new URL(admin);
url.pathname = `/${name}`;

const home = mkdtempSync('/var/tmp/kvartal-production-');
chmodSync(home, 0o755);
const app = join(home, 'app');
const files = join(home, 'files');
mkdirSync(files, { mode: 0o777 });
chmodSync(files, 0o777);

/** What an operator sets (docker/env.example). */
function settings() {
  const node = readdirSync(join(app, 'node_modules')).find((one) =>
    existsSync(join(app, 'node_modules', one, 'bin/node')),
  );
  return {
    PATH: `${join(app, 'node_modules', node ?? '', 'bin')}:/usr/local/bin:/usr/bin:/bin`,
    HOME: files,
    DATABASE_URL: url.toString(),
    REDIS_URL: redis,
    REDIS_PREFIX: name,
    FILES_DIR: files,
    LOG_LEVEL: 'warn',
    PUBLIC_URL: 'https://lk.example.org',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'no-reply@example.org',
    SMS_URL: 'http://127.0.0.1:9',
    BANK_URL: 'http://127.0.0.1:9',
    BANK_USER: 'user',
    BANK_PASSWORD: 'password',
    BANK_CALLBACK_KEY: 'key',
  };
}

let passed = 0;
let failed = 0;
try {
  await run('sh', [join(ROOT, 'docker/assemble.sh'), app], { env: { ...process.env, KEEP_NODE: '1' } });
  passed++;
  await withClient(admin, (client) => client.query(`create database ${name} template ${template}`));
  const as = isRoot() ? unprivileged() : {};
  for (const args of [
    ['db', '--check'],
    ['db', 'migrate'],
    ['api', '--check'],
    ['worker', '--check'],
  ]) {
    const { code, output } = await attempt(join(app, 'start.sh'), args, { cwd: '/', env: settings(), ...as });
    if (code === 0) passed++;
    else failed++;
    console.log(code === 0 ? `✓ ${args.join(' ')}` : `✗ ${args.join(' ')} (${code})\n${output.trimEnd()}`);
  }
} catch (error) {
  failed++;
  console.log(error instanceof Error ? error.message : error);
}
await withClient(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
rmSync(home, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
