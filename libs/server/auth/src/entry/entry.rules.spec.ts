import { portalRules } from '../portals/portal.rules';
import { emailRefusals, loginRefusals, passwordRefusals } from './entry.rules';

const rules = portalRules({});

describe('what a login may look like', () => {
  it.each(['Иванов_1-а', 'ivanov', 'Ё', 'a'.repeat(30)])('takes %s', (login) =>
    expect(loginRefusals(login, rules)).toEqual([]),
  );

  it.each([
    ['1van', 'REG_LOGIN_FORM', { problem: 'FIRST_LETTER' }],
    ['-van', 'REG_LOGIN_FORM', { problem: 'FIRST_LETTER' }],
    ['a'.repeat(31), 'REG_LOGIN_FORM', { problem: 'TOO_LONG', maxLength: 30, length: 31 }],
    ['иван петров', 'REG_LOGIN_FORM', { problem: 'SYMBOL', symbol: ' ' }],
    ['ivan@mail.ru', 'REG_LOGIN_FORM', { problem: 'SYMBOL', symbol: '@' }],
    ['i😀', 'REG_LOGIN_FORM', { problem: 'SYMBOL', symbol: '😀' }],
  ])('refuses %s', (login, code, params) =>
    expect(loginRefusals(login, rules)).toEqual([{ code, path: ['login'], params }]),
  );

  it('wants one', () => expect(loginRefusals('', rules)).toEqual([{ code: 'REQUIRED', path: ['login'] }]));
});

describe('what an e-mail looks like', () => {
  it.each(['a@b.ru', 'иван@почта.рф', 'first.last+tag@sub.domain.example', "o'neil@example.com"])(
    'takes %s',
    (email) => expect(emailRefusals(email)).toEqual([]),
  );

  it.each([
    'ivan',
    'ivan@',
    '@mail.ru',
    'ivan@mail',
    'a b@mail.ru',
    'a@b@mail.ru',
    'a@mail.ru\nBcc: b@mail.ru',
    '<a@mail.ru>',
    'a@mail.ru, b@mail.ru',
    `${'a'.repeat(65)}@mail.ru`,
    `a@${'b'.repeat(260)}.ru`,
  ])('refuses %j', (email) =>
    expect(emailRefusals(email)).toEqual([{ code: 'EMAIL_FORM', path: ['email'] }]),
  );
});

describe('what a password may be', () => {
  const check = (password: string, settings = {}, passwordAgain = password) =>
    passwordRefusals({ password, passwordAgain }, portalRules(settings));
  const seed = { password: { min: 6, max: 16, symbols: '!@#$%^_.-*&;' } };

  it('counts characters as people do, and takes any of them', () => {
    expect(check('Пароль 🏠🏠')).toEqual([]);
    expect(check('a'.repeat(64))).toEqual([]);
    expect(check('🏠'.repeat(7))).toEqual([
      { code: 'PASSWORD_LENGTH', path: ['password'], params: { min: 8, max: 64, length: 7 } },
    ]);
    expect(check('a'.repeat(65))).toMatchObject([{ code: 'PASSWORD_LENGTH', params: { length: 65 } }]);
  });

  it('follows the portal where it is stricter', () => {
    expect(check('Abc12!', seed)).toEqual([]);
    expect(check('Abc1!', seed)).toMatchObject([{ code: 'PASSWORD_LENGTH' }]);
    expect(check('a'.repeat(17), seed)).toMatchObject([{ code: 'PASSWORD_LENGTH' }]);
    expect(check('Абв§12', seed)).toEqual([
      {
        code: 'PASSWORD_SYMBOL',
        path: ['password'],
        params: { symbol: '§', allowed: '! @ # $ % ^ _ . - * & ;' },
      },
    ]);
    expect(check('a'.repeat(7), { password: { min: 8, max: 20 } })).toMatchObject([
      { params: { min: 8, max: 20, length: 7 } },
    ]);
  });

  it('wants it twice', () => {
    expect(check('correct horse', {}, 'correct house')).toEqual([
      { code: 'PASSWORD_MISMATCH', path: ['passwordAgain'] },
    ]);
    expect(check('')).toEqual([{ code: 'REQUIRED', path: ['password'] }]);
  });
});
