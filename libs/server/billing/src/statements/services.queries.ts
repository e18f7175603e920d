import { Inject, Injectable } from '@nestjs/common';
import {
  type ChargingMethod,
  type CivilDate,
  type Month,
  type Zone,
  moneyOf,
  priceOf,
  quantityOf,
  type Resource,
} from '@kvartal/domain';
import { UNITS } from '@kvartal/meters';
import { Clock, rows } from '@kvartal/platform';
import DataLoader from 'dataloader';
import { DataSource } from 'typeorm';
import { BooksKeeper } from '../books';
import { grouped } from '../grouped';
import type { AccountService, ConsumptionSeries } from './services.types';

export interface AccountKey {
  organizationId: string;
  accountId: string;
}

/** A service of an account today, with what it is measured by. */
export interface ServiceToday extends AccountService {
  resource: Resource | null;
  zone: Zone | null;
}

interface ServiceRow {
  organizationId: string;
  accountId: string;
  serviceId: string;
  name: string;
  unit: string;
  supplier: string;
  price: string | null;
  priceSince: CivilDate | null;
  document: string;
  method: ChargingMethod;
  resource: Resource | null;
  zone: Zone | null;
}

const SERVICES = `
  select s.organization_id as "organizationId", s.account_id as "accountId", s.service_id as "serviceId", v.name, v.unit,
    u.name as supplier, t.price, lower(t.valid)::text as "priceSince", coalesce(t.document, '') as document, s.method,
    v.resource, v.zone
  from unnest($1::bigint[], $2::bigint[]) as wanted (organization_id, account_id)
  join organization o on o.id = wanted.organization_id
  cross join lateral (select ($3::timestamptz at time zone o.time_zone)::date as day) today
  join account_service s on s.organization_id = o.id and s.account_id = wanted.account_id
    and s.valid @> today.day and upper_inf(s.known)
  join service v on v.organization_id = s.organization_id and v.id = s.service_id
  join supplier u on u.organization_id = s.organization_id and u.id = s.supplier_id
  left join tariff t on t.organization_id = s.organization_id and t.service_id = s.service_id
    and t.supplier_id = s.supplier_id and t.tariff_group = s.tariff_group and t.valid @> today.day and upper_inf(t.known)
  order by v.calc_order, v.id, u.id`;

/** Volumes by resource and closing; a share of common consumption is not the account's own. */
const CONSUMPTION = `
  select v.resource, l.closing_id as "closingId", sum(l.quantity - l.common_quantity)::bigint as quantity,
    sum(l.charged)::bigint as charged, bool_or(l.method like 'ESTIMATE%') as estimated
  from statement_line l
  join service v on v.organization_id = l.organization_id and v.id = l.service_id
  where l.organization_id = $1 and l.account_id = $2 and l.closing_id = any($3::bigint[])
    and v.resource is not null and l.method in ('METER', 'NORM_PERSON', 'ESTIMATE_AVERAGE', 'ESTIMATE_NORM')
  group by v.resource, l.closing_id`;

interface VolumeRow {
  resource: Resource;
  closingId: string;
  quantity: string;
  charged: string;
  estimated: boolean;
}

const MOST_MONTHS = 36;

/** What accounts take today, and what they have consumed. */
@Injectable()
export class ServicesQueries {
  /** Fields that ask for the services of the same accounts at the same moment share one statement. */
  private readonly loader = new DataLoader((keys: readonly AccountKey[]) => this.load(keys), {
    cache: false,
  });

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The services that an account takes on the organisation's today, with today's prices, in the order of the bill. */
  async listServices(key: AccountKey): Promise<ServiceToday[]> {
    return this.loader.load(key);
  }

  /** Consumption of the last closed months, by resource. */
  async listConsumption(
    { organizationId, accountId }: AccountKey,
    months: number,
  ): Promise<ConsumptionSeries[]> {
    const { closed } = await this.books.read(organizationId);
    const wanted = closed.slice(0, Math.min(Math.max(1, months), MOST_MONTHS)).reverse();
    const monthOf = new Map(wanted.map(({ closingId, month }) => [closingId, month]));
    const found = await rows<VolumeRow>(this.db, CONSUMPTION, [
      organizationId,
      accountId,
      [...monthOf.keys()],
    ]);
    return [...grouped(found, ({ resource }) => resource)].map(([, volumes]) => seriesOf(volumes, monthOf));
  }

  private async load(keys: readonly AccountKey[]): Promise<ServiceToday[][]> {
    const nameOf = ({ organizationId, accountId }: AccountKey) => `${organizationId} ${accountId}`;
    const distinct = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
    const found = await rows<ServiceRow>(this.db, SERVICES, [
      distinct.map(({ organizationId }) => organizationId),
      distinct.map(({ accountId }) => accountId),
      await this.clock.now(),
    ]);
    const byAccount = grouped(found, nameOf);
    return keys.map((key) => (byAccount.get(nameOf(key)) ?? []).map(serviceView));
  }
}

const serviceView = ({ price, ...service }: ServiceRow): ServiceToday => ({
  ...service,
  price: price === null ? null : priceOf(BigInt(price)),
});

function seriesOf(volumes: readonly VolumeRow[], monthOf: ReadonlyMap<string, Month>): ConsumptionSeries {
  const resource = volumes[0]?.resource ?? 'COLD_WATER';
  const months = [...monthOf].flatMap(([closingId, month]) =>
    volumes
      .filter((one) => one.closingId === closingId)
      .map(({ quantity, charged, estimated }) => ({
        month,
        quantity: quantityOf(BigInt(quantity)),
        charged: moneyOf(BigInt(charged)),
        estimated,
      })),
  );
  return { resource, unit: UNITS[resource], months };
}
