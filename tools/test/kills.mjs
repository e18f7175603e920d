// The product's processes are killed hard while a month is closed, and brought up again: nothing is lost or doubled.
// node tools/test/kills.mjs                          one kill of each kind, in mid-run
// node tools/test/kills.mjs --kills 100 [--seed 7]   so many, of random kinds at random moments
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endCommands } from '../launch/command.mjs';
import { ROOT } from '../launch/place.mjs';
import { booksBalance, look, untilComputed, untilHalfDone, untilIssued } from './kills/closings.mjs';
import { randomKills } from './kills/random.mjs';
import { VICTIMS, clear, setScene } from './kills/scene.mjs';
import { Refused, comeIn } from './kills/staff.mjs';
import { growTown } from './kills/town.mjs';

/** Three batches of houses, so that two are at work and one is waiting when the first is done. */
const ACCOUNTS = 4500;
const FOLDER = join(ROOT, '.data/kills');
const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });

/**
 * @typedef {object} Stage everything that a check needs
 * @property {import('./kills/scene.mjs').Scene} scene
 * @property {import('./kills/town.mjs').Town} town
 * @property {import('./kills/staff.mjs').Staff} staff
 */

/** @param {Stage} stage @param {import('./kills/closings.mjs').Computed} undisturbed */
const checksOf = ({ scene, town, staff }, undisturbed) => ({
  ...Object.fromEntries(
    VICTIMS.map((victim) => [
      `${victim} killed in mid-closing: each house once, every line as in an undisturbed run`,
      async () => {
        const id = await staff.start(town.month);
        const { done, houses } = await untilHalfDone(scene, id);
        scene.kill(victim);
        await scene.revive(victim);
        assert.deepEqual(await untilComputed(scene, id), undisturbed);
        await staff.discard(id);
        return `${done} of ${houses} houses were done`;
      },
    ]),
  ),
  'worker killed while bills are made: one bill an account; a second commit is refused': async () => {
    const id = await staff.start(town.month);
    const { digest } = await untilComputed(scene, id);
    await staff.commit(id, digest);
    scene.kill('worker');
    await assert.rejects(staff.commit(id, digest), new Refused('CLOSING_ENDED'));
    await assert.rejects(staff.start(town.month), new Refused('PERIOD_NOT_OPEN'));
    await scene.revive('worker');
    await untilIssued(scene, id);
    assert.deepEqual({ ...(await look(scene, id)) }, undisturbed);
  },
  'the books balance': () => booksBalance(scene),
});

async function play() {
  const scene = await setScene(FOLDER);
  stop = scene.stop;
  const town = await growTown(scene.url, ACCOUNTS);
  const staff = await comeIn(scene, town.organizationId);
  const stage = { scene, town, staff };
  console.log(`${town.houses} houses, ${town.accounts} accounts, ${town.month} is open`);
  if (values.kills)
    return randomKills(stage, { kills: Number(values.kills), seed: Number(values.seed ?? Date.now()) });
  const id = await staff.start(town.month);
  const undisturbed = await untilComputed(scene, id);
  await staff.discard(id);
  return perform(checksOf(stage, undisturbed));
}

/** One after another; what fails ends it, because the next stand on it. @param {Record<string, () => Promise<string | void>>} checks */
async function perform(checks) {
  const counts = { passed: 0, failed: 0 };
  for (const [name, check] of Object.entries(checks)) {
    const since = performance.now();
    try {
      const said = await check();
      counts.passed++;
      console.log(`✓ ${name} (${Math.round(performance.now() - since)} ms${said ? `, ${said}` : ''})`);
    } catch (error) {
      console.log(`✗ ${name}\n${error instanceof Error ? error.stack : error}`);
      return { ...counts, failed: Object.keys(checks).length - counts.passed };
    }
  }
  return counts;
}

/** @type {() => Promise<unknown>} */
let stop = () => clear(FOLDER);
const asked = new Promise((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => done({ passed: 0, failed: 1 }));
});
let counts = { passed: 0, failed: 1 };
try {
  counts = await Promise.race([play(), asked]);
} catch (error) {
  console.error(error);
}
await endCommands();
await stop();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
