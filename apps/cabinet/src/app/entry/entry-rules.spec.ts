import { loginProblem, looksLikeEmail } from './entry-rules';

describe('loginProblem', () => {
  it.each(['Иванов_1-а', 'maria', 'Әлия', 'ё'])('%s is fine', (login) =>
    expect(loginProblem(login, 30)).toBeUndefined(),
  );

  it.each([
    ['1van', { problem: 'FIRST_LETTER' }],
    ['_ivan', { problem: 'FIRST_LETTER' }],
    ['ivan petrov', { problem: 'SYMBOL', symbol: ' ' }],
    ['ivan@mail.ru', { problem: 'SYMBOL', symbol: '@' }],
    ['i'.repeat(31), { problem: 'TOO_LONG', maxLength: '30', length: '31' }],
  ])('%s is not', (login, problem) => expect(loginProblem(login, 30)).toEqual(problem));
});

describe('looksLikeEmail', () => {
  it.each(['a@b.ru', ' maria.ivanova@mail.example ', 'имя@почта.рф'])('%s does', (text) =>
    expect(looksLikeEmail(text)).toBe(true),
  );
  it.each(['', 'maria', 'a@b', 'a@@b.ru', 'a b@c.ru', '@b.ru', 'a@.ru'])('%s does not', (text) =>
    expect(looksLikeEmail(text)).toBe(false),
  );
});
