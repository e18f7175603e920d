import fc from 'fast-check';
import { quantity, quantityOf, quantityText } from '../decimal';
import { LAW } from '../testing';
import { cutAmong, cutVolume, placeAmong } from './cut-volume';
import { type Dated } from './snapshot';

const days = (from: number, to: number) => ({ from, to });
const fact = (from: number, to: number, value = 1n): Dated<bigint> => ({ from, to, value });
const volume = (text: string, from: number, to: number) => ({
  ...days(from, to),
  quantity: quantity(text),
  weights: null,
});
const cut = (...given: Parameters<typeof cutVolume>) =>
  cutVolume(...given).map(({ from, to, quantity: part, fact: own }) => [
    from,
    to,
    quantityText(part),
    own?.value,
  ]);

describe('a volume over facts that change', () => {
  it('is cut by days, the last part taking what rounding leaves', () =>
    // 10 / 3 twice, and the rest
    expect(cut(volume('10', 0, 3), [fact(0, 1, 1n), fact(1, 2, 2n), fact(2, 9, 3n)])).toEqual([
      [0, 1, '3.333333', 1n],
      [1, 2, '3.333333', 2n],
      [2, 3, '3.333334', 3n],
    ]));

  it('takes the first fact before there is one, and none after the last', () =>
    expect(cut(volume('6', 0, 6), [fact(2, 4)])).toEqual([
      [0, 4, '4', 1n],
      [4, 6, '2', undefined],
    ]));

  it('follows its weights, and falls to the last part where they weigh nothing', () => {
    const facts = [fact(0, 2, 1n), fact(2, 9, 2n)];
    const weighed = (...weights: Dated<bigint>[]) => cut({ ...volume('6', 0, 4), weights }, facts);
    expect(weighed(fact(0, 2, 2n), fact(2, 4, 1n))).toEqual([
      [0, 2, '4', 1n],
      [2, 4, '2', 2n],
    ]);
    expect(weighed()).toEqual([
      [0, 2, '0', 1n],
      [2, 4, '6', 2n],
    ]);
  });

  it('loses and gains nothing, however it is cut', () => {
    const day = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.uniqueArray(day), (amount, cuts) => {
        const starts = [0, ...cuts].sort((one, other) => one - other);
        const facts = starts.map((from, place) => fact(from, starts[place + 1] ?? 40, BigInt(place)));
        const parts = cutVolume({ ...volume('0', 0, 31), quantity: quantityOf(amount) }, facts);
        expect(parts.reduce((total, part) => total + part.quantity, 0n)).toBe(amount);
        expect(parts.reduce((total, part) => total + part.to - part.from, 0)).toBe(31);
      }),
      LAW,
    );
  });
});

describe('a volume of a service that comes in rows', () => {
  const rows = [days(10, 15), days(20, 25), days(25, 30)];
  const shown = (given: ReturnType<typeof volume>) =>
    cutAmong(given, rows).map(({ from, to, quantity: part }) => [from, to, quantityText(part)]);

  it('falls to each row until the next one begins, what lies before to the first and after to the last', () =>
    expect(shown(volume('30', 5, 35))).toEqual([
      [5, 20, '15'],
      [20, 25, '5'],
      [25, 35, '10'],
    ]));

  it('gives nothing to a row that it does not reach', () => {
    expect(shown(volume('5', 5, 10))).toEqual([
      [5, 10, '5'],
      [20, 20, '0'],
      [25, 25, '0'],
    ]);
    expect(shown(volume('5', 22, 27))).toEqual([
      [10, 10, '0'],
      [22, 25, '3'],
      [25, 27, '2'],
    ]);
  });

  it('is whole where there is one row, whatever days that has', () => {
    const whole = volume('5', 5, 10);
    expect(cutAmong(whole, [days(7, 8)])).toEqual([whole]);
  });

  it('knows a row by either of its ends: a begun month that is charged whole reaches beyond it', () => {
    expect([days(1, 15), days(20, 25), days(25, 31)].map((row) => placeAmong(row, rows))).toEqual([0, 1, 2]);
    expect(placeAmong(days(11, 14), rows)).toBe(-1);
  });
});
