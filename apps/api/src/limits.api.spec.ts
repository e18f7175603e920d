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
    const directed = (n: number) => `{ viewer { signedIn ${'@include(if: true) '.repeat(n)} } }`;
    expect(await refusedBy(directed(LIMITS.directives + 1))).toMatch(/directive/i);
  });

  it('limits tokens', async () => {
    const long = `{ viewer { ${'signedIn '.repeat(LIMITS.tokens)} } }`;
    expect(await refusedBy(long)).toMatch(/token/i);
  });

  it('limits depth', async () => {
    const deep = `{ portal { organizations { ${'__typename '} } } __schema { types ${'{ fields { type '.repeat(6)} { name } ${'} }'.repeat(6)} } }`;
    expect(await refusedBy(deep)).toBeDefined();
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
