import { literal, near } from './copy';

it('asks for ids that lie close together by their range, for others by their list', () => {
  expect(near('id', [7, 5, 6, 9])).toBe('id between 5 and 9');
  expect(near('id', [4])).toBe('id between 4 and 4');
  expect(near('id', [1, 9, 5])).toBe('id in (1, 5, 9)');
  expect(near('id', [])).toBe('false');
  expect(near('id', [901, 7, 5, 900, 6])).toBe('(id between 5 and 7 or id between 900 and 901)');
  const apart = Array.from({ length: 9 }, (_, place) => 1000 * place + 1);
  expect(near('id', apart)).toBe(`id in (${apart.join(', ')})`);
});

it('lets nothing but ids into a statement', () => {
  expect(literal(['1', '20'])).toBe('1, 20');
  for (const given of ['', '-1', '1; drop table house', '1.5', '1e3'])
    expect(() => literal(given)).toThrow(RangeError);
  expect(() => literal([])).toThrow(RangeError);
  expect(() => near('id', [1.5])).toThrow(RangeError);
  expect(() => near('id', [Number.NaN])).toThrow(RangeError);
});
