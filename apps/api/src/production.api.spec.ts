/** @jest-environment node */
// in a group of its own: its modules are loaded as production has them
import 'reflect-metadata';
import { Clock, Config } from '@kvartal/platform';
import { type Answer, type TestApi, addPerson, startApi } from './testing/api';

/** The api as an installation runs it: what development has for its own comfort is not there. */
describe('in production', () => {
  let api: TestApi;
  let send: (body: object, headers?: Record<string, string>) => Promise<Answer>;

  beforeAll(async () => {
    process.env['NODE_ENV'] = 'production';
    process.env['BENCH_KEY'] = 'bench';
    api = await startApi();
    send = async (body, headers = {}) => {
      const response = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-kvartal-app': 'cabinet', ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, ...JSON.parse(await response.text()) };
    };
  }, 120_000);
  afterAll(async () => {
    process.env['NODE_ENV'] = 'test';
    delete process.env['BENCH_KEY'];
    await api.close();
  });

  it('has no way to move the clock or to read a picture', async () => {
    expect((await fetch(`${api.url}/dev/clock`)).status).toBe(404);
    expect((await fetch(`${api.url}/dev/clock`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await fetch(`${api.url}/dev/captcha/x`)).status).toBe(404);
    await expect(api.app.get(Clock).moveTo(new Date(0))).rejects.toThrow(/cannot be moved/);
  });

  it('knows no key of a benchmark', async () => {
    expect(api.app.get(Config).benchKey).toBe('');
  });

  it('takes nothing from a browser but the operations of our apps', async () => {
    expect(await send({ query: '{ viewer { signedIn } }' })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'OPERATION_NOT_KNOWN' } }],
    });
  });

  it('tells a key nothing of the schema but what is published', async () => {
    const secret = 's'.repeat(43);
    await api.database.owner.query(
      `insert into api_key (organization_id, name, prefix, secret_hash, scopes, created_by, created_at)
       values ($1, 'spec', 'abcdefgh', sha256($2), '{ACCOUNTS_READ}', $3, now())`,
      [
        api.town.first.organizationId,
        Buffer.from(secret),
        await addPerson(api, { login: 'maker', kind: 'STAFF' }),
      ],
    );
    const key = { authorization: `Bearer kv_abcdefgh_${secret}` };
    expect(await send({ query: '{ viewer { signedIn } }' }, key)).toMatchObject({ status: 200 });
    const asked = await send({ query: '{ __schema { types { name } } }' }, key);
    expect(asked.errors).toHaveLength(1);
    expect(asked.data).toBeUndefined();
    expect(JSON.stringify(await send({ query: '{ viewer { signedInn } }' }, key))).not.toMatch(
      /did you mean/i,
    );
  });

  it('has browsers keep to HTTPS, to our own scripts, and out of frames', async () => {
    const { headers } = await fetch(`${api.url}/health/live`);
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8,}/);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      "frame-ancestors 'self'",
    ])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('lets no other site read its answers', async () => {
    const asked = await fetch(`${api.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });
});
