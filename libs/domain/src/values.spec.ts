import {
  decimalText,
  parseDecimal,
  price,
  priceText,
  quantity,
  quantityText,
  ratio,
  ratioText,
  readDecimal,
} from './decimal';
import {
  addMoney,
  charge,
  maxMoney,
  minMoney,
  money,
  moneyText,
  negate,
  subtractMoney,
  sum,
  ZERO,
} from './money';
import { divideHalfAway, split } from './rounding';

describe('decimals', () => {
  it.each([
    ['164.40', 2, 16440n],
    ['-0.01', 2, -1n],
    ['0', 2, 0n],
    ['00009177', 0, 9177n],
    ['10.418', 6, 10418000n],
  ])('reads %s', (text, scale, value) => expect(parseDecimal(text, scale)).toBe(value));

  it.each(['', '1.', '.5', '1,5', '1e3', ' 1', '+1', '--1', '1.234', 'NaN', '1 000'])(
    'refuses %j as money',
    (text) => expect(() => money(text)).toThrow(RangeError),
  );

  it('writes the shortest form with the decimals asked for', () => {
    expect(quantityText(quantity('10.418000'))).toBe('10.418');
    expect(quantityText(quantity('10'), 3)).toBe('10.000');
    expect(priceText(price('5'))).toBe('5.00');
    expect(priceText(price('5.123400'))).toBe('5.1234');
    expect(ratioText(ratio('0.00000001'))).toBe('0.00000001');
    expect(decimalText(-5n, 2, 2)).toBe('-0.05');
    expect(decimalText(7n, 0)).toBe('7');
  });

  it.each([
    ['12,5', '12.5'],
    [' 1 234,50 ', '1234.50'],
    ['1\u00a0234', '1234'],
    ['\u22125', '-5'],
    [',5', '0.5'],
    ['12,', '12'],
    ['00012.30', '00012.30'],
  ])('understands %j as people type it', (typed, plain) => expect(readDecimal(typed)).toBe(plain));

  it.each(['', ' ', '-', ',', '1,234.5', '1.2.3', '12a', '1,2,3'])('does not guess at %j', (typed) =>
    expect(readDecimal(typed)).toBeUndefined(),
  );
});

describe('money', () => {
  it('adds, subtracts, compares', () => {
    expect(moneyText(addMoney(money('0.10'), money('0.20')))).toBe('0.30');
    expect(moneyText(sum([money('1'), money('-2.50')]))).toBe('-1.50');
    expect(moneyText(subtractMoney(money('1'), money('0.99')))).toBe('0.01');
    expect(negate(ZERO)).toBe(0n);
    expect(maxMoney(money('1'), money('2'))).toBe(200n);
    expect(minMoney(money('1'), money('2'))).toBe(100n);
    expect(sum([])).toBe(0n);
  });

  it.each([
    ['10.418', '15.78', '164.40'],
    ['2.5', '0.01', '0.03'],
    ['-2.5', '0.01', '-0.03'],
    ['1.005', '1', '1.01'],
    ['0', '118.07', '0.00'],
  ])('%s at %s costs %s', (volume, tariff, amount) =>
    expect(moneyText(charge(quantity(volume), price(tariff)))).toBe(amount),
  );
});

describe('rounding', () => {
  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [4n, 3n, 1n],
    [5n, 3n, 2n],
    [-4n, 3n, -1n],
    [-5n, 3n, -2n],
    [0n, 7n, 0n],
    [1n, 2n, 1n],
  ])('%s / %s is %s', (numerator, denominator, result) =>
    expect(divideHalfAway(numerator, denominator)).toBe(result),
  );

  it.each([0n, -1n])('refuses to divide by %s', (denominator) =>
    expect(() => divideHalfAway(1n, denominator)).toThrow(RangeError),
  );

  it('gives leftovers to the largest fractions, ties to the first', () => {
    expect(split(2n, [1n, 1n, 1n])).toEqual([1n, 1n, 0n]);
    expect(split(-2n, [1n, 1n, 1n])).toEqual([-1n, -1n, 0n]);
    expect(split(10n, [1n, 2n, 0n])).toEqual([3n, 7n, 0n]);
    expect(split(0n, [0n, 0n])).toEqual([0n, 0n]);
    expect(split(0n, [])).toEqual([]);
  });

  it('refuses weights that say nothing', () => {
    expect(() => split(1n, [0n])).toThrow(RangeError);
    expect(() => split(1n, [])).toThrow(RangeError);
    expect(() => split(1n, [2n, -1n])).toThrow(RangeError);
  });
});
