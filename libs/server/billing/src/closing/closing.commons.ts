import {
  type CommonTerms,
  type Dated,
  type Quantity,
  addMonths,
  divideHalfAway,
  quantityOf,
  weightOver,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import type { Drafts, HouseDraft, SnapshotScope } from './closing.drafts';
import type { HouseMeters } from './closing.registers';

const MONTHS_A_YEAR = 12;

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

/** What a house's meters counted beyond the premises over a year's closed months. */
interface YearRow {
  houseId: string;
  serviceId: string;
  months: number;
  quantity: string;
}

/**
 * A month of the year before, for houses that are charged by it: of what is used in common, the average of the months
 * that the house's meter was read in; of heat a twelfth of the year, and none unless the whole year is closed.
 */
export async function readAverages(
  tx: Tx,
  catalogue: Catalogue,
  { organizationId, houseIds, closed }: SnapshotScope,
  drafts: Drafts,
): Promise<void> {
  if (!catalogue.takesAverages) return;
  const year = addMonths(catalogue.period.month, -MONTHS_A_YEAR).slice(0, 4);
  const closings = closed.flatMap(({ month, closingId }) => (month.startsWith(year) ? closingId : []));
  if (closings.length === 0) return;
  const years = await rows<YearRow>(
    tx,
    `select h.house_id as "houseId", c."serviceId", count(*)::int as months,
       greatest(0, sum(coalesce(c."houseMeter", c.counted) - c.individual))::bigint as quantity
     from closing_house h, jsonb_to_recordset(h.commons) as
       c("serviceId" bigint, "houseMeter" bigint, counted bigint, individual bigint)
     where h.organization_id = $1 and h.closing_id = any($2::bigint[]) and h.house_id = any($3::bigint[])
       and coalesce(c."houseMeter", c.counted) is not null
     group by 1, 2`,
    [organizationId, closings, houseIds],
  );
  for (const { houseId, serviceId, months, quantity } of years) {
    const house = drafts.houses.get(Number(houseId));
    const isHeat = catalogue.service(serviceId).resource === 'HEAT';
    if (!house || (isHeat && closings.length < MONTHS_A_YEAR)) continue;
    const divisor = BigInt(isHeat ? MONTHS_A_YEAR : months);
    house.averages ??= new Map();
    house.averages.set(serviceId, quantityOf(divideHalfAway(BigInt(quantity), divisor)));
  }
}
