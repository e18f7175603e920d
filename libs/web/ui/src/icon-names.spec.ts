import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string): string => readFileSync(join(__dirname, '..', file), 'utf8');
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

describe('the sprite of icons', () => {
  it('holds exactly the icons of names.json, and so does the type', () => {
    const names: string[] = JSON.parse(read('icons/names.json'));
    expect(all(read('assets/icons.svg'), /<symbol id="([^"]+)"/g)).toEqual(names);
    expect(all(read('src/icon-names.ts'), /\| '([^']+)'/g)).toEqual(names);
  });
});
