import 'reflect-metadata';
import { row } from '@kvartal/platform';
import { NOBODY, type TestApi, ask, startApi } from './testing/api';

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';

/** Whose address limits and the audit go by, behind proxies and without. */
describe.each([
  {
    proxies: '',
    told: '203.0.113.7',
    counted: '127.0.0.1',
    what: 'whoever connects, where no proxy is trusted',
  },
  {
    proxies: '1',
    told: '203.0.113.7',
    counted: '203.0.113.7',
    what: 'whom the one proxy in front of us names',
  },
  {
    proxies: '1',
    told: '198.51.100.1, 203.0.113.7',
    counted: '203.0.113.7',
    what: 'whom the proxy has added, not whom a client named before it',
  },
])('the address that is asked from', ({ proxies, told, counted, what }) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi({ TRUST_PROXY: proxies });
  }, 120_000);
  afterAll(async () => {
    delete process.env['TRUST_PROXY'];
    await api.close();
  });

  it(`is that of ${what}`, async () => {
    const headers = { ...NOBODY, 'x-kvartal-portal': 'zarechny', 'x-forwarded-for': told };
    await ask(api, headers, SIGN_IN, {
      input: { login: 'nobody', password: 'wrong-password', remember: false },
    });
    const failed = await row<{ ip: string }>(
      api.database.owner,
      `select host(ip) as ip from audit_event where action = 'auth.sign-in.fail'`,
    );
    expect(failed?.ip).toBe(counted);
  });
});
