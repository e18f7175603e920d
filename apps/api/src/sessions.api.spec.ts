import 'reflect-metadata';
import {
  type Answer,
  type Headers,
  PASSWORD,
  type TestApi,
  aColleague,
  aKey,
  addPerson,
  ask,
  codeOf,
  signedIn,
  startApi,
} from './testing/api';

const SIGN_IN =
  'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Refused { refusals { code } } } }';
const WHO = '{ viewer { signedIn login } }';
const CABINET: Headers = { 'x-kvartal-app': 'cabinet' };

/** Sessions and keys as a browser and a machine meet them, over HTTP. */
describe('who is signed in', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
    await addPerson(api, { login: 'ivanov', kind: 'RESIDENT' });
  }, 120_000);
  afterAll(() => api.close());

  const signIn = (headers: Headers, login = 'ivanov'): Promise<Answer> =>
    ask(api, headers, SIGN_IN, { input: { login, password: PASSWORD, remember: false } });
  const loginOf = async (headers: Headers): Promise<unknown> =>
    Object(Object((await ask(api, headers, WHO)).data)['viewer'])['login'];

  it('gets a cookie that scripts, other hosts and foreign forms cannot have', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...CABINET },
      body: JSON.stringify({
        query: SIGN_IN,
        variables: { input: { login: 'ivanov', password: PASSWORD, remember: false } },
      }),
    });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-resident=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect(await response.text()).not.toMatch(/[\w-]{43}/);
  });

  it('never gets the token that the browser came with: nobody can plant one', async () => {
    const planted = `__Host-resident=${'x'.repeat(43)}`;
    const answer = await signIn({ ...CABINET, cookie: planted });
    expect(answer.cookie).toBeDefined();
    expect(answer.cookie).not.toBe(planted);
    expect(await loginOf({ ...CABINET, cookie: planted })).toBeNull();
  });

  it('leaves nothing of the session before alive in the same browser', async () => {
    const first = await signedIn(api, 'ivanov', 'cabinet');
    await addPerson(api, { login: 'petrova', kind: 'RESIDENT' });
    const second = await signIn(first, 'petrova');
    expect(await loginOf({ ...CABINET, cookie: second.cookie ?? '' })).toBe('petrova');
    expect(await loginOf(first)).toBeNull();
  });

  it('is out everywhere at once, with the next request of each browser', async () => {
    const browsers = [];
    for (let n = 0; n < 3; n += 1) browsers.push(await signedIn(api, 'ivanov', 'cabinet'));
    const [first = {}] = browsers;
    expect(await Promise.all(browsers.map(loginOf))).toEqual(['ivanov', 'ivanov', 'ivanov']);
    const out = await ask(api, first, 'mutation { signOutEverywhere { ok } }');
    expect(codeOf(out)).toBeUndefined();
    expect(await Promise.all(browsers.map(loginOf))).toEqual([null, null, null]);
    const file = await fetch(`${api.url}/files/bills/1/1.pdf`, { headers: { ...first } });
    expect(file.status).toBe(401);
  });

  it('loses the cookie when it signs out', async () => {
    const browser = await signedIn(api, 'ivanov', 'cabinet');
    const out = await ask(api, browser, 'mutation { signOut { ok } }');
    expect(out.cookie).toBe('__Host-resident=');
  });

  it.each([
    ['without the header of our apps', {}],
    ['with a header that is none of ours', { 'x-kvartal-app': 'evil' }],
    ['for the other app', { 'x-kvartal-app': 'backoffice' }],
  ])('is not whoever sends the cookie along %s', async (_, headers) => {
    const { cookie = '' } = await signedIn(api, 'ivanov', 'cabinet');
    const answer = await ask(api, { cookie, ...headers }, 'mutation { signOutEverywhere { ok } }');
    expect(codeOf(answer)).toBe('UNAUTHENTICATED');
    expect(await loginOf({ ...CABINET, cookie })).toBe('ivanov');
  });

  it('is signed in by no foreign form: signing in takes the header too', async () => {
    expect(codeOf(await signIn({}))).toBe('FORBIDDEN');
  });

  it.each([
    ['text/plain', JSON.stringify({ query: 'mutation { signOutEverywhere { ok } }' })],
    ['application/x-www-form-urlencoded', 'query=mutation{signOutEverywhere{ok}}'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="query"\r\n\r\nx\r\n--b--',
    ],
  ])('does nothing for what a form can send: %s', async (type, body) => {
    const browser = await signedIn(api, 'ivanov', 'cabinet');
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { cookie: browser['cookie'] ?? '', 'content-type': type },
      body,
    });
    expect(response.status).toBe(400);
    expect(await loginOf(browser)).toBe('ivanov');
  });

  it('does nothing for a link: no change comes by GET', async () => {
    const browser = await signedIn(api, 'ivanov', 'cabinet');
    const query = new URLSearchParams({ query: 'mutation { signOutEverywhere { ok } }' });
    const asked = await fetch(`${api.url}/graphql?${query}`, {
      headers: { ...browser, 'apollo-require-preflight': '1' },
    });
    expect(asked.status).toBe(405);
    expect(await loginOf(browser)).toBe('ivanov');
  });

  it('is not told by anything that an address or a login is known', async () => {
    const recovery = 'mutation ($who: String!) { requestRecovery(loginOrEmail: $who) { __typename } }';
    const resend = 'mutation ($who: String!) { resendConfirmation(login: $who) { ok } }';
    for (const query of [recovery, resend]) {
      const [known, unknown] = [
        await ask(api, CABINET, query, { who: 'ivanov@town.example' }),
        await ask(api, CABINET, query, { who: 'nobody@town.example' }),
      ];
      expect(known).toEqual(unknown);
    }
    const wrong = (login: string) =>
      ask(api, CABINET, SIGN_IN, { input: { login, password: 'wrong password', remember: false } });
    expect(await wrong('ivanov')).toEqual(await wrong('nobody-at-all'));
    const register = (email: string, login: string) =>
      ask(
        api,
        CABINET,
        `mutation ($input: RegisterInput!) { register(input: $input) { __typename ... on Refused { refusals { code } } } }`,
        {
          input: {
            login,
            email,
            password: PASSWORD,
            passwordAgain: PASSWORD,
            agreement: true,
            consent: true,
          },
        },
      );
    expect(await register('ivanov@town.example', 'new-one')).toEqual(
      await register('free@town.example', 'new-two'),
    );
  });
});

