import { type Quantity } from '../../decimal';
import { changeAfter, factOn } from '../dated';
import { type AccountSnapshot, type Dated, type ServiceTerms } from '../snapshot';

/**
 * Who counts for a service by head: those who live there; on days when nobody does, the owners, where the service
 * charges them (PP 354 p. 56(2), specification B.3).
 */
export function peopleCharged(
  { residents, owners, period }: AccountSnapshot,
  { chargesOwners }: ServiceTerms,
): readonly Dated<Quantity>[] {
  if (!chargesOwners || !owners) return residents;
  const people: Dated<Quantity>[] = [];
  for (let at = period.from; at < period.to;) {
    const living = factOn(residents, at);
    const fact = living && living.value > 0n ? living : factOn(owners, at);
    const to = Math.min(period.to, changeAfter(residents, at), changeAfter(owners, at));
    if (fact) people.push({ ...fact, from: at, to });
    at = to;
  }
  return people;
}
