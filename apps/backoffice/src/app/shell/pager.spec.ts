import { pageOf } from './pager';

describe('the page that an address names', () => {
  it.each([
    [undefined, undefined, { number: 1, size: 25 }],
    ['3', '50', { number: 3, size: 50 }],
    ['0', '10', { number: 1, size: 25 }],
    ['-2', '1000', { number: 1, size: 25 }],
    ['1.5', 'x', { number: 1, size: 25 }],
  ])('page %s of size %s', (number, size, expected) => {
    expect(pageOf(number, size)).toEqual(expected);
  });
});