describe('a key', () => {
  let api: TestApi;
  let owner: Headers;
  beforeAll(async () => {
    api = await startApi();
    owner = await aColleague(api, 'owner', 'OWNER');
  }, 120_000);
  afterAll(() => api.close());

  it('ends with the request after it was revoked', async () => {
    const key = await aKey(api, owner, ['ACCOUNTS_READ']);
    expect(await ask(api, key, WHO)).toMatchObject({ data: { viewer: { signedIn: true } } });
    const { organizationId } = api.town.first;
    await ask(
      api,
      owner,
      `mutation ($organizationId: ID!, $id: ID!) { revokeApiKey(organizationId: $organizationId, id: $id) { ok } }`,
      { organizationId, id: '1' },
    );
    expect(await ask(api, key, WHO)).toMatchObject({ data: { viewer: { signedIn: false } } });
  });

  it('asks so often and no oftener; other keys go on', async () => {
    const [busy, other] = [
      await aKey(api, owner, ['ACCOUNTS_READ']),
      await aKey(api, owner, ['ACCOUNTS_READ']),
    ];
    const statuses: number[] = [];
    for (let n = 0; n < 13; n += 1)
      statuses.push(
        ...(await Promise.all(Array.from({ length: 50 }, async () => (await ask(api, busy, WHO)).status))),
      );
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
    expect(statuses.filter((status) => status === 429)).toHaveLength(50);
    const refused = await fetch(`${api.url}/graphql`, { method: 'POST', headers: { ...busy } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'REFUSED', refusals: [{ code: 'TOO_MANY_ATTEMPTS' }] } }],
    });
    expect((await ask(api, other, WHO)).status).toBe(200);
  });
});
