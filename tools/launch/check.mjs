// Proves the launcher on the built product: killed hard, started again, a process of it killed, stopped: nothing is left.
// node tools/launch/check.mjs
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readRecord, startChild, untilReady } from './child.mjs';
import { claim } from './claim.mjs';
import { ROOT } from './place.mjs';
import { removePostgresData } from './postgres.mjs';
import { birthOf } from './running.mjs';

const DATA = join(ROOT, '.data/launcher-check');
const UP = join(DATA, 'up.json');
const SECOND_START_S = 30;

let launches = 0;

function launch() {
  launches++;
  const script = join(ROOT, 'tools/launch/up.mjs');
  const args = [script, '--data', DATA, '--free-ports', '--no-build'];
  return startChild({
    name: 'launcher',
    command: process.execPath,
    args,
    log: join(ROOT, `.data/launcher-check.${launches}.log`),
  });
}

/** @param {number} [seconds] @returns {Promise<{ launcher: import('./child.mjs').Child, ports: number[] }>} */
async function upAgain(seconds = 600) {
  const launcher = launch();
  running = launcher;
  await untilReady(launcher, async () => /^ready$/m.test(launcher.tail(3)), seconds);
  const up = JSON.parse(readFileSync(UP, 'utf8'));
  const places = [
    up.api,
    up.worker,
    up.mail.http,
    up.mail.smtp,
    up.sms.http,
    up.bank.http,
    up.postgres,
    up.redis,
  ];
  return { launcher, ports: places.map((url) => Number(new URL(url).port)) };
}

/** @param {number} port @returns {Promise<boolean>} */
const listens = (port) =>
  new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });

/** @param {number[]} ports */
async function assertNothingLeft(ports) {
  assert.equal(existsSync(UP), false, 'up.json is left');
  for (const port of ports) assert.equal(await listens(port), false, `somebody still listens on ${port}`);
}

/** What stands here must hold, one after another. @type {Record<string, () => Promise<void>>} */
const checks = {
  'comes up from nothing': async () => {
    state = await upAgain();
    for (const port of state.ports) assert.ok(await listens(port));
  },
  'comes up again after it was killed hard, in time, and keeps the data': async () => {
    const { signIns } = JSON.parse(readFileSync(UP, 'utf8'));
    process.kill(state.launcher.pid, 'SIGKILL');
    const before = state.ports;
    state = await upAgain(SECOND_START_S);
    for (const port of before)
      assert.equal(await listens(port), false, `the killed run still listens on ${port}`);
    assert.deepEqual(JSON.parse(readFileSync(UP, 'utf8')).signIns, signIns);
  },
  'refuses a second launcher on the same data': async () => {
    const second = launch();
    assert.match(await second.ended, /code 1/);
    assert.match(second.tail(), /runs already/);
    assert.ok(existsSync(UP));
  },
  'stops all when a process of it dies, and says which': async () => {
    process.kill(readRecord(join(DATA, 'run/worker.json'))?.pid ?? 0, 'SIGKILL');
    assert.match(await state.launcher.ended, /code 1/);
    assert.match(state.launcher.tail(99), /worker was ended by SIGKILL/);
    await assertNothingLeft(state.ports);
  },
  'stops all when it is asked to': async () => {
    state = await upAgain(SECOND_START_S);
    process.kill(state.launcher.pid, 'SIGINT');
    assert.match(await state.launcher.ended, /code 0/);
    await assertNothingLeft(state.ports);
  },
  'stops all when it is asked to half-way': async () => {
    const launcher = launch();
    await untilReady(launcher, async () => /✓/.test(launcher.tail(99)), SECOND_START_S);
    process.kill(launcher.pid, 'SIGTERM');
    assert.match(await launcher.ended, /code (130|0)/);
    assert.equal(birthOf(launcher.pid), undefined);
    await assertNothingLeft(state.ports);
  },
};

async function startAfresh() {
  (await claim(DATA)).release();
  removePostgresData(join(DATA, 'pg'));
  rmSync(DATA, { recursive: true, force: true });
}

/** @type {Awaited<ReturnType<typeof upAgain>>} */
let state;
/** @type {import('./child.mjs').Child | undefined} */
let running;
let passed = 0;
const total = Object.keys(checks).length;
await startAfresh();
try {
  for (const [name, check] of Object.entries(checks)) {
    await check();
    passed++;
    console.log(`✓ ${name}`);
  }
} catch (error) {
  console.log(`✗ ${Object.keys(checks)[passed]}\n${error instanceof Error ? error.stack : error}`);
}
await running?.stop({ seconds: 60 });
await startAfresh();
console.log(`${passed} passed, ${total - passed} failed`);
process.exit(passed === total ? 0 : 1);
