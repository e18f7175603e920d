import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { type Headers, type TestApi, aResident, ask, startApi } from './testing/api';

const MOST = 3;
const QUESTION = 'query { me { accounts { number } } }';

/** More requests than the api works on at once: they are turned away at the door, whole, and those inside are answered. */
describe('where too much is asked for at once', () => {
  let api: TestApi;
  let resident: Headers;

  beforeAll(async () => {
    api = await startApi({ MAX_REQUESTS: String(MOST) });
    resident = await aResident(api, 'ivanov');
  }, 120_000);
  afterAll(() => api.close());

  const post = (signal?: AbortSignal) =>
    fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...resident },
      body: JSON.stringify({ query: QUESTION }),
      ...(signal ? { signal } : {}),
    });
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
  };
  const untilInside = async (count: number): Promise<void> => {
    while ((await metric('kvartal_requests_in_flight')) !== count) await pause(10);
  };

  /** Fills every place with requests that wait for the database, for as long as `work` takes; one of them may leave. */
  async function whileFull(work: (leave: () => void) => Promise<void>): Promise<number[]> {
    const leaving = new AbortController();
    const guard = api.database.owner.createQueryRunner();
    await guard.startTransaction();
    await guard.query('lock table account in access exclusive mode');
    const inside = Promise.allSettled([
      post(leaving.signal),
      ...Array.from({ length: MOST - 1 }, () => post()),
    ]);
    try {
      await untilInside(MOST);
      await work(() => leaving.abort());
    } finally {
      await guard.rollbackTransaction();
      await guard.release();
    }
    return (await inside).flatMap((one) => (one.status === 'fulfilled' ? [one.value.status] : []));
  }

  it('turns away with 503, when to come again, and an error that GraphQL clients read', async () => {
    const before = await metric('kvartal_requests_shed_total');
    const inside = await whileFull(async () => {
      const answers = await Promise.all([post(), post()]);
      for (const answer of answers) {
        expect(answer.status).toBe(503);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(await answer.json()).toEqual({
          errors: [{ message: 'OVERLOADED', extensions: { code: 'OVERLOADED' } }],
        });
      }
    });
    expect(inside).toEqual(Array.from({ length: MOST }, () => 200));
    expect(await metric('kvartal_requests_shed_total')).toBe(before + 2);
  });

  it('still says how it is', async () => {
    await whileFull(async () => {
      expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    });
  });

  it('has its places back: of whoever leaves at once, of all others when they are answered', async () => {
    await whileFull(async (leave) => {
      leave();
      await untilInside(MOST - 1);
    });
    await untilInside(0);
    expect(await ask(api, resident, QUESTION)).toMatchObject({ status: 200, data: { me: {} } });
  });
});
