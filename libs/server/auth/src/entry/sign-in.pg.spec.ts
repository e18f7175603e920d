import { RedisClient, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { SessionsService } from '../sessions/sessions.service';
import { hashOf } from '../tokens';
import { type AuthUnderTest, PASSWORD, authUnderTest, refused } from '../testing';
import type { Visitor } from '../viewers/arrival';
import { Captchas } from './captchas';
import { SignInService } from './sign-in.service';

let at: AuthUnderTest;
let service: SignInService;
let sessions: SessionsService;
let visitor: Visitor;
let visits = 0;
let userId: string;
let ivanov: string;

beforeAll(async () => {
  at = await authUnderTest();
  service = at.module.get(SignInService);
  sessions = at.module.get(SessionsService);
});
afterAll(() => at.close());
beforeEach(async () => {
  await at.itIs('2026-10-20T12:00:00Z');
  await at.owner.query('truncate portal_user, outbox cascade');
  visits += 1;
  visitor = await at.visitor({ ip: `10.1.0.${visits}` });
  ivanov = `ivanov-${visits}`; // attempts are counted by login too
  userId = await at.person(ivanov);
});
afterEach(() => expectBooksBalanced(at.owner));

const enter = (login: string, password = PASSWORD, more: object = {}, as = visitor) =>
  service.signIn(as, { login, password, remember: false, ...more });
const wrong = (as = visitor) => refused(enter(ivanov, 'not the password', {}, as));
const resident = (sessionId = '') =>
  ({
    kind: 'resident',
    userId,
    sessionId,
    portalId: visitor.portal.id,
    ip: '',
    userAgent: '',
    requestId: '',
  }) as const;

describe('coming in', () => {
  it('takes login or e-mail in any case, and says of a wrong one only that it does not fit', async () => {
    for (const login of [ivanov, ` ${ivanov.toUpperCase()} `, `${ivanov}@Town.example`])
      expect(await enter(login)).toMatchObject({ userId });
    expect(await wrong()).toEqual(['AUTH_BAD_CREDENTIALS']);
    expect(await refused(enter('nobody'))).toEqual(['AUTH_BAD_CREDENTIALS']);
    expect(await refused(enter(ivanov, ''))).toEqual(['AUTH_BAD_CREDENTIALS']);
    expect(await refused(enter(''))).toEqual(['AUTH_BAD_CREDENTIALS']);
  });

  it('works as hard for a login that nobody has', async () => {
    const hashed = jest.spyOn(require('@node-rs/argon2'), 'verify');
    await refused(enter('nobody'));
    expect(hashed).toHaveBeenCalledTimes(1);
    hashed.mockRestore();
  });

  it('lets staff in at the back-office only, and residents at the cabinet only', async () => {
    await at.person('director', 'STAFF');
    await at.person('firm', 'LEGAL');
    const desk = await at.visitor({ app: 'backoffice', ip: '10.9.0.1' });
    await enter('director', PASSWORD, {}, desk);
    await enter('firm');
    expect(await refused(enter('director'))).toEqual(['AUTH_BAD_CREDENTIALS']);
    expect(await refused(enter(ivanov, PASSWORD, {}, desk))).toEqual(['AUTH_BAD_CREDENTIALS']);
  });

  it('lets nobody in who is blocked', async () => {
    await at.owner.query(`update portal_user set state = 'BLOCKED' where id = $1`, [userId]);
    expect(await refused(enter(ivanov))).toEqual(['AUTH_BAD_CREDENTIALS']);
  });

  it('writes down who came in and who tried', async () => {
    await enter(ivanov);
    await wrong();
    expect((await at.actions()).slice(-2)).toEqual(['auth.sign-in', 'auth.sign-in.fail']);
  });
});

describe('guessing', () => {
  const answer = async () => {
    const { id } = await at.module.get(Captchas).draw();
    return { captcha: { id, text: (await at.module.get(RedisClient).get(`captcha:${id}`)) ?? '' } };
  };

  it('takes a picture after three failures, for a right password too', async () => {
    for (let n = 0; n < 3; n += 1) expect(await wrong()).toEqual(['AUTH_BAD_CREDENTIALS']);
    expect(await refused(enter(ivanov))).toEqual(['CAPTCHA_WRONG at captcha']);
    expect(await enter(ivanov, PASSWORD, await answer())).toMatchObject({ userId });
    expect(await enter(ivanov)).toMatchObject({ userId }); // a success forgives what went before
  });

  it('ends for fifteen minutes after ten, though the eleventh is right', async () => {
    for (let n = 0; n < 10; n += 1) await refused(enter(ivanov, 'wrong', n < 3 ? {} : await answer()));
    const locked = enter(ivanov, PASSWORD, await answer());
    await expect(locked).rejects.toMatchObject({
      refusals: [{ code: 'AUTH_LOCKED', params: { seconds: expect.any(Number) } }],
    });
  });

  it('does not lock the owner out elsewhere', async () => {
    for (let n = 0; n < 11; n += 1) await refused(enter(ivanov, 'wrong', n < 3 ? {} : await answer()));
    const home = await at.visitor({ ip: '10.7.0.1' });
    expect(await enter(ivanov, PASSWORD, await answer(), home)).toMatchObject({ userId });
  });

  it('gives no more free tries to many at the same moment', async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, () => wrong()));
    expect(tries.filter(([code]) => code === 'AUTH_BAD_CREDENTIALS').length).toBeLessThanOrEqual(3);
  });

  it('of many logins from one address ends too', async () => {
    for (let n = 0; n < 20; n += 1) await refused(enter(`nobody-${n}`));
    expect(await refused(enter('nobody-20'))).toEqual(['CAPTCHA_WRONG at captcha']);
  });

  it('is not counted for a benchmark', async () => {
    const bench = await at.visitor({ ip: visitor.viewer.ip, isBench: true });
    for (let n = 0; n < 12; n += 1) expect(await wrong(bench)).toEqual(['AUTH_BAD_CREDENTIALS']);
    expect(await enter(ivanov, PASSWORD, {}, bench)).toMatchObject({ userId });
  });
});

