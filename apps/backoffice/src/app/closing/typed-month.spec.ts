import { isTyped } from './typed-month';

describe('the typed confirmation of a month', () => {
  it.each(['октябрь 2026', ' Октябрь  2026 ', 'октябрь\u00a02026'])('accepts «%s»', (typed) => {
    expect(isTyped(typed, 'октябрь\u00a02026')).toBe(true);
  });

  it.each(['', 'октябрь', 'ноябрь 2026', 'октябрь 2025'])('does not accept «%s»', (typed) => {
    expect(isTyped(typed, 'октябрь\u00a02026')).toBe(false);
  });
});
