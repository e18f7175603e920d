import { Inject, Injectable } from '@nestjs/common';
import { houseLine } from '@kvartal/accounts';
import { type Month, firstDay, lastDay } from '@kvartal/domain';
import { type Tx, refusalView, requireIds, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { obstacles, readMonths } from './closing.start';
import type { ClosingChecklist } from './closing.types';

type Counts = Pick<ClosingChecklist, 'houses' | 'accounts' | 'registers' | 'readings'>;

/** $1 organisation, $2 and $3 the month's first and last day. */
const COUNTS = `
  with counter as (
    select r.id from meter m
    join register r on r.organization_id = m.organization_id and r.meter_id = m.id
    join fact f on f.organization_id = m.organization_id and f.house_id = m.house_id and f.subject = 'METER'
      and f.subject_id = m.id and f.kind = 'METER_WORKING' and upper_inf(f.known) and f.value > 0 and f.valid @> $3::date
    where m.organization_id = $1 and m.account_id is not null)
  select (select count(*)::int from house where organization_id = $1) as houses,
    (select count(*)::int from account where organization_id = $1 and opened_on <= $3::date
      and (closed_on is null or closed_on >= $2::date)) as accounts,
    (select count(*)::int from counter) as registers,
    (select count(*)::int from counter c join reading g on g.organization_id = $1 and g.register_id = c.id
      and g.month = $2::date and g.settles and g.source not in ('ESTIMATE', 'INSTALLATION')) as readings`;

/**
 * Services that somebody takes in the month and that on some day of it have no price. The days of a taker are looked at
 * only where the prices of his supplier and group do not cover the month whole: mostly nowhere.
 */
const MISSING_TARIFFS = `
  with month as (select daterange($2::date, $3::date, '[]') as days),
  priced as (
    select service_id, supplier_id, tariff_group, range_agg(valid) as days from tariff
    where organization_id = $1 and upper_inf(known) group by 1, 2, 3),
  ever as (
    select service_id, supplier_id, tariff_group from account_service
    where organization_id = $1 and upper_inf(known) and method <> 'PENALTY' group by 1, 2, 3),
  doubtful as (
    select service_id, supplier_id, tariff_group, p.days
    from ever left join priced p using (service_id, supplier_id, tariff_group), month m
    where not coalesce(p.days @> m.days, false))
  select v.name from doubtful d
  join service v on v.organization_id = $1 and v.id = d.service_id
  where exists (
    select from account_service s, month m
    where s.organization_id = $1 and s.service_id = d.service_id and s.supplier_id = d.supplier_id
      and s.tariff_group = d.tariff_group and upper_inf(s.known) and s.method <> 'PENALTY' and s.valid && m.days
      and not coalesce(d.days @> (s.valid * m.days), false))
  group by v.name, v.calc_order order by v.calc_order, v.name`;

const HOUSES_WITHOUT_READING = `
  select distinct h.city, h.street, h.number as house from meter m
  join register r on r.organization_id = m.organization_id and r.meter_id = m.id
  join house h on h.organization_id = m.organization_id and h.id = m.house_id
  join fact f on f.organization_id = m.organization_id and f.house_id = m.house_id and f.subject = 'METER'
    and f.subject_id = m.id and f.kind = 'METER_WORKING' and upper_inf(f.known) and f.value > 0 and f.valid @> $3::date
  where m.organization_id = $1 and m.account_id is null and not exists (
    select from reading g where g.organization_id = $1 and g.register_id = r.id and g.month = $2::date and g.settles
      and g.source not in ('ESTIMATE', 'INSTALLATION'))
  order by h.city, h.street, h.number`;

/** What a month needs before it is closed. A missing tariff stands in the way; missing readings are only told. */
@Injectable()
export class ClosingChecklists {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The checklist of a month, whatever state it is in. */
  async of(organizationId: string, month: Month): Promise<ClosingChecklist> {
    requireIds(organizationId);
    const days = [organizationId, firstDay(month), lastDay(month)];
    const counts = await row<Counts>(this.db, COUNTS, days);
    const houses = await rows<{ city: string; street: string; house: string }>(
      this.db,
      HOUSES_WITHOUT_READING,
      days,
    );
    const unpriced = await missingTariffs(this.db, organizationId, month);
    const refusals = obstacles(await readMonths(this.db, organizationId), month);
    if (unpriced.length) refusals.push({ code: 'NO_TARIFF', params: { services: unpriced.join(', ') } });
    return {
      organizationId,
      month,
      mayStart: refusals.length === 0,
      refusals: refusals.map(refusalView),
      ...(counts ?? { houses: 0, accounts: 0, registers: 0, readings: 0 }),
      missingTariffs: unpriced,
      housesWithoutReading: houses.map(houseLine),
    };
  }
}

/** Names of the services that somebody takes in the month without a price for every day of it. */
export async function missingTariffs(
  db: Pick<Tx, 'query'>,
  organizationId: string,
  month: Month,
): Promise<string[]> {
  requireIds(organizationId);
  const days = [organizationId, firstDay(month), lastDay(month)];
  return (await rows<{ name: string }>(db, MISSING_TARIFFS, days)).map(({ name }) => name);
}
