// Whether the processes say how they are: to a balancer, and to Prometheus.
import assert from 'node:assert/strict';
import { until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Stand} Stand */

/** @param {string} url */
async function asked(url) {
  const answer = await fetch(url);
  return { status: answer.status, body: await answer.text() };
}

/** @param {Stand} stand */
export function healthChecks(stand) {
  const apps = /** @type {const} */ (['api', 'worker']);
  const away = (/** @type {'postgres' | 'redis'} */ what) => async () => {
    await stand[what].shut();
    for (const app of apps) {
      const url = stand.urls[app];
      const told = await until(`${app} without ${what}`, async () => {
        const ready = await asked(`${url}/health/ready`);
        return ready.status === 503 && ready;
      });
      assert.deepEqual(JSON.parse(told.body), { status: 'unavailable', ailing: [what] });
      assert.equal((await asked(`${url}/health/live`)).status, 200);
      assert.equal((await asked(`${url}/metrics`)).status, 200);
    }
    await stand[what].open();
    for (const app of apps)
      await until(
        `${app} with ${what} again`,
        async () => (await asked(`${stand.urls[app]}/health/ready`)).status === 200,
      );
  };
  return {
    'api and worker are alive and ready': async () => {
      for (const app of apps)
        for (const question of ['live', 'ready'])
          assert.deepEqual(await asked(`${stand.urls[app]}/health/${question}`), { status: 200, body: '{"status":"ok"}' }); // prettier-ignore
    },
    'api and worker count requests, jobs and themselves for Prometheus': async () => {
      const api = (await asked(`${stand.urls.api}/metrics`)).body;
      assert.match(api, /^kvartal_request_seconds_count\{path="graphql",status="200"\} [1-9]/m);
      assert.match(api, /^process_cpu_seconds_total/m);
      const worker = (await asked(`${stand.urls.worker}/metrics`)).body;
      assert.match(
        worker,
        /^kvartal_job_seconds_count\{queue="outbox",job="__default__",outcome="done"\} [1-9]/m,
      );
      assert.match(worker, /^process_cpu_seconds_total/m);
    },
    'both say that PostgreSQL is away, live on, and are ready again with it': away('postgres'),
    'both say that Redis is away, live on, and are ready again with it': away('redis'),
  };
}
