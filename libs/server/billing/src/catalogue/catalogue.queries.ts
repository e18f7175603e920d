import { Inject, Injectable } from '@nestjs/common';
import { type Quantity, priceOf, quantityOf } from '@kvartal/domain';
import { requireIds, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type {
  CatalogueService,
  HeatingSeason,
  Norm,
  ServiceCatalogue,
  ServiceTerms,
  Tariff,
  TariffPlan,
} from './catalogue.types';

type Days = Pick<Norm, 'id' | 'document' | 'from' | 'to'>;
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
  terms: ServiceTerms[];
};

const DAYS = `'id', r.id::text, 'document', r.document, 'from', lower(r.valid), 'to', upper(r.valid) - 1`;
const OF_SERVICE = 'r.organization_id = s.organization_id and r.service_id = s.id and upper_inf(r.known)';

/** $1 the organisation. Numbers of the domain go as texts. */
const CATALOGUE = `
  select s.id, s.name, s.unit, (
    select coalesce(json_agg(json_build_object(${DAYS}, 'supplierId', r.supplier_id::text, 'supplier', u.name,
      'tariffGroup', r.tariff_group, 'price', r.price::text, 'vatMode', r.vat_mode, 'plan', (
        select json_build_object('kind', p.kind, 'perPerson', p.per_person, 'limits', p.limits::text[],
          'prices', p.prices::text[], 'overCoefficient', p.over_coefficient::text)
        from tariff_plan p where p.organization_id = r.organization_id and p.tariff_id = r.id and upper_inf(p.known)))
      order by lower(r.valid) desc nulls last, r.tariff_group, u.name), '[]')
    from tariff r join supplier u on u.organization_id = r.organization_id and u.id = r.supplier_id
    where ${OF_SERVICE}) as tariffs, (
    select coalesce(json_agg(json_build_object(${DAYS}, 'kind', r.kind, 'value', r.value::text)
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

  /** As it is known now. */
  async of(organizationId: string): Promise<ServiceCatalogue> {
    requireIds(organizationId);
    const found = await rows<ServiceRow>(this.db, CATALOGUE, [organizationId]);
    return {
      heatingSeasons: await rows<HeatingSeason>(this.db, SEASONS, [organizationId]),
      services: found.map((service) => ({
        ...service,
        tariffs: service.tariffs.map((tariff) => ({
          ...tariff,
          price: priceOf(BigInt(tariff.price)),
          plan: tariff.plan && planOf(tariff.plan),
        })),
        norms: service.norms.map((norm) => ({ ...norm, value: fromRatio(norm.value) })),
      })),
    };
  }
}

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
