import 'reflect-metadata';
import { LIMITS } from '@kvartal/platform';
import { NOBODY, type TestApi, ask, codeOf, startApi } from './testing/api';

/** What a document may ask for: each limit holds at n and refuses at n + 1. */
describe('limits of the endpoint', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  }, 120_000);
  afterAll(() => api.close());

  const refusedBy = async (query: string) => {
    const answer = await ask(api, NOBODY, query);
    return answer.errors ? answer.errors.map(({ message }) => message).join() : undefined;
  };

  it('answers a plain question', async () => {
    expect(await refusedBy('{ viewer { signedIn } }')).toBeUndefined();
  });

  it('limits aliases', async () => {
    const aliased = (n: number) =>
      `{ ${Array.from({ length: n }, (_, at) => `a${at}: viewer { signedIn }`).join(' ')} }`;
    expect(await refusedBy(aliased(LIMITS.aliases))).toBeUndefined();
    expect(await refusedBy(aliased(LIMITS.aliases + 1))).toMatch(/alias/i);
  });

  it('limits directives', async () => {
    const directed = (n: number) => `{ viewer { ${'signedIn @include(if: true) '.repeat(n)} } }`;
    expect(await refusedBy(directed(LIMITS.directives))).toBeUndefined();
    expect(await refusedBy(directed(LIMITS.directives + 1))).toMatch(/directive/i);
  });

  it('limits tokens', async () => {
    // { viewer { … } } and what stands at the end
    const long = (n: number) => `{ viewer { ${'signedIn '.repeat(n - 5)} } }`;
    expect(await refusedBy(long(LIMITS.tokens))).not.toMatch(/token/i); // that much is aborted elsewhere, as too slow to check
    expect(await refusedBy(long(LIMITS.tokens + 1))).toMatch(/token/i);
  });

  it('limits depth', async () => {
    const deep = (n: number) => `{ viewer ${'{ ... '.repeat(n - 2)} { signedIn } ${'} '.repeat(n - 2)} }`;
    expect(await refusedBy(deep(LIMITS.depth))).toBeUndefined();
    expect(await refusedBy(deep(LIMITS.depth + 1))).toMatch(/depth/i);
  });

  it('limits the cost, with the last that it takes next to the first that it does not', async () => {
    const costly = (n: number) => `{ accountFeed(first: ${n}) { next } }`;
    const found = async (n: number) =>
      /Cost limit of \d+ exceeded, found (\d+(?:\.\d+)?)/i.exec((await refusedBy(costly(n))) ?? '')?.[1];
    let [taken, refused] = [1, 5000];
    expect(await found(taken)).toBeUndefined();
    while (refused - taken > 1) {
      const middle = Math.trunc((taken + refused) / 2);
      if ((await found(middle)) === undefined) taken = middle;
      else refused = middle;
    }
    const first = Number(await found(refused));
    expect(first).toBeGreaterThan(LIMITS.cost);
    expect(first).toBeLessThan(LIMITS.cost + 10);
  });

  it.each([
    ['a field', '{ viewer { signedInn } }'],
    ['a root', '{ viewerr { signedIn } }'],
    ['an argument', 'mutation { signOut(inputt: 1) { ok } }'],
    ['a type', 'query ($a: SignInInputt!) { viewer { signedIn } }'],
    ['a directive', '{ viewer { signedIn @includee(if: true) } }'],
    ['an enum', '{ closings(organizationId: "1", state: READYY) { total } }'],
    ['a fragment', '{ viewer { ... on Viewerr { signedIn } } }'],
  ])('never guesses %s for whoever gropes about', async (_, query) => {
    const answer = await ask(api, NOBODY, query);
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toMatch(/did you mean/i);
  });

  it('never guesses what stands in the variables', async () => {
    const answer = await ask(
      api,
      NOBODY,
      'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
      { input: { login: 'a', password: 'b', remember: true, passwordd: 'c' } },
    );
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(answer)).not.toMatch(/did you mean/i);
  });

  it('bears variables nested as deep as a body allows', async () => {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
    const nested = `${'{"login":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...NOBODY },
      body: `{"query":${JSON.stringify(query)},"variables":{"input":${nested}}}`,
    });
    const answer = { status: response.status, ...JSON.parse(await response.text()) };
    expect([answer.status < 500, codeOf(answer)]).toEqual([true, 'BAD_USER_INPUT']);
    expect(await refusedBy('{ viewer { signedIn } }')).toBeUndefined();
  });

  it('takes no batches', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...NOBODY },
      body: JSON.stringify([{ query: '{ viewer { signedIn } }' }, { query: '{ viewer { signedIn } }' }]),
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
  });

  it('takes a body of 100 kB from a browser and no more', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...NOBODY },
      body: JSON.stringify({ query: `{ viewer { signedIn } } #${'x'.repeat(110_000)}` }),
    });
    expect(response.status).toBe(413);
  });

  it('takes 1 MB from a key, and from nobody who only says that it is one', async () => {
    const send = async (authorization: string, size: number) =>
      (
        await fetch(`${api.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body: JSON.stringify({ query: `{ viewer { signedIn } } #${'x'.repeat(size)}` }),
        })
      ).status;
    expect(await send('Bearer kv_abcdefgh_x', 1_100_000)).toBe(413);
  });

  it('answers a body that is no JSON with a code, never with its inside', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...NOBODY },
      body: '{"query": "my-secret-word',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/my-secret-word|node_modules|\.[jt]s/);
  });

  it('refuses a form from another site: a simple request never reaches a resolver', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: 'mutation { signOut { ok } }' }),
    });
    expect(response.status).toBe(400);
  });

  it('names its code and never its inside when a scalar cannot be read', async () => {
    const answer = await ask(
      api,
      NOBODY,
      'query ($month: Month!) { closingChecklist(organizationId: "1", month: $month) { month } }',
      { month: '2026-13' },
    );
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });

  it('says on each answer that it is no page', async () => {
    const response = await fetch(`${api.url}/health/live`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/);
  });
});
