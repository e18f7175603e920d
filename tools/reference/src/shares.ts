import { Exact, least, NONE, r6, sumOf } from './exact';
import { type Account, type Common, daysOf, factOn, quantity, ratio, type Span } from './facts';
import { type Volume } from './flows';

/** What a house's accounts share of one volume. */
export interface Shared {
  readonly terms: Common;
  readonly distributed: Exact;
  /** What the next month begins with: at most nothing. */
  readonly carried: Exact;
}

const isOf = ({ resource, zone }: Common, volume: Volume): boolean =>
  volume.resource === resource && (zone === 'SINGLE' || volume.zone === zone);

const usedOf = (terms: Common, volumes: readonly Volume[]): Exact =>
  sumOf(volumes.filter((volume) => isOf(terms, volume)).map(({ amount }) => amount));

/** House meter less the flats, capped by the norm; below zero carried, forgotten or shared out. */
export function shared(terms: Common, everybody: readonly (readonly Volume[])[]): Shared {
  const norm = r6(ratio(terms.norm ?? 0n).times(quantity(terms.commonArea)));
  const before = quantity(terms.carryIn);
  if (terms.houseMeter === null)
    return {
      terms,
      distributed: terms.average === undefined ? norm : quantity(terms.average),
      carried: before,
    };
  const individual = sumOf(everybody.map((volumes) => usedOf(terms, volumes)));
  const common = quantity(terms.houseMeter).minus(individual).plus(before);
  if (common.isPositive())
    return { terms, distributed: terms.capByNorm ? least(common, norm) : common, carried: NONE };
  return {
    terms,
    distributed: terms.negativePolicy === 'DISTRIBUTE' ? common : NONE,
    carried: terms.negativePolicy === 'CARRY' ? common : NONE,
  };
}

/** An account's part of it on its days; no more is given back than the account used. */
export function partOf(
  { terms, distributed }: Shared,
  account: Account,
  days: Span,
  own: readonly Volume[],
): Exact {
  const whole = terms.sharedBy
    ? quantity(terms.sharedBy.whole)
    : quantity(terms.totalArea).times(account.period.days);
  if (!whole.isPositive()) return NONE;
  const facts = basisOf(terms, account);
  const weight = sumOf(daysOf(days).map((day) => quantity(factOn(facts, day)?.value ?? 0n)));
  const part = r6(distributed.times(weight).divided(whole));
  if (!part.isNegative()) return part;
  const used = usedOf(terms, own);
  if (!used.isPositive()) return NONE;
  return part.plus(used).isNegative() ? used.negated() : part;
}

function basisOf({ sharedBy }: Common, { residents, areas, heatedAreas }: Account): Account['areas'] {
  if (sharedBy?.kind === 'PEOPLE') return residents;
  return sharedBy?.kind === 'HEATED_AREA' && heatedAreas.length > 0 ? heatedAreas : areas;
}
