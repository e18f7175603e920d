import { BOLD, REGULAR } from './typeface';

const ALPHABETS = [
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
  'әғқңөұүһіӘҒҚҢӨҰҮҺІ',
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789 .,:;()[]+-/%@_«»„“—–−×№₽₸²³·\u00a0',
];

describe.each([
  ['regular', REGULAR],
  ['half-bold', BOLD],
])('the %s weight', (_, face) => {
  it.each(ALPHABETS)('holds %s', (signs) => {
    expect(face.holds(signs)).toBe(true);
    expect(face.encode(signs)).not.toContain('0000');
  });

  it('has figures of one width, so that columns stand straight', () => {
    expect(new Set([...'0123456789'].map((figure) => face.widthOf(figure))).size).toBe(1);
  });

  it('is read back as the text that was written', () => {
    const codes = new Map(face.characters().map(([glyph, code]) => [glyph, String.fromCharCode(code)]));
    const text = 'Әліби Қайратұлы, А и A, 1 588,50 ₸';
    const glyphs = face.encode(text).match(/.{4}/g) ?? [];
    expect(glyphs.map((glyph) => codes.get(Number.parseInt(glyph, 16))).join('')).toBe(text);
  });

  it('says what it does not hold, and draws the sign for a missing letter', () => {
    expect(face.holds('日')).toBe(false);
    expect(face.encode('日')).toBe('0000');
    expect(face.widthOf('日')).toBeGreaterThan(0);
  });
});

it('sets a text as wide as the sum of its letters', () => {
  expect(REGULAR.widthOf('Дом')).toBe(REGULAR.widthOf('Д') + REGULAR.widthOf('о') + REGULAR.widthOf('м'));
  expect(BOLD.widthOf('Дом')).toBeGreaterThan(REGULAR.widthOf('Дом'));
});
