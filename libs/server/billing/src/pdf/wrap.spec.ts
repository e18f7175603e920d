import { styleOf } from './page';
import { wrap } from './wrap';

const STYLE = styleOf(10);
const widthOf = (text: string): number => (STYLE.face.widthOf(text) * STYLE.size) / 1000;

it('keeps a text that fits', () => {
  expect(wrap('Лицевой счёт', STYLE, 200)).toEqual(['Лицевой счёт']);
  expect(wrap('', STYLE, 200)).toEqual(['']);
});

it('parts words by plain spaces only, each line as full as it can be', () => {
  const lines = wrap('Содержание и ремонт жилого помещения 1\u00a0588,50\u00a0₽', STYLE, 110);
  expect(lines.join(' ')).toBe('Содержание и ремонт жилого помещения 1\u00a0588,50\u00a0₽');
  expect(lines.length).toBeGreaterThan(1);
  for (const [at, line] of lines.entries()) {
    expect(widthOf(line)).toBeLessThanOrEqual(110);
    const next = lines[at + 1]?.split(' ')[0];
    if (next !== undefined) expect(widthOf(`${line} ${next}`)).toBeGreaterThan(110);
  }
});

it('cuts a word that no line holds, and loses nothing of it', () => {
  const lines = wrap('a.very.long.address@priborka.example', STYLE, 60);
  expect(lines.join('')).toBe('a.very.long.address@priborka.example');
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(60);
});
