import { type Quantity, quantityOf } from '../decimal';
import { divideHalfAway } from '../rounding';
import { type Volumes } from './consumption';
import {
  type AccountSnapshot,
  type CommonTerms,
  type Dated,
  type DaySpan,
  type HouseSnapshot,
  type PeriodDays,
} from './snapshot';
import { weightOver } from './dated';

/** What a house's accounts share of one resource used in common. Volumes in millionths. */
export interface CommonShare {
  readonly terms: CommonTerms;
  /**
   * METER: the house meter less the premises. For want of a meter's volume, AVERAGE: a month of the year before, and
   * NORM: the norm of the common area.
   */
  readonly basis: 'METER' | 'AVERAGE' | 'NORM';
  /** Sum of the volumes of all premises. */
  readonly individual: Quantity;
  /** House meter less premises, with what was carried in; below zero where the premises used more. */
  readonly houseVolume: Quantity;
  /** Norm of the whole common area. */
  readonly normVolume: Quantity;
  /** What the accounts share: below zero only with DISTRIBUTE. */
  readonly distributed: Quantity;
  /** What lies above the norm and is charged to nobody. */
  readonly excess: Quantity;
  /** What the next month is reduced by, at most zero. */
  readonly carryOut: Quantity;
}

/** All that a house's accounts share in a month. Kept after the closing, it makes previews of single accounts. */
export interface HouseShare {
  readonly period: PeriodDays;
  readonly commons: readonly CommonShare[];
}

const ONE = 100_000_000n;
const NOTHING = quantityOf(0n);

/** Finds what is shared in a house, from its meters and from the volumes of all its accounts (specification B.5). */
export function commonShare(
  house: Pick<HouseSnapshot, 'period' | 'commons'>,
  volumes: Iterable<Volumes>,
): HouseShare {
  const used = house.commons.map(() => 0n);
  if (used.length > 0) for (const account of volumes) addVolumes(used, house.commons, account);
  return {
    period: house.period,
    commons: house.commons.map((terms, place) => shareOf(terms, quantityOf(used[place] ?? 0n))),
  };
}

/** The common volume of one resource by its terms and the sum of the premises. */
export function shareOf(terms: CommonTerms, individual: Quantity): CommonShare {
  const normVolume = quantityOf(divideHalfAway((terms.norm ?? 0n) * terms.commonArea, ONE));
  const known = { terms, individual, normVolume, excess: NOTHING, carryOut: NOTHING };
  if (terms.houseMeter === null) {
    const basis = terms.average === undefined ? 'NORM' : 'AVERAGE';
    const houseVolume = terms.average ?? normVolume;
    return { ...known, basis, houseVolume, distributed: houseVolume, carryOut: terms.carryIn };
  }
  const houseVolume = quantityOf(terms.houseMeter - individual + terms.carryIn);
  const measured = { ...known, basis: 'METER' as const, houseVolume };
  if (houseVolume > 0n) {
    const isCapped = terms.capByNorm && houseVolume > normVolume;
    const distributed = isCapped ? normVolume : houseVolume;
    return { ...measured, distributed, excess: quantityOf(houseVolume - distributed) };
  }
  if (terms.negativePolicy === 'DISTRIBUTE') return { ...measured, distributed: houseVolume };
  if (terms.negativePolicy === 'CARRY') return { ...measured, distributed: NOTHING, carryOut: houseVolume };
  return { ...measured, houseVolume: NOTHING, distributed: NOTHING };
}

/**
 * An account's part, by its area (or its heated area, or its people) and the days it is charged for; rounded once. A reduction stops where the account's
 * own volume is used up.
 */
export function accountShare(
  share: CommonShare,
  account: AccountSnapshot,
  days: DaySpan,
  volumes: Volumes,
): Quantity {
  const { sharedBy, totalArea } = share.terms;
  const whole = sharedBy ? sharedBy.whole : totalArea * BigInt(account.period.days);
  if (whole <= 0n) return NOTHING;
  const own = sharedWeights(share.terms, account);
  const part = divideHalfAway(share.distributed * weightOver(own, days.from, days.to), whole);
  if (part >= 0n) return quantityOf(part);
  const used = individualOf(share.terms, volumes);
  return quantityOf(part < -used ? (used > 0n ? -used : 0n) : part);
}

/** What an account has of what a common volume is shared by. */
export function sharedWeights(
  { sharedBy }: CommonTerms,
  account: AccountSnapshot,
): readonly Dated<Quantity>[] {
  if (sharedBy?.kind === 'PEOPLE') return account.residents;
  return sharedBy && account.heatedAreas.length > 0 ? account.heatedAreas : account.areas;
}

/** What an account used itself of the resource that is shared. */
function individualOf(terms: CommonTerms, volumes: Volumes): bigint {
  let total = 0n;
  for (const volume of volumes) if (isOf(terms, volume)) total += volume.quantity;
  return total;
}

function addVolumes(used: bigint[], commons: readonly CommonTerms[], volumes: Volumes): void {
  for (const volume of volumes) {
    for (const [place, terms] of commons.entries())
      if (isOf(terms, volume)) used[place] = (used[place] ?? 0n) + volume.quantity;
  }
}

function isOf(terms: CommonTerms, volume: Volumes[number]): boolean {
  return volume.resource === terms.resource && (terms.zone === 'SINGLE' || volume.zone === terms.zone);
}
