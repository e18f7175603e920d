import { messageText } from './message';

describe('messageText', () => {
  const days =
    '{count, plural, one {остался # день} few {осталось # дня} many {осталось # дней} other {осталось # дня}}';

  it('puts values in', () => {
    expect(messageText('Домов: {done} из {houses}', { done: 81, houses: '312' }, 'ru')).toBe(
      'Домов: 81 из 312',
    );
  });

  it.each([
    [1, 'остался 1 день'],
    [3, 'осталось 3 дня'],
    [12, 'осталось 12 дней'],
    [1121, 'остался 1\u00a0121 день'],
  ])('bends the word that goes with %p', (count, text) => {
    expect(messageText(days, { count }, 'ru')).toBe(text);
  });

  it('takes the form for the rest where a language has no other', () => {
    expect(messageText('{count, plural, other {# күн қалды}}', { count: 1 }, 'kk')).toBe('1 күн қалды');
  });

  it('reads values inside a form', () => {
    expect(
      messageText('{n, plural, one {# дом: {name}} other {# дома}}', { n: 1, name: 'Садовая' }, 'ru'),
    ).toBe('1 дом: Садовая');
  });

  it('refuses a group that it cannot read', () => {
    expect(() => messageText('{count, select, a {x}}', { count: 1 }, 'ru')).toThrow(RangeError);
  });
});
