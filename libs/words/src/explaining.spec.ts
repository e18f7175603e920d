import { ENUM_LABELS } from './enums';
import { explainingWords, filled, lawText } from './explaining';
import { LOCALES } from './locale';

describe('words of an explanation', () => {
  it.each(LOCALES)('tell every way to charge in one sentence (%s)', (locale) => {
    const { methods } = explainingWords(locale);
    expect(Object.keys(methods).sort()).toEqual(Object.keys(ENUM_LABELS.Method).sort());
    for (const sentence of Object.values(methods)) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('take the same values in every language', () => {
    const names = (locale: (typeof LOCALES)[number]) =>
      Object.values(explainingWords(locale)).map((text) =>
        typeof text === 'string' ? [...text.matchAll(/\{\w+\}/g)].map(String).sort() : [],
      );
    for (const locale of LOCALES) expect(names(locale)).toEqual(names('ru'));
  });

  it('put values in, and leave alone what has none', () => {
    expect(filled('с {from} по {to}', { from: '1', to: '14' })).toBe('с 1 по 14');
    expect(filled('{other}', {})).toBe('{other}');
  });

  it('name the law in its own language', () => {
    expect(lawText('PP 354, p. 42, formula 1')).toBe('ПП РФ № 354, п. 42, формула 1');
    expect(lawText('ЖК РФ 155, part 14, 14.1')).toBe('ЖК РФ, ст. 155, ч. 14, 14.1');
    expect(lawText('PP 354, part VIII')).toBe('ПП РФ № 354, раздел VIII');
    expect(lawText('PP 354, p. 44, 47; PP 92 of 2022')).toBe('ПП РФ № 354, п. 44, 47; ПП РФ № 92 (2022)');
  });
});
