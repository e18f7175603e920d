// npm run up: the whole product on this machine, until Ctrl-C.
// node tools/launch/up.mjs [--data DIR] [--free-ports] [--no-build] [--host ADDRESS]
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { claim } from './claim.mjs';
import { endCommands } from './command.mjs';
import { ROOT, writeWhole } from './place.mjs';
import { tables } from './report.mjs';
import { RunningSet } from './running-set.mjs';
import { Screen } from './screen.mjs';
import { start } from './start.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(ROOT, '.data') },
    'free-ports': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    host: { type: 'string', default: '127.0.0.1' },
  },
});
const dataDir = resolve(values.data);
const upFile = join(dataDir, 'up.json');
const screen = new Screen();
const running = new RunningSet();

/** @type {Promise<string>} a signal that asks to stop; those that follow change nothing */
const asked = new Promise((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => done(signal));
});

// npm may die without a word to what it started; nobody would be left to stop this
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.emit('SIGHUP'), 1000).unref();
}

/** @type {Promise<{ why: string }>} a mistake of the launcher's own must not leave its children behind */
const broken = new Promise((done) =>
  process.once('uncaughtException', (error) => done({ why: error.stack ?? error.message })),
);

/** @type {Promise<unknown>} */
let up = Promise.resolve();

/** @returns {Promise<number>} the exit code */
async function live() {
  const rising = start(
    { dataDir, build: !values['no-build'], freePorts: values['free-ports'], host: values.host },
    screen,
    running,
  );
  up = rising.catch(() => undefined); // what the stop cut short is no news
  const early = asked.then((signal) => ({ signal }));
  const death = running.death.then((why) => ({ why }));
  const first = await Promise.race([rising.then((at) => ({ at })), early, death, broken]);
  if ('why' in first) throw new Error(first.why);
  if ('signal' in first) return 130;
  screen.say(tables(first.at));
  writeWhole(upFile, `${JSON.stringify(first.at, null, 2)}\n`);
  screen.say('ready');
  const last = await Promise.race([early, death, broken]);
  if ('why' in last) throw new Error(last.why);
  return 0;
}

/** @param {{ release: () => void }} held */
async function stop({ release }) {
  rmSync(upFile, { force: true });
  screen.say('Stopping…');
  await endCommands();
  await running.stop();
  await up; // a server that was just starting is stopped too
  await running.stop();
  release();
  screen.say('Stopped.');
}

try {
  const held = await claim(dataDir);
  if (held.ended.length)
    screen.say(`! An earlier run was killed hard: ended what it left (${held.ended.join(', ')})`);
  try {
    process.exitCode = await live();
  } catch (error) {
    process.exitCode = 1;
    screen.say(`\n${error instanceof Error ? error.message : error}\n`);
  } finally {
    await stop(held);
  }
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof Error ? error.message : error);
}
process.exit();
