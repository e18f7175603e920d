import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENUM_LABELS, enumText, enumTextOf, resourceUnit, unitText } from './enums';
import { LOCALES } from './locale';

const contract = readFileSync(join(__dirname, '../../../schema.graphql'), 'utf8');

/** Every enum of the contract: its name and values, descriptions left out. */
const enums = [...contract.replace(/"""[^]*?"""/g, '').matchAll(/^enum (\w+)\s*{([^}]*)}/gm)]
  .map(([, name = '', body = '']): [string, string[]] => [name, body.trim().split(/\s+/)])
  .filter(([name]) => name !== 'RefusalCode');

describe('enums in words', () => {
  it('reads the contract', () => expect(enums.length).toBeGreaterThan(15));

  it.each(enums)('has every value of %s in every language', (name, values) => {
    const tables: Readonly<Record<string, object | undefined>> = ENUM_LABELS;
    expect(Object.keys(tables[name] ?? {}).sort()).toEqual([...values].sort());
  });

  it('leaves no label empty and has each in three languages', () => {
    for (const table of Object.values(ENUM_LABELS))
      for (const texts of Object.values<readonly string[]>(table)) {
        expect(texts).toHaveLength(LOCALES.length);
        for (const text of texts) expect(text).toMatch(/\S/);
      }
  });

  it('says a value in the language asked for', () => {
    expect(enumText('RequestState', 'DONE', 'ru')).toBe('Исполнена');
    expect(enumText('Resource', 'COLD_WATER', 'kk')).toBe('Суық су');
    expect(enumTextOf('Role', 'ACCOUNTANT', 'en')).toBe('Accountant');
    expect(enumTextOf('Role', 'JANITOR', 'ru')).toBe('JANITOR');
  });

  it('knows what a resource is measured in', () => {
    expect(resourceUnit('ELECTRICITY', 'ru')).toBe('кВт·ч');
    expect(resourceUnit('ELECTRICITY', 'kk')).toBe('кВт·сағ');
    expect(unitText('м³', 'en')).toBe('m³');
    expect(unitText('п.м.', 'en')).toBe('п.м.');
  });
});
