import { messageText } from '@kvartal/ui';
import { LOCALES } from '@kvartal/words';
import { en } from './en';
import { kk } from './kk';
import { ru } from './ru';

const languages = { ru, kk, en };

function flat(texts: object, before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : flat(value, `${before}${key}.`),
  );
}

/** The values that a message takes, wherever in it they stand. */
const valuesOf = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name))].sort();

const messages = flat(ru).map(([key, russian]) => ({ key, russian }));

describe.each(LOCALES)('the texts in %s', (locale) => {
  const texts = new Map(flat(languages[locale]));

  it('takes the same values in every message', () => {
    const wrong = messages.filter(({ key, russian }) => {
      const own = texts.get(key) ?? '';
      return valuesOf(own).join() !== valuesOf(russian).join();
    });
    expect(wrong.map(({ key }) => key)).toEqual([]);
  });

  it('can be read for any number', () => {
    for (const message of texts.values())
      for (const count of [0, 1, 2, 5, 21])
        expect(messageText(message, { count }, locale)).not.toMatch(/plural|#/);
  });
});

it('no language is left in Russian', () => {
  for (const locale of ['kk', 'en'] as const) {
    const russian = new Map(flat(ru));
    const same = flat(languages[locale]).filter(
      ([key, text]) => /[а-яё]{4}/i.test(text) && russian.get(key) === text,
    );
    expect(same.map(([key]) => key).filter((key) => !SAME.has(key))).toEqual([]);
  }
});

/** Words that the languages share. */
const SAME = new Set([
  'entry.login',
  'facts.holder',
  'facts.phone',
  'link.billHolder',
  'link.billName',
  'charges.price',
  'charges.priceSmall',
  'chart.resource',
]);
