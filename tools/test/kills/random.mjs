// Many kills of random kinds at random moments of closings, commits and the making of bills. The seed decides whom and
// when; what a process is doing at that moment is its own affair.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { booksBalance, look, until, untilComputed, untilIssued } from './closings.mjs';
import { VICTIMS } from './scene.mjs';
import { Refused } from './staff.mjs';

const COMMIT_EVERY = 5;
const MOST_KILLS_A_CLOSING = 3;
const MOST_DOWN_MS = 1500;
/** A commit takes no longer; a kill falls before, in or after it. */
const COMMIT_MS = 400;

/** @typedef {import('../kills.mjs').Stage} Stage */

/** Numbers from 0 up to 1 that a seed decides (mulberry32). @param {number} seed */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {Stage} stage
 * @param {{ kills: number, seed: number }} asked
 * @returns {Promise<{ passed: number, failed: number }>} kills that the product got over
 */
export async function randomKills(stage, { kills, seed }) {
  console.log(`${kills} kills, seed ${seed}`);
  const round = new Rounds(stage, random(seed));
  for (let closings = 1; round.kills < kills; closings++) {
    try {
      await round.close(closings % COMMIT_EVERY === 0);
    } catch (error) {
      console.log(
        `✗ after kill ${round.kills}, seed ${seed}\n${error instanceof Error ? error.stack : error}`,
      );
      return { passed: round.kills - 1, failed: 1 };
    }
  }
  const told = VICTIMS.map((victim) => `${victim} ${round.killed[victim]}`).join(', ');
  console.log(
    `✓ ${round.kills} kills (${told}) over ${round.closings} closings, ${round.commits} of them committed`,
  );
  return { passed: round.kills, failed: 0 };
}

/** Closings one after another: each is thrown away but every fifth, which is committed; then the next month is closed. */
class Rounds {
  kills = 0;
  closings = 0;
  commits = 0;
  killed = { worker: 0, postgres: 0, redis: 0 };
  /** @type {{ month: string, computed: import('./closings.mjs').Computed, took: number } | undefined} */
  #undisturbed;

  /** @param {Stage} stage @param {() => number} dice */
  constructor(stage, dice) {
    this.stage = stage;
    this.dice = dice;
    this.month = stage.town.month;
  }

  /** @param {boolean} commits */
  async close(commits) {
    const { scene, staff } = this.stage;
    const { computed, took } = await this.#reference();
    const id = await staff.start(this.month);
    const disturbances = 1 + Math.floor(this.dice() * MOST_KILLS_A_CLOSING);
    for (let at = 0; at < disturbances; at++) await this.#kill((took * 0.9) / disturbances, id);
    assert.deepEqual(await untilComputed(scene, id), computed);
    this.closings++;
    if (!commits) return void (await this.#settled(() => staff.discard(id)));
    await Promise.all([this.#settled(() => staff.commit(id, computed.digest)), this.#kill(COMMIT_MS, id)]);
    await this.#kill(took, id);
    await untilIssued(scene, id);
    assert.deepEqual(await look(scene, id), computed);
    await booksBalance(scene);
    this.commits++;
    this.month = nextMonth(this.month);
  }

  /** What the month comes to when nothing is killed. */
  async #reference() {
    if (this.#undisturbed?.month === this.month) return this.#undisturbed;
    const { scene, staff } = this.stage;
    const since = performance.now();
    const id = await staff.start(this.month);
    const computed = await untilComputed(scene, id);
    const took = performance.now() - since;
    await staff.discard(id);
    return (this.#undisturbed = { month: this.month, computed, took });
  }

  /** @param {number} within milliseconds @param {string} id */
  async #kill(within, id) {
    const { scene } = this.stage;
    const victim = VICTIMS[Math.floor(this.dice() * VICTIMS.length)] ?? 'worker';
    const after = this.dice() * within;
    const down = this.dice() * MOST_DOWN_MS;
    await pause(after);
    const [seen] = await scene.ask(
      `select c.state, count(*) filter (where h.state = 'DONE')::int as done, count(h.issued_at)::int as issued, count(*)::int as houses
       from closing c join closing_house h on h.organization_id = c.organization_id and h.closing_id = c.id
       where c.id = $1 group by c.state`,
      [id],
    );
    scene.kill(victim);
    this.kills++;
    this.killed[victim]++;
    const { state, done, issued, houses } = seen;
    console.log(
      `${this.kills}. ${victim}, closing ${id} ${state}: ${done} computed, ${issued} with bills, of ${houses} houses`,
    );
    await pause(down);
    await scene.revive(victim);
  }

  /** Does it again until it is done, or was done by the time before. @param {() => Promise<void>} act */
  #settled(act) {
    return until('the accountant is answered', () =>
      act().then(
        () => true,
        (error) => {
          if (error instanceof Refused && error.message === 'CLOSING_ENDED') return true;
          throw error;
        },
      ),
    );
  }
}

/** @param {string} month YYYY-MM */
function nextMonth(month) {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of, 1)).toISOString().slice(0, 7);
}
