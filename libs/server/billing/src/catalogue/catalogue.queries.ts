import { Inject, Injectable } from '@nestjs/common';
import { type Quantity, priceOf, quantityOf } from '@kvartal/domain';
import { NotFound, type Tx, requireIds, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { NormKind } from './catalogue.enums';
import type { ClosedMonths } from './dated-rows';
import { readMissing } from './catalogue.missing';
import type {
  CatalogueService,
  HeatingSeason,
  Norm,
  ServiceCatalogue,
  ServiceTerms,
  Tariff,
  TariffPlan,
} from './catalogue.types';

type Days = Pick<Norm, 'id' | 'document' | 'from' | 'to'> & { knownSince: string; knownUntil: string | null };
type PlanRow = Pick<TariffPlan, 'kind' | 'perPerson'> & {
  limits: string[];
  prices: string[];
  overCoefficient: string | null;
};
type TariffRow = Days &
  Pick<Tariff, 'supplierId' | 'supplier' | 'tariffGroup' | 'vatMode'> & {
    price: string;
    plan: PlanRow | null;
  };
type NormRow = Days & Pick<Norm, 'kind'> & { value: string };
type ServiceRow = Pick<CatalogueService, 'id' | 'name' | 'unit'> & {
  tariffs: TariffRow[];
  norms: NormRow[];
  terms: (Omit<ServiceTerms, keyof Days> & Days)[];
};

const DAYS = `'id', r.id::text, 'document', r.document, 'from', lower(r.valid), 'to', upper(r.valid) - 1,
  'knownSince', lower(r.known), 'knownUntil', upper(r.known)`;
const OF_SERVICE = 'r.organization_id = s.organization_id and r.service_id = s.id and upper_inf(r.known)';

/** Numbers of the domain go as texts. */
const TARIFF = `json_build_object(${DAYS}, 'supplierId', r.supplier_id::text, 'supplier', u.name,
  'tariffGroup', r.tariff_group, 'price', r.price::text, 'vatMode', r.vat_mode, 'plan', (
    select json_build_object('kind', p.kind, 'perPerson', p.per_person, 'limits', p.limits::text[],
      'prices', p.prices::text[], 'overCoefficient', p.over_coefficient::text)
    from tariff_plan p where p.organization_id = r.organization_id and p.tariff_id = r.id and upper_inf(p.known)))`;
const NORM = `json_build_object(${DAYS}, 'kind', r.kind, 'value', r.value::text)`;
const NEWEST_KNOWN = 'order by lower(r.known) desc, lower(r.valid) desc nulls last, r.id desc';

/** $1 the organisation. */
const CATALOGUE = `
  select s.id, s.name, s.unit, (
    select coalesce(json_agg(${TARIFF}
      order by lower(r.valid) desc nulls last, r.tariff_group, u.name), '[]')
    from tariff r join supplier u on u.organization_id = r.organization_id and u.id = r.supplier_id
    where ${OF_SERVICE}) as tariffs, (
    select coalesce(json_agg(${NORM}
      order by lower(r.valid) desc nulls last, r.kind), '[]')
    from norm r where ${OF_SERVICE}) as norms, (
    select coalesce(json_agg(json_build_object(${DAYS}, 'wholeMonths', r.whole_months, 'chargesOwners', r.charges_owners,
      'takesShare', r.takes_share, 'redistributes', r.redistributes, 'raisesNorm', r.raises_norm,
      'areaKind', r.area_kind, 'commonMode', r.common_mode, 'sharedBy', r.shared_by, 'capByNorm', r.cap_by_norm,
      'negativePolicy', r.negative_policy, 'trueUpMonth', r.true_up_month) order by lower(r.valid) desc nulls last), '[]')
    from service_terms r where ${OF_SERVICE}) as terms
  from service s where s.organization_id = $1 order by s.calc_order, s.id`;

const SEASONS = `
  select lower(valid)::text as "from", (upper(valid) - 1)::text as "to", source as document, count(*)::int as houses
  from fact where organization_id = $1 and kind = 'HEATING_ON' and subject = 'HOUSE' and value > 0 and upper_inf(known)
  group by valid, source order by lower(valid) desc nulls last, upper(valid) desc, source`;

/** A norm is kept finer than it is shown: hundred-millionths of a unit. */
const NORM_UNITS = 100n;

/** What an organisation charges for, for people. */
@Injectable()
export class CatalogueQueries {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** As it is known now. Throws NotFound. */
  async of(organizationId: string): Promise<ServiceCatalogue> {
    requireIds(organizationId);
    const { changesFrom } = await readCalendar(this.db, organizationId);
    const found = await rows<ServiceRow>(this.db, CATALOGUE, [organizationId]);
    const missing = await readMissing(this.db, organizationId, { services: found, changesFrom });
    const services = found.map((service) => ({
      ...service,
      tariffs: service.tariffs.map(tariffOf),
      missing: missing.get(service.id) ?? [],
      norms: service.norms.map(normOf),
      terms: service.terms.map((terms) => ({ ...terms, ...knownOf(terms) })),
    }));
    const heatingSeasons = await rows<HeatingSeason>(this.db, SEASONS, [organizationId]);
    return { services, heatingSeasons, changesFrom };
  }

  /** All that was ever stated of a price, what was stated last first. */
  async tariffHistory(
    organizationId: string,
    { serviceId, supplierId, tariffGroup }: { serviceId: string; supplierId: string; tariffGroup: number },
  ): Promise<Tariff[]> {
    requireIds(organizationId, serviceId, supplierId);
    const found = await rows<{ one: TariffRow }>(
      this.db,
      `select ${TARIFF} as one from tariff r
       join supplier u on u.organization_id = r.organization_id and u.id = r.supplier_id
       where r.organization_id = $1 and r.service_id = $2 and r.supplier_id = $3 and r.tariff_group = $4 ${NEWEST_KNOWN}`,
      [organizationId, serviceId, supplierId, tariffGroup],
    );
    return found.map(({ one }) => tariffOf(one));
  }

  /** All that was ever stated of a norm, what was stated last first. */
  async normHistory(organizationId: string, serviceId: string, kind: NormKind): Promise<Norm[]> {
    requireIds(organizationId, serviceId);
    const found = await rows<{ one: NormRow }>(
      this.db,
      `select ${NORM} as one from norm r where r.organization_id = $1 and r.service_id = $2 and r.kind = $3 ${NEWEST_KNOWN}`,
      [organizationId, serviceId, kind],
    );
    return found.map(({ one }) => normOf(one));
  }
}

/** An organisation's time zone, and the first day whose month is not closed; where none was opened yet, long ago. */
export async function readCalendar(tx: Pick<Tx, 'query'>, organizationId: string): Promise<ClosedMonths> {
  const found = await row<ClosedMonths>(
    tx,
    `select o.time_zone as "timeZone", coalesce((
       select min(p.month) from period p where p.organization_id = o.id and p.state <> 'CLOSED'),
       date '2000-01-01')::text as "changesFrom",
       exists (select from period p where p.organization_id = o.id and p.state = 'CLOSED') as "hasClosed"
     from organization o where o.id = $1`,
    [organizationId],
  );
  if (!found) throw new NotFound();
  return found;
}

const knownOf = ({ knownSince, knownUntil }: Days) => ({
  knownSince: new Date(knownSince),
  knownUntil: knownUntil === null ? null : new Date(knownUntil),
});
const tariffOf = (found: TariffRow): Tariff => ({
  ...found,
  ...knownOf(found),
  price: priceOf(BigInt(found.price)),
  plan: found.plan && planOf(found.plan),
});
const normOf = (found: NormRow): Norm => ({ ...found, ...knownOf(found), value: fromRatio(found.value) });

const fromRatio = (digits: string): Quantity => quantityOf(BigInt(digits) / NORM_UNITS);

function planOf({ kind, perPerson, limits, prices, overCoefficient }: PlanRow): TariffPlan {
  const steps = limits.map((limit, place) => {
    const price = prices[place];
    return { above: quantityOf(BigInt(limit)), price: price === undefined ? null : priceOf(BigInt(price)) };
  });
  return {
    kind,
    perPerson,
    steps,
    overCoefficient: overCoefficient === null ? null : fromRatio(overCoefficient),
  };
}
