// What a closing has come to, seen in the database: the same however often its processes were killed.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_S = 150;

/**
 * @typedef {object} Computed
 * @property {string} digest
 * @property {number} houses
 * @property {number} lines
 * @property {string} charged
 * @property {string} closing
 * @property {string} print a sum over everything that stands in every line
 */

/**
 * Asks until there is an answer, through servers that are down meanwhile.
 * @template T
 * @param {string} what
 * @param {() => Promise<T | undefined>} look
 * @param {number} [every] milliseconds
 * @returns {Promise<T>}
 */
export async function until(what, look, every = 50) {
  /** @type {unknown} */
  let failure;
  for (let left = (PATIENCE_S * 1000) / every; left > 0; left--) {
    const seen = await look().catch((error) => void (failure = error));
    if (seen !== undefined) return seen;
    await pause(every);
  }
  throw new Error(`${PATIENCE_S} s have passed and still not: ${what}`, { cause: failure });
}

/**
 * Waits until some houses are computed and some are not.
 * @param {import('./scene.mjs').Scene} scene
 * @param {string} id
 * @returns {Promise<{ done: number, houses: number }>}
 */
export const untilHalfDone = (scene, id) =>
  until(
    `some houses of closing ${id} are done`,
    async () => {
      const [seen] = await scene.ask(
        `select count(*) filter (where state <> 'WAITING')::int as done, count(*)::int as houses from closing_house
         where closing_id = $1`,
        [id],
      );
      if (seen.done === seen.houses)
        throw new Error(
          `All ${seen.houses} houses were computed before anything was killed: the town is too small`,
        );
      return seen.done > 0 ? seen : undefined;
    },
    4,
  );

/**
 * Waits until it is READY, and sees to it that each house is there once.
 * @param {import('./scene.mjs').Scene} scene
 * @param {string} id
 * @returns {Promise<Computed>}
 */
export async function untilComputed(scene, id) {
  const { state, failure } = await until(`closing ${id} is computed`, async () => {
    const [seen] = await scene.ask('select state, failure from closing where id = $1', [id]);
    return seen.state === 'COMPUTING' ? undefined : seen;
  });
  assert.equal(state, 'READY', `closing ${id}: ${failure}`);
  return look(scene, id);
}

/**
 * @param {import('./scene.mjs').Scene} scene
 * @param {string} id
 * @returns {Promise<Computed>}
 */
export async function look(scene, id) {
  const [marks] = await scene.ask(
    `select c.digest, count(*)::int as houses, count(*) filter (where h.state = 'DONE')::int as done,
       sum(h.lines)::int as lines, sum(h.charged) as charged, sum(h.closing) as closing
     from closing c join closing_house h on h.organization_id = c.organization_id and h.closing_id = c.id
     where c.id = $1 group by c.organization_id, c.id`,
    [id],
  );
  const [lines] = await scene.ask(
    `select count(*)::int as lines, count(distinct (account_id, service_id, supplier_id))::int as keys,
       sum(charged) as charged, sum(closing) as closing,
       to_hex(mod(sum(hashtextextended((to_jsonb(l) - 'closing_id')::text, 0)::numeric), 4611686018427387904)::bigint) as print
     from statement_line_${Number(id)} l`,
  );
  const { done, digest, ...totals } = marks;
  const { keys, print, ...sums } = lines;
  assert.equal(done, totals.houses, 'a house is not done');
  assert.equal(keys, sums.lines, 'a line is there twice');
  assert.deepEqual(sums, { lines: totals.lines, charged: totals.charged, closing: totals.closing });
  return { digest, print, ...totals };
}

/**
 * Waits until every house of a committed closing has its bills, and sees to it that each account has one.
 * @param {import('./scene.mjs').Scene} scene
 * @param {string} id
 */
export async function untilIssued(scene, id) {
  await until(`the bills of closing ${id} are issued`, async () => {
    const [{ left }] = await scene.ask(
      'select count(*)::int as left from closing_house where closing_id = $1 and issued_at is null',
      [id],
    );
    return left === 0 ? true : undefined;
  });
  const wrong = await scene.ask(
    `select l.account_id, count(distinct b.id) as bills
     from (select distinct organization_id, account_id from statement_line where closing_id = $1) l
     left join bill b on b.organization_id = l.organization_id and b.account_id = l.account_id and b.closing_id = $1
     group by 1 having count(distinct b.id) <> 1 limit 3`,
    [id],
  );
  assert.deepEqual(wrong, [], 'an account has no bill or two');
}

/** Laws of the books, each as SQL that must find nothing. @type {Record<string, string>} */
const LAWS = {
  'an opening is the closing of the month before': `
    with line as (select p.month, l.* from statement_line l
      join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id)
    select * from line l join period before on before.organization_id = l.organization_id
        and before.month = l.month - interval '1 month' and before.state = 'CLOSED'
      left join line b on b.organization_id = l.organization_id and b.account_id = l.account_id
        and b.service_id = l.service_id and b.supplier_id = l.supplier_id and b.month = before.month
    where l.opening <> coalesce(b.closing, 0)`,
  'what was paid in a closed month is its movements': `
    select * from (select closing_id, sum(paid) as paid from statement_line group by 1) l
    join period p using (closing_id)
    where l.paid <> coalesce((select -sum(m.amount) from movement m
      where m.organization_id = p.organization_id and m.period_id = p.id and m.kind = 'PAYMENT'), 0)`,
  'a closed month is told once': `
    select payload from outbox where fact = 'PeriodClosed' group by payload having count(*) > 1`,
};

/** @param {import('./scene.mjs').Scene} scene */
export async function booksBalance(scene) {
  for (const [law, broken] of Object.entries(LAWS))
    assert.deepEqual(await scene.ask(`${broken} limit 3`), [], `not every time ${law}`);
}
