// SIGTERM while work is in hand: it is finished, then the process ends; no new work is taken meanwhile.
import assert from 'node:assert/strict';
import pg from 'pg';
import { ask, signedIn, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Stand} Stand */

/**
 * Holds a lock in PostgreSQL while `work` runs, so that whoever needs it stands still.
 * @template T
 * @param {Stand} stand
 * @param {{ sql: string, values: unknown[] }} lock
 * @param {(held: { letGo: () => Promise<void>, waiting: () => Promise<boolean> }) => Promise<T>} work
 */
async function holding(stand, { sql, values }, work) {
  const client = new pg.Client({ connectionString: stand.databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(sql, values);
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const [{ pid }] = rows;
    return await work({
      letGo: async () => void (await client.query('rollback')),
      waiting: async () => {
        const stuck = await stand.query(
          'select from pg_stat_activity where $1 = any(pg_blocking_pids(pid))',
          [pid],
        );
        return stuck.length > 0;
      },
    });
  } finally {
    await client.end();
  }
}

/** @param {string} url */
const isClosed = (url) =>
  fetch(url).then(
    () => false,
    () => true,
  );

/** @param {Stand} stand */
export function shutdownChecks(stand) {
  return {
    'the api answers the request in hand, takes no other, and ends': async () => {
      const api = stand.child('api');
      assert.ok(api);
      const staff = await signedIn(stand, 'director', 'backoffice');
      const [organization] = await stand.query('select id from organization order by id limit 1');
      const lock = { sql: 'lock table api_key in access exclusive mode', values: [] };
      const answer = await holding(stand, lock, async ({ letGo, waiting }) => {
        const asked = ask(
          stand,
          'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename } }',
          { input: { organizationId: organization.id, name: 'in hand', scopes: ['ACCOUNTS_READ'] } },
          staff,
        );
        await until('a request in hand', waiting);
        process.kill(api.pid, 'SIGTERM');
        await until('a closed door', () => isClosed(`${stand.urls.api}/health/live`));
        assert.ok(api.alive());
        await letGo();
        return asked;
      });
      assert.equal(answer.data?.createApiKey.__typename, 'CreatedApiKey');
      assert.equal(await api.ended, 'was ended by SIGTERM');
      await stand.start('api');
    },
    'the worker finishes the job in hand, takes no other, and ends; the next worker does the rest':
      async () => {
        const worker = stand.child('worker');
        assert.ok(worker);
        const [closing] = await stand.query(
          `select organization_id as organization, id from closing where state in ('READY', 'FAILED') limit 1`,
        );
        assert.ok(closing, 'a closing stands ready since the look at the logs');
        const staff = await signedIn(stand, 'accountant', 'backoffice');
        const done = () =>
          stand.lines('worker').filter(({ job, msg }) => job === 'issue-bills' && msg === 'job done');
        assert.equal(done().length, 0);
        const [{ digest }] = await stand.query(
          'select digest from closing where organization_id = $1 and id = $2',
          [closing.organization, closing.id],
        );
        await holding(
          stand,
          { sql: 'lock table bill in exclusive mode', values: [] },
          async ({ letGo, waiting }) => {
            const committed = await ask(
              stand,
              `mutation ($organization: ID!, $id: ID!, $digest: String!) {
            commitClosing(organizationId: $organization, id: $id, digest: $digest) {
              __typename ... on Refused { refusals { code } } } }`,
              { ...closing, digest },
              staff,
            );
            assert.equal(committed.data?.commitClosing.__typename, 'Closing', JSON.stringify(committed));
            await until('a job in hand', waiting);
            process.kill(worker.pid, 'SIGTERM');
            await until(
              'a word of the end',
              async () => (await fetch(`${stand.urls.worker}/health/ready`)).status === 503,
            );
            assert.equal(done().length, 0);
            await letGo();
          },
        );
        assert.equal(await worker.ended, 'was ended by SIGTERM');
        assert.ok(done().length >= 1, 'the job in hand was done');
        assert.deepEqual(
          stand.lines('worker').filter(({ job, msg }) => job === 'issue-bills' && msg !== 'job done'),
          [],
        );
        const [left] = await stand.query(
          'select count(*)::int as n from closing_house where organization_id = $1 and closing_id = $2 and issued_at is null',
          [closing.organization, closing.id],
        );
        assert.equal(left.n, 0);
        await stand.start('worker');
      },
  };
}
