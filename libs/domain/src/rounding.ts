/**
 * Divides and rounds half away from zero, so that `f(-x) = -f(x)`: 5/2 → 3, -5/2 → -3.
 *
 * The only rounding of the product (specification 0.2, rule 3). The denominator must be positive; a zero or
 * negative one is a fault of the caller and throws RangeError.
 */
export function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError(`Denominator must be positive, got ${denominator}`);
  const half = denominator >> 1n;
  return (numerator < 0n ? numerator - half : numerator + half) / denominator;
}

/**
 * Splits a whole into parts proportional to weights by largest remainders: nothing is lost, and no part strays
 * by a whole unit from its exact share. Leftover units go to the largest fractions, ties to the first part
 * (specification D.4). A negative total is split as its opposite and negated.
 *
 * @throws RangeError on a negative weight, or when something is to be split over weights that are all zero
 */
export function split(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n) return split(-total, weights).map((part) => -part);
  const whole = weights.reduce((sum, weight) => sum + asWeight(weight), 0n);
  if (whole === 0n) {
    if (total !== 0n) throw new RangeError('Nothing to split over: all weights are zero');
    return weights.map(() => 0n);
  }
  const parts = weights.map((weight) => (total * weight) / whole);
  let left = total - parts.reduce((sum, part) => sum + part, 0n);
  const fractions = weights.map((weight, place) => ({ place, fraction: (total * weight) % whole }));
  fractions.sort((a, b) =>
    a.fraction === b.fraction ? a.place - b.place : a.fraction < b.fraction ? 1 : -1,
  );
  for (const { place } of fractions) {
    if (left === 0n) break;
    parts[place] = (parts[place] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}

function asWeight(weight: bigint): bigint {
  if (weight < 0n) throw new RangeError(`A weight cannot be negative, got ${weight}`);
  return weight;
}
