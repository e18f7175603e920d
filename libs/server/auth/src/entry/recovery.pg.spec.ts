import { expectBooksBalanced } from '@kvartal/platform/testing';
import { SessionsService } from '../sessions/sessions.service';
import { type AuthUnderTest, PASSWORD, authUnderTest, refused } from '../testing';
import type { Visitor } from '../viewers/arrival';
import { EntryGuard } from './entry-guard';
import { RecoveryService } from './recovery.service';
import { SignInService } from './sign-in.service';

let at: AuthUnderTest;
let recovery: RecoveryService;
let visitor: Visitor;
let userId: string;
let ivanov: string;
let visits = 0;
const NEW = 'staple and battery';

beforeAll(async () => {
  at = await authUnderTest();
  recovery = at.module.get(RecoveryService);
});
afterAll(() => at.close());
beforeEach(async () => {
  await at.itIs('2026-10-20T12:00:00Z');
  await at.owner.query('truncate portal_user, outbox cascade');
  visits += 1;
  visitor = await at.visitor({ ip: `10.4.0.${visits}` });
  ivanov = `ivanov-${visits}`;
  userId = await at.person(ivanov);
});
afterEach(() => expectBooksBalanced(at.owner));

const enter = (password: string) =>
  at.module.get(SignInService).signIn(visitor, { login: ivanov, password, remember: true });
const reset = (token: string, password = NEW, passwordAgain = password) =>
  recovery.reset(visitor, { token, password, passwordAgain });

describe('recovery', () => {
  it('goes to whoever has the login or the e-mail, and says the same where nobody has', async () => {
    for (const loginOrEmail of [
      ivanov,
      `${ivanov.toUpperCase()}@town.example`,
      'nobody',
      'nobody@town.example',
    ])
      await recovery.request(visitor, { loginOrEmail });
    expect(await at.facts()).toEqual([
      { fact: 'RecoveryRequested', userId },
      { fact: 'RecoveryRequested', userId },
    ]);
  });

  it('sets the password, ends every session and has the person told', async () => {
    const { token: session } = await enter(PASSWORD);
    const sessions = at.module.get(SessionsService);
    expect(await sessions.find(session, 'cabinet')).toBeDefined();
    await reset(await at.link(userId, 'RECOVERY'));
    expect(await sessions.find(session, 'cabinet')).toBeUndefined();
    expect(await refused(enter(PASSWORD))).toEqual(['AUTH_BAD_CREDENTIALS']);
    expect(await enter(NEW)).toMatchObject({ userId });
    expect(await at.facts()).toEqual([{ fact: 'PasswordChanged', userId }]);
    expect(await at.actions()).toContain('auth.password.change');
  });

  it('takes a link once, at one moment too, and ends the other links', async () => {
    const [token, other] = [await at.link(userId, 'RECOVERY'), await at.link(userId, 'RECOVERY')];
    const both = await Promise.allSettled([reset(token), reset(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refused(reset(token))).toEqual(['RECOVERY_LINK_EXPIRED']);
    expect(await refused(reset(other))).toEqual(['RECOVERY_LINK_EXPIRED']);
  });

  it('takes it for 24 hours', async () => {
    const token = await at.link(userId, 'RECOVERY');
    await at.itIs('2026-10-21T12:01:00Z');
    expect(await refused(reset(token))).toEqual(['RECOVERY_LINK_EXPIRED']);
    await at.itIs('2026-10-21T11:59:00Z');
    await reset(token);
  });

  it('does not use the link up by a password that is refused', async () => {
    const token = await at.link(userId, 'RECOVERY');
    expect(await refused(reset(token, 'short'))).toEqual(['PASSWORD_LENGTH at password']);
    expect(await refused(reset(token, NEW, 'other'))).toEqual(['PASSWORD_MISMATCH at passwordAgain']);
    await reset(token);
  });

  it('refuses a made-up link, and one of a person who was blocked', async () => {
    expect(await refused(reset('AAAAAAAAAAAAAAAAAAAAAA'))).toEqual(['RECOVERY_LINK_EXPIRED']);
    const token = await at.link(userId, 'RECOVERY');
    await at.owner.query(`update portal_user set state = 'BLOCKED' where id = $1`, [userId]);
    expect(await refused(reset(token))).toEqual(['RECOVERY_LINK_EXPIRED']);
  });

  it('refuses a link at another portal than the person’s own, and leaves it good there', async () => {
    const token = await at.link(userId, 'RECOVERY');
    const elsewhere = { ...visitor, portal: { ...visitor.portal, id: '999' } };
    expect(await refused(recovery.reset(elsewhere, { token, password: NEW, passwordAgain: NEW }))).toEqual([
      'RECOVERY_LINK_EXPIRED',
    ]);
    await reset(token);
  });

  it('lets in nobody who was signing in with the old password at that moment', async () => {
    const token = await at.link(userId, 'RECOVERY');
    const [entered] = await Promise.allSettled([enter(PASSWORD), reset(token)]);
    if (entered.status === 'fulfilled')
      expect(await at.module.get(SessionsService).find(entered.value.token, 'cabinet')).toBeUndefined();
  });

  it('sends three letters an hour to one person, and wants a picture after three tries from one address', async () => {
    const guard = at.module.get(EntryGuard);
    for (let n = 0; n < 3; n += 1) await guard.admitRecovery(visitor, ivanov, undefined);
    expect(await refused(guard.admitRecovery(visitor, 'petrova', undefined))).toEqual([
      'CAPTCHA_WRONG at captcha',
    ]);
    const elsewhere = await at.visitor({ ip: '10.5.0.1' });
    expect(await refused(guard.admitRecovery(elsewhere, ivanov.toUpperCase(), undefined))).toEqual([
      'TOO_MANY_ATTEMPTS',
    ]);
  });
});
