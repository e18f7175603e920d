// npm test: everything, from a bare clone; the last line is `N passed, N failed`.
// node tools/test/run.mjs [--only STAGE[,STAGE]] [--long] [--list]
import { parseArgs } from 'node:util';
import { attempt, endCommands } from '../launch/command.mjs';
import { ROOT } from '../launch/place.mjs';
import { countsOf, total } from './counts.mjs';
import { startTestServices } from './services.mjs';
import { stages } from './stages.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    long: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const only = values.only?.split(',');
const all = stages({ long: values.long });
const unknown = only?.filter((name) => !all.some((stage) => stage.name === name)) ?? [];
if (values.list || unknown.length) {
  console.log(`Stages: ${all.map(({ name }) => name).join(', ')}`);
  process.exit(unknown.length ? 2 : 0);
}

/** @type {import('./services.mjs').TestServices | undefined} */
let services;
/** @type {{ name: string, passed: number, failed: number }[]} */
const results = [];
let stopping = false;

/** @param {import('./stages.mjs').Stage} stage @returns {Promise<{ ok: boolean, output: string }>} */
async function perform(stage) {
  const broken = stage.needs?.filter((name) => results.some((one) => one.name === name && one.failed)) ?? [];
  if (broken.length) return { ok: false, output: `not run, because it needs ${broken.join(', ')}` };
  try {
    if (stage.services) services ??= await startTestServices();
  } catch (error) {
    return {
      ok: false,
      output: `PostgreSQL and Redis did not start: ${error instanceof Error ? error.message : error}`,
    };
  }
  const env = {
    ...process.env,
    FORCE_COLOR: '0',
    NO_COLOR: '1',
    ...stage.env,
    ...(stage.services ? services?.env : {}),
  };
  const { code, output } = await attempt(stage.command, stage.args, { cwd: ROOT, env });
  return { ok: code === 0, output };
}

/** @param {import('./stages.mjs').Stage} stage */
async function timed(stage) {
  const since = performance.now();
  console.log(`… ${stage.name}`);
  const outcome = await perform(stage);
  return { ...outcome, seconds: ((performance.now() - since) / 1000).toFixed(1) };
}

/** @param {import('./stages.mjs').Stage} stage @param {Awaited<ReturnType<typeof timed>>} outcome */
function tell({ name }, { ok, output, seconds }) {
  if (stopping) return;
  const counts = countsOf(output, ok);
  results.push({ name, ...counts });
  if (!ok) console.log(output.trimEnd());
  console.log(`${ok ? '✓' : '✗'} ${name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds} s`);
}

/** How many light stages run at once: each waits for something a third of its time, so three keep two cores busy. */
const LIGHT_AT_ONCE = 3;

/** Stages one after another; neighbours that are light some at a time, the next as soon as one has ended. */
async function run() {
  const waiting = all.filter(({ name }) => !only || only.includes(name));
  while (waiting.length && !stopping) {
    const end = waiting.findIndex(({ light }) => !light);
    const together = waiting.splice(0, end === 0 ? 1 : end < 0 ? waiting.length : end);
    const work = async () => {
      for (let stage = together.shift(); stage && !stopping; stage = together.shift())
        tell(stage, await timed(stage));
    };
    await Promise.all(Array.from({ length: LIGHT_AT_ONCE }, work));
  }
}

const asked = new Promise((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => done(signal));
});
await Promise.race([run(), asked.then(() => (stopping = true))]);
if (stopping) console.log('Stopping…');
await endCommands();
await services?.stop();
const { passed, failed } = total(results);
// a run that was stopped has not passed
console.log(`${passed} passed, ${failed + (stopping ? 1 : 0)} failed`);
process.exit(stopping ? 130 : failed ? 1 : 0);
