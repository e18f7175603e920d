import { messageText } from './message';

describe('messageText', () => {
  it('puts values in', () => {
    expect(messageText('Долг на {day}: {sum}', { day: '1 августа', sum: '3 963,51' }, 'ru')).toBe('Долг на 1 августа: 3 963,51');
  });

  it.each([
    [1, 'Остался 1 день'],
    [3, 'Осталось 3 дня'],
    [13, 'Осталось 13 дней'],
    [21, 'Остался 21 день'],
  ])('bends a word by its number: %i', (count, text) => {
    const message = '{count, plural, one {Остался # день} few {Осталось # дня} many {Осталось # дней} other {Осталось # дня}}';
    expect(messageText(message, { count }, 'ru')).toBe(text);
  });

  it('reads a value inside a form', () => {
    const message = '{count, plural, one {# поле у {name}} other {# полей у {name}}}';
    expect(messageText(message, { count: 1, name: 'Анны' }, 'ru')).toBe('1 поле у Анны');
  });

  it('falls back on the form for the rest', () => {
    expect(messageText('{count, plural, other {# күн}}', { count: 1 }, 'kk')).toBe('1 күн');
  });
});
