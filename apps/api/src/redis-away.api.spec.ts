import 'reflect-metadata';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { testRedis } from '@kvartal/platform/testing';
import {
  type Headers,
  NOBODY,
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

/** A way to Redis that can be cut. */
class Bridge {
  private readonly sockets = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  static async to(url: string): Promise<Bridge> {
    const { port, hostname } = new URL(url);
    const bridge: Bridge = new Bridge(
      createServer((near) => {
        const far = connect(Number(port), hostname);
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          bridge.sockets.add(one);
          one.pipe(other).on('error', () => undefined);
          one.on('error', () => undefined);
        }
      }),
    );
    await bridge.listen(0);
    return bridge;
  }

  private listen(port: number): Promise<void> {
    return new Promise((done) => this.server.listen(port, '127.0.0.1', done));
  }

  get port(): number {
    const address: AddressInfo | string | null = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Breaks every connection and takes no new one; returns how to mend it. */
  cut(): () => Promise<void> {
    const { port } = this;
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    return () => this.listen(port);
  }
}

/** Without Redis nobody can count tries, so nobody new comes in; whoever is in goes on working. */
describe('while Redis is away', () => {
  let api: TestApi;
  let bridge: Bridge;
  let ivanov: Headers;
  let key: Headers;
  let mend: () => Promise<void>;

  beforeAll(async () => {
    bridge = await Bridge.to(testRedis().url);
    api = await startApi({ REDIS_URL: `redis://127.0.0.1:${bridge.port}`, DEV_CLOCK: '0' });
    await addPerson(api, { login: 'ivanov', kind: 'RESIDENT' });
    ivanov = await signedIn(api, 'ivanov', 'cabinet');
    key = await aKey(api, await aColleague(api, 'owner', 'OWNER'), ['ACCOUNTS_READ']);
    mend = bridge.cut();
  }, 120_000);
  afterAll(async () => {
    await mend();
    await api.close();
    bridge.cut();
  });

  it('says so to whoever watches over the process', async () => {
    const ready = await fetch(`${api.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { ailing: ['redis'] }]);
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
  });

  it.each([
    [
      'signs in',
      'mutation ($p: String!) { signIn(input: { login: "ivanov", password: $p, remember: false }) { __typename } }',
    ],
    [
      'registers',
      'mutation ($p: String!) { register(input: { login: "new", email: "n@town.example", password: $p, passwordAgain: $p, agreement: true, consent: true }) { __typename } }',
    ],
    [
      'asks for a new password',
      'mutation ($p: String!) { requestRecovery(loginOrEmail: $p) { __typename } }',
    ],
    ['gets a picture', 'mutation { newCaptcha { id } }'],
  ])('nobody %s', async (_, query) => {
    const answer = await ask(api, NOBODY, query, query.includes('$p') ? { p: PASSWORD } : {});
    expect([codeOf(answer), answer.cookie]).toEqual(['INTERNAL', undefined]);
  });

  it('whoever is signed in stays so, and so does a key', async () => {
    const who = '{ viewer { signedIn } }';
    for (const headers of [ivanov, key])
      expect(await ask(api, headers, who)).toMatchObject({ data: { viewer: { signedIn: true } } });
  });

  it('nobody is told that they were signed out where another process might still know them', async () => {
    expect(codeOf(await ask(api, ivanov, 'mutation { signOutEverywhere { ok } }'))).toBe('INTERNAL');
    expect(await ask(api, ivanov, '{ viewer { signedIn } }')).toMatchObject({
      data: { viewer: { signedIn: true } },
    });
  });
});
