import { createHash } from 'node:crypto';
import { RedisClient, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { Purge } from '../auth.jobs';
import { LEGAL_TEXTS } from '../texts/legal-text';
import { type AuthUnderTest, PASSWORD, authUnderTest, refused } from '../testing';
import type { Visitor } from '../viewers/arrival';
import { Captchas } from './captchas';
import { RegistrationService } from './registration.service';
import { SignInService } from './sign-in.service';

let at: AuthUnderTest;
let registration: RegistrationService;
let visitor: Visitor;
let visits = 0;

beforeAll(async () => {
  at = await authUnderTest();
  registration = at.module.get(RegistrationService);
});
afterAll(() => at.close());
beforeEach(async () => {
  await at.itIs('2026-10-20T12:00:00Z');
  await at.owner.query('truncate portal_user, outbox cascade');
  visits += 1;
  visitor = await at.visitor({ ip: `10.1.0.${visits}` });
});
afterEach(() => expectBooksBalanced(at.owner));

const form = (login: string, more: object = {}) => ({
  login,
  email: `${login}@mail.example`,
  password: PASSWORD,
  passwordAgain: PASSWORD,
  agreement: true,
  consent: true,
  ...more,
});
const people = () =>
  rows<{ id: string; login: string; email: string; state: string }>(
    at.owner,
    'select id, login, email, state from portal_user order by id',
  );
const idOf = async (login: string) => (await people()).find((one) => one.login === login)?.id ?? '';
const signIn = (login: string, as = visitor) =>
  at.module.get(SignInService).signIn(as, { login, password: PASSWORD, remember: false });

describe('registration', () => {
  it('begins with a letter and ends with the link: before it nobody comes in, after it the person does', async () => {
    const started = await registration.register(visitor, form('Иванов_1'));
    expect(started.email).toBe('Иванов_1@mail.example');
    expect(started.expiresAt.toISOString()).toMatch(/^2026-10-22T12:00/);
    const userId = await idOf('Иванов_1');
    expect(await at.facts()).toEqual([{ fact: 'UserRegistered', userId }]);
    expect(await refused(signIn('Иванов_1'))).toEqual(['AUTH_NOT_CONFIRMED']);

    const token = await at.link(userId, 'REGISTRATION');
    expect(await registration.confirm(visitor, token)).toEqual({ login: 'Иванов_1' });
    expect(await signIn('ИВАНОВ_1')).toMatchObject({ userId });
    expect(await signIn('Иванов_1@mail.example')).toMatchObject({ userId });
  });

  it('keeps both agreements apart, each with its text’s version and hash, address and browser', async () => {
    await registration.register(visitor, form('petrova'));
    const kept = await rows<object>(
      at.owner,
      `select kind, text_version as version, encode(text_sha256, 'hex') as sha256, host(ip) as ip, user_agent as browser,
         to_char(given_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from consent order by kind`,
    );
    const proof = (kind: 'AGREEMENT' | 'PD_PROCESSING') => ({
      kind,
      version: LEGAL_TEXTS[kind].version,
      sha256: createHash('sha256').update(LEGAL_TEXTS[kind].text, 'utf8').digest('hex'),
      ip: visitor.viewer.ip,
      browser: 'spec',
      at: '2026-10-20 12:00',
    });
    expect(kept).toEqual([proof('AGREEMENT'), proof('PD_PROCESSING')]);
    expect(await at.actions()).toContain('auth.register');
  });

  it('refuses all wrong fields at once and stores nothing', async () => {
    const wrong = form('1van', { email: 'ivan', password: 'short', agreement: false, consent: false });
    expect(await refused(registration.register(visitor, wrong))).toEqual([
      'REG_LOGIN_FORM at login',
      'EMAIL_FORM at email',
      'PASSWORD_LENGTH at password',
      'AGREEMENT_REQUIRED at agreement',
      'CONSENT_REQUIRED at consent',
    ]);
    expect(await people()).toEqual([]);
  });

  it('is not for the back-office', async () => {
    const staff = await at.visitor({ app: 'backoffice' });
    await expect(registration.register(staff, form('ivanov'))).rejects.toThrow('FORBIDDEN');
  });

  it('never keeps the password or a token as it is, neither in a row nor in what waits to be sent', async () => {
    await registration.register(visitor, form('ivanov'));
    const token = await at.link(await idOf('ivanov'), 'REGISTRATION');
    const everything = JSON.stringify([
      await rows<object>(at.owner, `select * from portal_user`),
      await rows<object>(at.owner, `select encode(token_hash, 'escape'), * from confirmation`),
      await rows<object>(at.owner, `select * from outbox`),
      await rows<object>(at.owner, `select * from audit_event`),
    ]);
    expect(everything).not.toContain(PASSWORD);
    expect(everything).not.toContain(token);
    expect(everything).toContain('$argon2id$');
  });
});

describe('a taken login or address', () => {
  it('refuses the login at its field, in whatever case', async () => {
    await at.person('ivanov');
    const again = form('IVANOV', { email: 'other@mail.example' });
    expect(await refused(registration.register(visitor, again))).toEqual(['REG_LOGIN_TAKEN at login']);
  });

  it('gives a taken address the ordinary answer, and has its owner told', async () => {
    const userId = await at.person('ivanov');
    const started = await registration.register(visitor, form('somebody', { email: 'Ivanov@Town.example' }));
    expect(started.email).toBe('Ivanov@Town.example');
    expect(started.expiresAt.toISOString()).toMatch(/^2026-10-22T12:00/);
    expect(await at.facts()).toEqual([{ fact: 'EmailTaken', userId }]);
    expect((await people()).map(({ login }) => login)).toEqual(['ivanov']);
  });

  it('lets an unconfirmed registration of the same address be begun anew, and its old link die', async () => {
    await registration.register(visitor, form('first', { email: 'a@mail.example' }));
    const old = await at.link(await idOf('first'), 'REGISTRATION');
    await registration.register(visitor, form('second', { email: 'a@mail.example' }));
    expect((await people()).map(({ login }) => login)).toEqual(['second']);
    expect(await refused(registration.confirm(visitor, old))).toEqual(['REG_LINK_EXPIRED']);
  });

  it('keeps an unconfirmed login from everybody else while its link lives', async () => {
    await registration.register(visitor, form('ivanov'));
    const other = form('ivanov', { email: 'other@mail.example' });
    expect(await refused(registration.register(visitor, other))).toEqual(['REG_LOGIN_TAKEN at login']);
  });

  it('lets one of two in who want the same login at the same moment', async () => {
    const asked = ['a', 'b', 'c', 'd'].map((name) => form('ivanov', { email: `${name}@mail.example` }));
    const answers = await Promise.allSettled(asked.map((one) => registration.register(visitor, one)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ message: 'REG_LOGIN_TAKEN' });
    expect(await people()).toHaveLength(1);
    expect(await at.facts()).toHaveLength(1);
  });

  it('makes one registration of two with one address at the same moment, and tells neither', async () => {
    const asked = ['anna', 'boris'].map((login) => form(login, { email: 'same@mail.example' }));
    const answers = await Promise.allSettled(asked.map((one) => registration.register(visitor, one)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await people()).toHaveLength(1);
  });
});

describe('the link of the letter', () => {
  it('works once, also for two who open it at the same moment', async () => {
    await registration.register(visitor, form('ivanov'));
    const token = await at.link(await idOf('ivanov'), 'REGISTRATION');
    const both = await Promise.allSettled([
      registration.confirm(visitor, token),
      registration.confirm(visitor, token),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refused(registration.confirm(visitor, token))).toEqual(['REG_LINK_EXPIRED']);
    expect((await people()).map(({ state }) => state)).toEqual(['ACTIVE']);
  });

  it('expires after 48 hours; then the login is free', async () => {
    await registration.register(visitor, form('ivanov'));
    const token = await at.link(await idOf('ivanov'), 'REGISTRATION');
    await at.itIs('2026-10-22T12:01:00Z');
    expect(await refused(registration.confirm(visitor, token))).toEqual(['REG_LINK_EXPIRED']);
    expect(await people()).toEqual([]);
    await registration.register(visitor, form('ivanov', { email: 'other@mail.example' }));
    expect((await people()).map(({ email }) => email)).toEqual(['other@mail.example']);
  });

  it('still works in the last minute', async () => {
    await registration.register(visitor, form('ivanov'));
    const token = await at.link(await idOf('ivanov'), 'REGISTRATION');
    await at.itIs('2026-10-22T11:59:00Z');
    expect(await registration.confirm(visitor, token)).toEqual({ login: 'ivanov' });
  });

  it('frees the login of an expired registration without the link and without the purge', async () => {
    await registration.register(visitor, form('ivanov'));
    await at.itIs('2026-10-23T00:00:00Z');
    await registration.register(visitor, form('ivanov', { email: 'other@mail.example' }));
    expect(await people()).toHaveLength(1);
  });

  it('is no way in for another purpose', async () => {
    const userId = await at.person('ivanov');
    const token = await at.link(userId, 'RECOVERY');
    expect(await refused(registration.confirm(visitor, token))).toEqual(['REG_LINK_EXPIRED']);
    await expect(at.link(userId, 'REGISTRATION')).rejects.toThrow('There was nothing to send');
  });

  it('is sent again where a registration waits, and the answer tells nobody', async () => {
    await registration.register(visitor, form('ivanov'));
    await at.person('petrova');
    for (const login of ['ivanov', 'ivanov@mail.example', 'petrova', 'nobody'])
      await registration.resend(await at.visitor({ ip: `10.2.0.${login.length}` }), login);
    const userId = await idOf('ivanov');
    expect(await at.facts()).toEqual(Array.from({ length: 3 }, () => ({ fact: 'UserRegistered', userId })));
  });
});

describe('the purge', () => {
  it('drops what was never confirmed in time, and nothing else', async () => {
    await registration.register(visitor, form('late'));
    await at.itIs('2026-10-21T12:00:00Z');
    await registration.register(visitor, form('waiting'));
    await at.person('active');
    await at.itIs('2026-10-22T12:01:00Z');
    await Promise.all([at.module.get(Purge).run(), at.module.get(Purge).run()]);
    expect((await people()).map(({ login }) => login).sort()).toEqual(['active', 'waiting']);
  });
});

describe('pictures and limits', () => {
  const picture = async () => {
    const { id, svg } = await at.module.get(Captchas).draw();
    expect(svg).toMatch(/^<svg/);
    return { id, text: (await at.module.get(RedisClient).get(`captcha:${id}`)) ?? '' };
  };

  it('wants the picture’s code where the portal says always, right and once', async () => {
    const strict = await at.visitor({ ip: '10.3.0.1', settings: { captcha: { registration: 'always' } } });
    expect(await refused(registration.register(strict, form('ivanov')))).toEqual([
      'CAPTCHA_WRONG at captcha',
    ]);
    const { id, text } = await picture();
    const answered = form('ivanov', { captcha: { id, text: ` ${text.toLowerCase()} ` } });
    await registration.register(strict, answered);
    const other = form('petrov', { captcha: { id, text } });
    expect(await refused(registration.register(strict, other))).toEqual(['CAPTCHA_WRONG at captcha']);
  });

  it('asks a sum in words of whoever cannot see the picture, under the same rules', async () => {
    const strict = await at.visitor({ ip: '10.3.0.7', settings: { captcha: { registration: 'always' } } });
    const captchas = at.module.get(Captchas);
    const numbers =
      'ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать'.split(' ');
    const asked = async () => {
      const { id, svg, question } = await captchas.ask('ru');
      const [, a = '', b = '', c = ''] = /(\S+) плюс (\S+) минус (\S+)\?/.exec(question ?? '') ?? [];
      expect(svg).toBeNull();
      return { id, right: numbers.indexOf(a) + numbers.indexOf(b) - numbers.indexOf(c) };
    };
    const wrong = await asked();
    const answer = (id: string, text: string) => ({ captcha: { id, text } });
    expect(await refused(registration.register(strict, form('blind', answer(wrong.id, '99'))))).toEqual([
      'CAPTCHA_WRONG at captcha',
    ]);
    expect(
      await refused(registration.register(strict, form('blind', answer(wrong.id, String(wrong.right))))),
    ).toEqual(['CAPTCHA_WRONG at captcha']);
    const { id, right } = await asked();
    expect(await registration.register(strict, form('blind', answer(id, ` ${right} `)))).toMatchObject({
      email: 'blind@mail.example',
    });
  });

  it('uses a picture up by a wrong answer', async () => {
    const strict = await at.visitor({ ip: '10.3.0.2', settings: { captcha: { registration: 'always' } } });
    const { id, text } = await picture();
    for (const answer of ['wrong', text])
      expect(
        await refused(registration.register(strict, form('ivanov', { captcha: { id, text: answer } }))),
      ).toEqual(['CAPTCHA_WRONG at captcha']);
  });

  it('wants one of whoever registers many', async () => {
    for (let n = 0; n < 5; n += 1) await registration.register(visitor, form(`person-${n}`));
    expect(await refused(registration.register(visitor, form('person-5')))).toEqual([
      'CAPTCHA_WRONG at captcha',
    ]);
    const bench = await at.visitor({ ip: visitor.viewer.ip, isBench: true });
    await registration.register(bench, form('person-6'));
  });
});
