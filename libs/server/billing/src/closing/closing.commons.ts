import { type CommonTerms, type Dated, type Quantity, quantityOf, weightOver } from '@kvartal/domain';
import type { Catalogue } from './closing.catalogue';
import type { HouseDraft } from './closing.drafts';
import type { HouseMeters } from './closing.registers';

/** What the house uses in common of each service that its accounts take by share. */
export function commonsOf(house: HouseDraft, catalogue: Catalogue, meters: HouseMeters): CommonTerms[] {
  // by service: whether all its takers have meters of their own, beside which the share stands
  const shared = new Map<string, boolean>();
  for (const { services } of house.accounts)
    for (const { method, terms } of services)
      if (terms.takesShare) shared.set(terms.serviceId, shared.get(terms.serviceId) ?? true);
      else if (method === 'COMMON_AREA' || method === 'HEATING_HOUSE_METER')
        shared.set(terms.serviceId, false);
  return [...shared].flatMap(([serviceId, isMerged]) => {
    const { resource, zone } = catalogue.service(serviceId);
    if (resource === null) return [];
    const last = catalogue.period.to - 1;
    const at = { houseId: house.houseId, serviceId, resource, zone: zone ?? 'SINGLE' };
    const { decided, ...terms } = catalogue.commonTerms(serviceId);
    return {
      ...at,
      ...terms,
      ...found(decided.commonMode, meters.counted(at), house.averages?.get(serviceId)),
      carryIn: meters.carryIn(at),
      commonArea: valueOn(house.commonAreas, last) ?? quantityOf(0n),
      totalArea: valueOn(house.totalAreas, last) ?? areaOf(house, last),
      ...(resource === 'HEAT' ? heatShared(house, catalogue, { serviceId, isMerged }) : {}),
      ...sharedBy(decided.sharedBy, house, catalogue),
    };
  });
}

/** What the meter counted, or what stands in its place: where that was decided, or where there is no reading. */
function found(
  mode: 'METER' | 'NORM' | 'AVERAGE',
  counted: Quantity | null,
  average: Quantity | undefined,
): Pick<CommonTerms, 'houseMeter' | 'counted' | 'average'> {
  if (mode === 'METER') return { houseMeter: counted };
  return {
    houseMeter: null,
    ...(counted === null ? {} : { counted }),
    ...(mode === 'AVERAGE' && average !== undefined ? { average } : {}),
  };
}

/**
 * Heat by the house's meter is shared whole; without a reading, the norm of a square metre stands for it. Beside meters
 * in all flats only what they have not counted is shared, and without a reading nothing.
 */
function heatShared(
  house: HouseDraft,
  catalogue: Catalogue,
  { serviceId, isMerged }: { serviceId: string; isMerged: boolean },
): Partial<CommonTerms> {
  const last = catalogue.period.to - 1;
  const commonArea = valueOn(house.totalAreas, last) ?? areaOf(house, last);
  const norm = isMerged ? null : catalogue.normOn(serviceId, 'AREA', last);
  return { norm, commonArea, capByNorm: false, negativePolicy: 'ZERO' };
}

/** What all premises have on all days of what a volume is shared by; of the total area the terms know it already. */
function sharedBy(
  kind: 'TOTAL_AREA' | 'HEATED_AREA' | 'PEOPLE',
  house: HouseDraft,
  { period }: Catalogue,
): Pick<CommonTerms, 'sharedBy'> {
  if (kind === 'TOTAL_AREA') return {};
  if (kind === 'HEATED_AREA' && house.heatedAreas.length > 0) {
    const whole = weightOver(house.heatedAreas, period.from, period.to);
    return { sharedBy: { kind, whole } };
  }
  let whole = 0n;
  for (const { open, residents, heatedAreas, areas } of house.accounts) {
    const own = kind === 'PEOPLE' ? residents : heatedAreas.length > 0 ? heatedAreas : areas;
    const [from, to] = [Math.max(open.from, period.from), Math.min(open.to, period.to)];
    if (from < to) whole += weightOver(own, from, to);
  }
  return { sharedBy: { kind, whole } };
}

const valueOn = (facts: readonly Dated<Quantity>[], day: number): Quantity | undefined =>
  facts.find(({ from, to }) => from <= day && day < to)?.value;

const areaOf = ({ accounts }: HouseDraft, day: number): Quantity =>
  quantityOf(accounts.reduce((total, { areas }) => total + (valueOn(areas, day) ?? 0n), 0n));
