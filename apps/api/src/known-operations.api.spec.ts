import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, NOBODY, type TestApi, addPerson, ask, startApi } from './testing/api';

const DOCUMENT = 'query Who { viewer { signedIn kind } }';
const HASH = createHash('sha256').update(DOCUMENT).digest('hex');

/** Our own apps name their operations by hash; where that is the rule, nothing else is taken from a browser. */
describe('known operations', () => {
  let api: TestApi;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'operations-'));
    writeFileSync(join(folder, 'spec.json'), JSON.stringify({ [HASH]: DOCUMENT }));
    api = await startApi({ OPERATIONS_DIR: folder, KNOWN_OPERATIONS_ONLY: '1' });
  }, 120_000);
  afterAll(() => {
    delete process.env['KNOWN_OPERATIONS_ONLY'];
    delete process.env['OPERATIONS_DIR'];
    return api.close();
  });

  const send = async (body: object, headers: object = NOBODY): Promise<Answer> => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...JSON.parse(await response.text()) };
  };

  it('runs one of them by its hash alone', async () => {
    const answer = await send({ extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } });
    expect(answer).toMatchObject({ status: 200, data: { viewer: { signedIn: false, kind: null } } });
  });

  it('refuses any other document from whoever has no key', async () => {
    const answer = await ask(api, NOBODY, '{ viewer { signedIn } }');
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'OPERATION_NOT_KNOWN' } }] });
  });

  it.each([
    ['POST', '/graphql'],
    ['POST', '/graphql/'],
    ['POST', '/graphql/x'],
    ['POST', '/GraphQL'],
    ['GET', '/graphql'],
    ['GET', '/graphql/x'],
    ['GET', '/GRAPHQL'],
  ])('has no back door: %s %s', async (method, path) => {
    const query = '{ portal { slug } }';
    const search = method === 'GET' ? `?${new URLSearchParams({ query })}` : '';
    const response = await fetch(api.url + path + search, {
      method,
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': '1', ...NOBODY },
      ...(method === 'POST' ? { body: JSON.stringify({ query }) } : {}),
    });
    expect([response.status, JSON.parse(await response.text())]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'OPERATION_NOT_KNOWN' } }] },
    ]);
  });

  it('takes any document from a key, within the limits', async () => {
    const maker = await addPerson(api, { login: 'maker', kind: 'STAFF' });
    const secret = 's'.repeat(43);
    await api.database.owner.query(
      `insert into api_key (organization_id, name, prefix, secret_hash, scopes, created_by, created_at)
       values ($1, 'spec', 'abcdefgh', sha256($2), '{ACCOUNTS_READ}', $3, now())`,
      [api.town.first.organizationId, Buffer.from(secret), maker],
    );
    const key = { authorization: `Bearer kv_abcdefgh_${secret}` };
    expect(await ask(api, key, '{ viewer { signedIn } }')).toMatchObject({
      data: { viewer: { signedIn: true } },
    });
    const deep = `{ ${Array.from({ length: 16 }, (_, at) => `a${at}: viewer { signedIn }`).join(' ')} }`;
    expect((await ask(api, key, deep)).errors).toHaveLength(1);
  });

  it('refuses a hash that it does not know', async () => {
    const answer = await send({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } });
    expect(answer.status).toBe(400);
  });

  it('learns no operation from outside', async () => {
    const query = '{ portal { slug } }';
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    for (const body of [{ query, extensions: { persistedQuery } }, { extensions: { persistedQuery } }])
      expect((await send(body)).status).toBe(400);
  });
});
