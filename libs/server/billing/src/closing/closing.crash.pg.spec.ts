import { setTimeout as pause } from 'node:timers/promises';
import { getQueueToken } from '@nestjs/bull';
import { month } from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule, BillingWorker } from '../billing.module';
import { type UnderTest, moreHouses, underTest } from '../testing';
import type { Queue } from 'bull';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { BILLING_QUEUE, BillingQueue, COMPUTE_HOUSES, ISSUE_BILLS } from './closing.queue';
import { Closings } from './closings.service';

const OCTOBER = month('2026-10');
const HOUSES = 5;
const ONE_HOUSE = 1;

let at: UnderTest;
let town: Town;

async function compose(...modules: Parameters<typeof underTest>): Promise<void> {
  at = await underTest(...modules);
  town = await aTown(at.owner);
  await moreHouses(at.owner, town.first, HOUSES - 1);
}
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

const closings = () => at.module.get(Closings);
const computing = () => at.module.get(ClosingComputing);
const queries = () => at.module.get(ClosingQueries);
const start = () => closings().start('system', town.first.organizationId, OCTOBER);

/** Waits for something to become true. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(20);
  }
}

/** Runs a batch that is killed by its connection while it writes, in the middle of its transaction. */
async function killedBatch(key: ClosingKey): Promise<void> {
  const guard = at.owner.createQueryRunner();
  await guard.startTransaction();
  await guard.query(`lock table statement_line_${key.closingId} in access exclusive mode`);
  const batch = computing().computeBatch(key, ONE_HOUSE);
  const failed = expect(batch).rejects.toThrow();
  const blocked = await until(() =>
    row<{ pid: number }>(
      at.owner,
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and pid <> pg_backend_pid()`,
    ),
  );
  await rows(at.owner, 'select pg_terminate_backend($1)', [blocked.pid]);
  await failed;
  await guard.rollbackTransaction();
  await guard.release();
}

it('has every house once and the same sums after a worker was killed between houses', async () => {
  await compose(BillingModule);
  const first = await start();
  await computing().computeAll(first);
  const undisturbed = await queries().get(first);
  await closings().discard('system', first);

  const key = await start();
  await computing().computeBatch(key, ONE_HOUSE);
  await killedBatch(key);
  expect(await queries().get(key)).toMatchObject({ state: 'COMPUTING', done: 1, failed: 0 });
  await computing().computeBatch(key, ONE_HOUSE);
  await killedBatch(key);
  await Promise.all([computing().computeAll(key), computing().computeAll(key)]);

  const { digest, charged, lines, closing } = undisturbed;
  expect(await queries().get(key)).toMatchObject({
    state: 'READY',
    done: HOUSES,
    digest,
    charged,
    lines,
    closing,
  });
  const twice = await rows(
    at.owner,
    `select from statement_line_${key.closingId} group by account_id, service_id, supplier_id having count(*) > 1`,
  );
  expect(twice).toEqual([]);
  expect(await computing().computeBatch(key)).toBe('ENDED');
  await closings().commit('system', key, digest ?? '');
  expect(await computing().computeBatch(key)).toBe('WAITING');
});

it('computes a month that somebody watches before it makes the bills of others', async () => {
  await compose(BillingModule);
  const queue: Queue = at.module.get(getQueueToken(BILLING_QUEUE));
  const key = { organizationId: town.first.organizationId, closingId: '1' };
  const jobs = at.module.get(BillingQueue);
  await jobs.add(ISSUE_BILLS, key, 2);
  await jobs.add(COMPUTE_HOUSES, key);
  expect((await queue.getNextJob())?.name).toBe(COMPUTE_HOUSES);
  await queue.obliterate({ force: true });
});

it('shares the houses out between workers that compute at the same time', async () => {
  await compose(BillingModule);
  const key = await start();
  const worker = async () => {
    while ((await computing().computeBatch(key, ONE_HOUSE)) === 'MORE');
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(await queries().get(key)).toMatchObject({ state: 'READY', done: HOUSES, accounts: 3 * HOUSES });
});

it('goes by itself from the start to the bills, once the digest is committed', async () => {
  await compose(BillingModule, BillingWorker);
  const key = await start();
  const ready = await until(async () => {
    const closing = await queries().get(key);
    return closing.state === 'READY' ? closing : undefined;
  });
  await closings().commit('system', key, ready.digest ?? '');
  const { bills } = await until(() =>
    row<{ bills: number }>(
      at.owner,
      'select count(*)::int as bills from bill where organization_id = $1 having count(*) = $2',
      [town.first.organizationId, 3 * HOUSES],
    ),
  );
  expect(bills).toBe(3 * HOUSES);
});

it('takes up a closing whose jobs were lost, when a worker starts', async () => {
  await compose(BillingModule);
  const key = await start();
  await computing().computeBatch(key, ONE_HOUSE);
  // what Redis lost with its memory
  const queue: Queue = at.module.get(getQueueToken(BILLING_QUEUE));
  await queue.empty();
  const worker = await at.alongside(BillingModule, BillingWorker);
  const closing = await until(async () => {
    const found = await queries().get(key);
    return found.state === 'READY' ? found : undefined;
  });
  expect(closing).toMatchObject({ done: HOUSES, accounts: 3 * HOUSES });
  await worker.close();
});
