// Browser journeys over the running product: node tools/test/journeys.mjs [part of a path] [any flag of Playwright]
// The launcher brings the product up on data and ports of their own, freshly seeded.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, untilReady } from '../launch/child.mjs';
import { claim } from '../launch/claim.mjs';
import { attempt, endCommands } from '../launch/command.mjs';
import { withClient } from '../launch/database.mjs';
import { ROOT } from '../launch/place.mjs';
import { findHeadless, findPoppler, removePostgresData } from '../launch/services.mjs';

const DATA = join(ROOT, '.data/e2e');
const UP = join(DATA, 'up.json');
const RESULTS = join(ROOT, 'test-results/journeys.json');

/** Removes what the last run left, after ending what it left running. */
async function startAfresh() {
  const held = await claim(DATA);
  held.release();
  removePostgresData(join(DATA, 'pg'));
  rmSync(DATA, { recursive: true, force: true });
  rmSync(RESULTS, { force: true });
  mkdirSync(DATA, { recursive: true });
}

/** A server that was given gets a database of this run's own. @returns {Promise<{ env: Record<string, string>, drop: () => Promise<unknown> }>} */
async function ownDatabase() {
  const given = process.env.DATABASE_URL;
  if (!given) return { env: {}, drop: async () => undefined };
  const name = `kvartal_e2e_${process.pid}`;
  const url = new URL(given);
  url.pathname = `/${name}`;
  await withClient(given, (client) => client.query(`create database ${name}`));
  const drop = () =>
    withClient(given, (client) => client.query(`drop database if exists ${name} with (force)`));
  return { env: { DATABASE_URL: url.toString(), REDIS_PREFIX: name }, drop };
}

/** @param {Record<string, string>} env */
function launch(env) {
  const script = join(ROOT, 'tools/launch/up.mjs');
  return startChild({
    name: 'launcher',
    command: process.execPath,
    args: [script, '--data', DATA, '--free-ports', '--no-build'],
    env: { ...process.env, ...env, CI: '1' },
    log: join(ROOT, 'test-results/launcher.log'),
  });
}

/** @param {string} chromium @param {string} pdftotext */
async function play(chromium, pdftotext) {
  const { api } = JSON.parse(readFileSync(UP, 'utf8'));
  return attempt(
    'playwright',
    ['test', '--config', 'apps/e2e/playwright.config.ts', ...process.argv.slice(2)],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        CHROMIUM: chromium,
        PDFTOTEXT: pdftotext,
        BASE_URL: api,
        KVARTAL_UP: UP,
        PLAYWRIGHT_JSON_OUTPUT_FILE: RESULTS,
      },
      onOutput: (text) => process.stdout.write(text),
    },
  );
}

/** @param {boolean} ok @returns {{ passed: number, failed: number }} */
function countsOfRun(ok) {
  const stats = existsSync(RESULTS)
    ? JSON.parse(readFileSync(RESULTS, 'utf8')).stats
    : { expected: 0, unexpected: 0, flaky: 0 };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky || (ok ? 0 : 1) };
}

async function run() {
  await startAfresh();
  const chromium = await findHeadless({ say: console.log });
  const { pdftotext } = await findPoppler({ say: console.log });
  const database = await ownDatabase();
  const launcher = launch(database.env);
  stop = async () => {
    await endCommands();
    await launcher.stop({ seconds: 120 });
    await database.drop();
  };
  await untilReady(launcher, async () => existsSync(UP), 600);
  console.log('the product is up');
  const { code } = await play(chromium, pdftotext);
  return countsOfRun(code === 0);
}

/** @type {() => Promise<unknown>} */
let stop = endCommands;
const asked = new Promise((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => done({ passed: 0, failed: 1 }));
});
let counts = { passed: 0, failed: 1 };
try {
  counts = await Promise.race([run(), asked]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
await stop();
// the launcher stops whatever it started, and takes its file away
const clean = !existsSync(UP);
if (!clean) console.error('The launcher left up.json behind');
console.log(`${counts.passed + (clean ? 1 : 0)} passed, ${counts.failed + (clean ? 0 : 1)} failed`);
process.exit(counts.failed || !clean ? 1 : 0);
