/**
 * Rounds a quotient half away from zero («арифметическое»): 0.5 → 1, −0.5 → −1. The one rounding of the product.
 * Throws RangeError when the denominator is zero.
 */
export function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  if (denominator < 0n) return divideHalfAway(-numerator, -denominator);
  const doubled = numerator * 2n;
  return numerator >= 0n
    ? (doubled + denominator) / (denominator * 2n)
    : (doubled - denominator) / (denominator * 2n);
}

/**
 * Splits a total by weights so that nothing is lost: every share is floored, and what is left goes one by one to the
 * largest remainders, ties to the first. Weights at or below zero get nothing. Throws RangeError when there is
 * something to split and no positive weight.
 */
export function split(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n) return split(-total, weights).map((share) => -share);
  const positive = weights.map((weight) => (weight > 0n ? weight : 0n));
  const whole = positive.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map(() => 0n);
  if (whole === 0n) throw new RangeError('There is nothing to split by');
  const shares = positive.map((weight) => (total * weight) / whole);
  const remainders = positive.map((weight, at) => ({ at, left: (total * weight) % whole }));
  let left = Number(total - shares.reduce((sum, share) => sum + share, 0n));
  remainders.sort((a, b) => (a.left === b.left ? a.at - b.at : a.left < b.left ? 1 : -1));
  for (const { at } of remainders) {
    if (left === 0) break;
    shares[at] = (shares[at] ?? 0n) + 1n;
    left -= 1;
  }
  return shares;
}
