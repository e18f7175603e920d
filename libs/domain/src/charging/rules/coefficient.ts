import { type Quantity, quantityOf } from '../../decimal';
import { divideHalfAway } from '../../rounding';
import { changeAfter, factOn, weightOver } from '../dated';
import { type AccountService, type AccountSnapshot, type Dated } from '../snapshot';
import { type Recorder } from '../trace';

const ONE = 100_000_000n;

/**
 * A norm with its multiplying coefficient, rounded once to a millionth: the account's own where an act raises it (no
 * meter though there could be one, access refused, tampering), else the one that follows the months of the average
 * (specification B.3.2, B.7). It is a figure for money, not for water: no common volume and no drain sees it. Undefined
 * where nothing raises the norm.
 */
export function raisedVolume(
  account: AccountSnapshot,
  { terms, coefficients = [], from, to }: AccountService,
  given: { people: readonly Dated<Quantity>[]; isEstimate: boolean; recorder: Recorder | undefined },
): Quantity | undefined {
  const usualId = terms.estimateCoefficientId;
  const usual = (given.isEstimate ? terms.estimateCoefficient : undefined) ?? ONE;
  if (coefficients.length === 0 && usual === ONE) return undefined;
  let exact = 0n;
  for (let at = from; at < to;) {
    const end = Math.min(to, changeAfter(terms.norms, at), changeAfter(coefficients, at));
    const act = factOn(coefficients, at);
    const norm = factOn(terms.norms, at)?.value ?? 0n;
    exact += norm * weightOver(given.people, at, end) * (act?.value ?? usual);
    if (act) given.recorder?.input('COEFFICIENT', act.value, act.id, { from: at, to: end });
    else given.recorder?.input('USUAL_COEFFICIENT', usual, usualId, { from: at, to: end });
    at = end;
  }
  return quantityOf(divideHalfAway(exact, ONE * ONE * BigInt(account.period.days)));
}