describe('a session', () => {
  it('is found by its token, of which only the hash is kept, and in its own app only', async () => {
    const { token } = await enter(ivanov);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await sessions.find(token, 'cabinet')).toMatchObject({
      userId,
      kind: 'RESIDENT',
      memberships: [],
    });
    expect(await sessions.find(token, 'backoffice')).toBeUndefined();
    expect(
      await sessions.find(
        token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        'cabinet',
      ),
    ).toBeUndefined();
    const kept = JSON.stringify(
      await rows<object>(at.owner, `select s.*, encode(token_hash, 'escape') from session s`),
    );
    expect(kept).not.toContain(token);
  });

  it('ends at once when signed out, though it was remembered', async () => {
    const { token } = await enter(ivanov);
    const other = await enter(ivanov);
    const { sessionId = '' } = (await sessions.find(token, 'cabinet')) ?? {};
    await sessions.find(other.token, 'cabinet');
    await service.signOut(resident(sessionId));
    expect(await sessions.find(token, 'cabinet')).toBeUndefined();
    expect(await sessions.find(other.token, 'cabinet')).toMatchObject({ userId });
  });

  it('ends everywhere at once', async () => {
    const tokens = await Promise.all([1, 2, 3].map(async () => (await enter(ivanov)).token));
    await Promise.all(tokens.map((token) => sessions.find(token, 'cabinet')));
    await service.signOutEverywhere(resident());
    for (const token of tokens) expect(await sessions.find(token, 'cabinet')).toBeUndefined();
    expect(await sessions.list(userId)).toEqual([]);
  });

  it('stays ended whatever was being read while it ended', async () => {
    const { token } = await enter(ivanov);
    const readers = Array.from({ length: 30 }, () => sessions.find(token, 'cabinet'));
    await Promise.all([...readers, service.signOutEverywhere(resident())]);
    for (let n = 0; n < 5; n += 1) expect(await sessions.find(token, 'cabinet')).toBeUndefined();
  });

  it('lives twelve hours after its last use, and seven days at most', async () => {
    const { token } = await enter(ivanov);
    const isAlive = async (of: string, moment: string) => {
      await at.itIs(moment);
      await at.module.get(RedisClient).del(`session:RESIDENT:${hashOf(of).toString('hex')}`); // as a minute later
      return (await sessions.find(of, 'cabinet')) !== undefined;
    };
    expect(await isAlive(token, '2026-10-20T23:59:00Z')).toBe(true);
    expect(await isAlive(token, '2026-10-21T11:58:00Z')).toBe(true);
    expect(await isAlive(token, '2026-10-21T23:59:00Z')).toBe(false);
    const busy = (await enter(ivanov)).token;
    for (let half = 0; half < 13; half += 1)
      expect(
        await isAlive(busy, new Date(Date.parse('2026-10-22T00:00:00Z') + half * 43_000_000).toISOString()),
      ).toBe(true);
    expect(await isAlive(busy, '2026-10-29T00:00:00Z')).toBe(false);
  });

  it('lives thirty days after its last use where the person wants to be remembered', async () => {
    const { token } = await enter(ivanov, PASSWORD, { remember: true });
    for (const [moment, lives] of [
      ['2026-11-19T00:00:00Z', true],
      ['2026-12-18T00:00:00Z', true],
      ['2027-01-18T00:00:00Z', false],
    ] as const) {
      await at.itIs(moment);
      await at.module.get(RedisClient).del(`session:RESIDENT:${hashOf(token).toString('hex')}`);
      expect((await sessions.find(token, 'cabinet')) !== undefined).toBe(lives);
    }
  });

  it('ends by the clock though it is remembered', async () => {
    const { token } = await enter(ivanov);
    expect(await sessions.find(token, 'cabinet')).toBeDefined();
    await at.itIs('2026-10-21T00:01:00Z');
    expect(await sessions.find(token, 'cabinet')).toBeUndefined();
  });

  it('does not begin for a password that was changed meanwhile', async () => {
    const begun = await at.db.transaction((tx) =>
      sessions.begin(tx, {
        userId,
        passwordHash: 'another',
        app: 'cabinet',
        remembered: false,
        ip: '',
        userAgent: '',
      }),
    );
    expect(begun).toBeUndefined();
  });

  it('is listed with the others of its person', async () => {
    await enter(ivanov);
    await enter(ivanov, PASSWORD, { remember: true });
    expect(await sessions.list(userId)).toMatchObject([
      { userAgent: 'spec', remembered: true },
      { userAgent: 'spec', remembered: false },
    ]);
  });
});
