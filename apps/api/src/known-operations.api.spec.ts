import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, NOBODY, type TestApi, ask, startApi } from './testing/api';

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
    return { status: response.status, ...(await response.json()) };
  };

  it('runs one of them by its hash alone', async () => {
    const answer = await send({ extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } });
    expect(answer).toMatchObject({ status: 200, data: { viewer: { signedIn: false, kind: null } } });
  });

  it('refuses any other document from whoever has no key', async () => {
    const answer = await ask(api, NOBODY, '{ viewer { signedIn } }');
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'OPERATION_NOT_KNOWN' } }] });
  });

  it('refuses a hash that it does not know', async () => {
    const answer = await send({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } });
    expect(answer.status).toBe(400);
  });
});
