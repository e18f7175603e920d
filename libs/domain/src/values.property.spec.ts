import fc from 'fast-check';
import { decimalText, parseDecimal, priceOf, quantityOf, readDecimal } from './decimal';
import { charge, negate } from './money';
import { divideHalfAway, split } from './rounding';
import { LAW } from './testing';

const kopeks = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const weight = fc.bigInt({ min: 0n, max: 10n ** 9n });

describe('laws of numbers', () => {
  it('a split loses nothing, and no part strays by a whole unit', () =>
    fc.assert(
      fc.property(kopeks, fc.array(weight, { minLength: 1, maxLength: 12 }), (total, weights) => {
        const whole = weights.reduce((all, one) => all + one, 0n);
        fc.pre(whole > 0n);
        const parts = split(total, weights);
        expect(parts.reduce((all, part) => all + part, 0n)).toBe(total);
        for (const [place, part] of parts.entries()) {
          const strays = part * whole - total * (weights[place] ?? 0n);
          expect(strays < whole && strays > -whole).toBe(true);
        }
      }),
      LAW,
    ));

  it('rounding is odd and strays by half at most', () =>
    fc.assert(
      fc.property(kopeks, fc.bigInt({ min: 1n, max: 10n ** 9n }), (numerator, denominator) => {
        const rounded = divideHalfAway(numerator, denominator);
        expect(divideHalfAway(-numerator, denominator)).toBe(-rounded);
        const strays = rounded * denominator - numerator;
        expect(2n * (strays < 0n ? -strays : strays) <= denominator).toBe(true);
      }),
      LAW,
    ));

  it('a reversal undoes a charge to the kopek', () =>
    fc.assert(
      fc.property(kopeks, weight, (volume, tariff) => {
        const there = charge(quantityOf(volume), priceOf(tariff));
        expect(charge(quantityOf(-volume), priceOf(tariff))).toBe(negate(there));
      }),
      LAW,
    ));

  it('what is written is read again', () =>
    fc.assert(
      fc.property(
        kopeks,
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 0, max: 8 }),
        (value, scale, least) => {
          const text = decimalText(value, scale, Math.min(least, scale));
          expect(parseDecimal(text, scale)).toBe(value);
          expect(readDecimal(text.replace('.', ','))).toBe(text);
        },
      ),
      LAW,
    ));

  it('a charge in parts differs from the whole by at most one unit a part', () =>
    fc.assert(
      fc.property(weight, weight, weight, (one, other, tariff) => {
        const parts = charge(quantityOf(one), priceOf(tariff)) + charge(quantityOf(other), priceOf(tariff));
        const strays = parts - charge(quantityOf(one + other), priceOf(tariff));
        expect(strays >= -1n && strays <= 1n).toBe(true);
      }),
      LAW,
    ));
});
