import { Inject, Injectable } from '@nestjs/common';
import { addressLine, houseLine } from '@kvartal/accounts';
import { type Month, firstDay, lastDay } from '@kvartal/domain';
import { requireIds, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { FINDING_CODES, type FindingCode } from '../billing.enums';
import { ClosingQueries } from './closing.queries';
import type { Finding, FindingItem } from './closing.types';

/** So many of a kind are named; of more it is said how many there are. */
const MOST_NAMED = 50;

/** Services of accounts on some day of the month, as they are known now. */
const TAKEN = `select s.house_id, s.account_id, s.service_id, s.supplier_id, s.tariff_group, s.method, s.valid * m.days as days
  from account_service s, month m where s.organization_id = $1 and upper_inf(s.known) and s.valid && m.days`;

const WORKS = `f.subject = 'METER' and f.kind = 'METER_WORKING' and upper_inf(f.known) and f.value > 0`;

/** The first accounts of a group by their numbers. */
const NUMBERS = `array_to_string((array_agg(distinct a.number order by a.number))[1:5], ', ')`;

/**
 * What in the books is broken or missing for a month, each as rows of house_id, account_id and params. $1 organisation,
 * $2–$3 the month's first and last day, $4 the closing before. That two tariffs, norms or facts of one thing are never
 * true at once the tables themselves see to (`…_one_truth`).
 */
const SOURCES: Readonly<Record<FindingCode, string>> = {
  TARIFF_MISSING: `
    with priced as (select service_id, supplier_id, tariff_group, range_agg(valid) as days from tariff
      where organization_id = $1 and upper_inf(known) group by 1, 2, 3),
    groups as (select distinct t.service_id, t.supplier_id, t.tariff_group from (${TAKEN}) t where t.method <> 'PENALTY'),
    doubtful as (select g.*, p.days as priced_days from groups g left join priced p using (service_id, supplier_id, tariff_group), month m
      where not coalesce(p.days @> m.days, false))
    select t.house_id, null::bigint as account_id,
      jsonb_build_object('service', v.name, 'accounts', count(distinct t.account_id), 'numbers', ${NUMBERS}) as params
    from doubtful d join (${TAKEN}) t on (t.service_id, t.supplier_id, t.tariff_group) = (d.service_id, d.supplier_id, d.tariff_group)
    join service v on v.organization_id = $1 and v.id = t.service_id
    join account a on a.organization_id = $1 and a.id = t.account_id
    where t.method <> 'PENALTY' and not coalesce(d.priced_days @> t.days, false) group by t.house_id, v.id, v.name`,
  NORM_MISSING: `
    with known as (select service_id, kind, range_agg(valid) as days from norm
      where organization_id = $1 and upper_inf(known) group by 1, 2)
    select t.house_id, null::bigint as account_id,
      jsonb_build_object('service', v.name, 'accounts', count(distinct t.account_id), 'numbers', ${NUMBERS}) as params
    from (${TAKEN}) t join service v on v.organization_id = $1 and v.id = t.service_id
    join account a on a.organization_id = $1 and a.id = t.account_id
    left join known k on k.service_id = t.service_id and k.kind = case t.method when 'NORM_PERSON' then 'PERSON' else 'AREA' end
    where t.method in ('NORM_PERSON', 'HEATING_NORM') and not coalesce(k.days @> t.days, false)
    group by t.house_id, v.id, v.name`,
  HEAT_NORM_MISSING: `
    with heat as (select service_id, range_agg(valid) as days from norm
      where organization_id = $1 and upper_inf(known) and kind = 'HEAT_IN_WATER' group by 1)
    select t.house_id, null::bigint as account_id,
      jsonb_build_object('service', v.name, 'accounts', count(distinct t.account_id), 'numbers', ${NUMBERS}) as params
    from (${TAKEN}) t join heat k on k.service_id = t.service_id
    join service v on v.organization_id = $1 and v.id = t.service_id
    join account a on a.organization_id = $1 and a.id = t.account_id
    -- days before the first norm take the first
    where not (k.days + datemultirange(daterange(null, coalesce(lower(k.days), '-infinity')))) @> t.days
    group by t.house_id, v.id, v.name`,
  ACCOUNT_WITHOUT_AREA: `
    select t.house_id, t.account_id, jsonb_build_object('service', min(v.name)) as params
    from (${TAKEN}) t
    join account a on a.organization_id = $1 and a.id = t.account_id
    join service v on v.organization_id = $1 and v.id = t.service_id
    where t.method in ('AREA', 'HEATING_NORM') and not exists (
      select from fact f, month m where f.organization_id = $1 and f.house_id = a.house_id
        and (f.subject, f.subject_id) in (('PREMISES', a.premises_id), ('ACCOUNT', a.id))
        and f.kind in ('TOTAL_AREA', 'HEATED_AREA') and upper_inf(f.known) and f.valid && m.days and f.value > 0)
      and (a.closed_on is null or a.closed_on >= $2::date)
    group by t.house_id, t.account_id`,
  HOUSE_WITHOUT_AREA: `
    select t.house_id, null::bigint as account_id, jsonb_build_object('service', min(v.name)) as params
    from (${TAKEN}) t join service v on v.organization_id = $1 and v.id = t.service_id
    where t.method = 'COMMON_AREA' and not exists (
      select from fact f, month m where f.organization_id = $1 and f.subject = 'HOUSE' and f.house_id = t.house_id
        and f.kind = 'COMMON_AREA' and upper_inf(f.known) and f.valid && m.days and f.value > 0)
    group by t.house_id`,
  READING_AFTER_REMOVAL: `
    select g.house_id, e.account_id, jsonb_build_object('serial', coalesce(e.serial, ''), 'takenOn', g.taken_on) as params
    from reading g
    join register r on r.organization_id = $1 and r.id = g.register_id
    join meter e on e.organization_id = $1 and e.id = r.meter_id
    where g.organization_id = $1 and g.month = $2::date and g.settles and g.state = 'ACCEPTED' and upper_inf(g.known)
      and g.source <> 'ESTIMATE' and not exists (
        select from fact f where f.organization_id = $1 and f.subject_id = e.id and f.house_id = e.house_id and ${WORKS}
          and (f.valid @> g.taken_on or upper(f.valid) = g.taken_on))`,
  NEGATIVE_CARRY: `
    select c.house_id, null::bigint as account_id,
      jsonb_build_object('service', v.name, 'unit', v.unit, 'quantity', '-' || (-c.quantity / 1000000) || '.' || lpad((-c.quantity % 1000000)::text, 6, '0')) as params
    from common_area_carry c join service v on v.organization_id = $1 and v.id = c.service_id
    where c.organization_id = $1 and c.closing_id = $4::bigint`,
  HOUSE_METER_WITHOUT_READING: `
    select e.house_id, null::bigint as account_id, jsonb_build_object('resource', e.resource, 'serial', coalesce(e.serial, '')) as params
    from meter e join register r on r.organization_id = $1 and r.meter_id = e.id
    join fact f on f.organization_id = $1 and f.house_id = e.house_id and f.subject_id = e.id and ${WORKS} and f.valid @> $3::date
    where e.organization_id = $1 and e.account_id is null and not exists (
      select from reading g where g.organization_id = $1 and g.register_id = r.id and g.month = $2::date and g.settles
        and g.source not in ('ESTIMATE', 'INSTALLATION'))
    group by e.house_id, e.id, e.serial, e.resource`,
  PAYMENT_UNMATCHED: `
    select a.house_id, p.account_id, jsonb_build_object('amount', (p.amount / 100) || '.' || lpad((p.amount % 100)::text, 2, '0'),
      'currency', p.currency) as params
    from payment p join account a on a.organization_id = $1 and a.id = p.account_id
    where p.organization_id = $1 and p.state = 'REVIEW'`,
  READINGS_COVERAGE: `
    select c.house_id, null::bigint as account_id, jsonb_build_object('readings', c.readings, 'registers', c.registers) as params
    from (
      select e.house_id, count(*) as registers, count(*) filter (where exists (
        select from reading g where g.organization_id = $1 and g.register_id = r.id and g.month = $2::date and g.settles
          and g.source not in ('ESTIMATE', 'INSTALLATION'))) as readings
      from meter e join register r on r.organization_id = $1 and r.meter_id = e.id
      join fact f on f.organization_id = $1 and f.house_id = e.house_id and f.subject_id = e.id and ${WORKS} and f.valid @> $3::date
      where e.organization_id = $1 and e.account_id is not null group by e.house_id) c
    where c.readings < c.registers`,
};

interface FoundRow {
  code: FindingCode;
  total: number;
  houseId: string;
  accountId: string | null;
  number: string | null;
  city: string;
  street: string;
  house: string;
  flat: string | null;
  premisesKind: string | null;
  params: Readonly<Record<string, string | number>>;
}

/** What of a month's inputs is broken or missing, by house and account: each with what it is about. */
@Injectable()
export class ClosingFindings {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ClosingQueries) private readonly queries: ClosingQueries,
  ) {}

  /** What was found, in the order of the codes; nothing for a code that found nothing. */
  async of(organizationId: string, month: Month): Promise<Finding[]> {
    requireIds(organizationId);
    const before = await this.queries.monthBefore(organizationId, month);
    const scope = [organizationId, firstDay(month), lastDay(month), before?.closingId ?? null, MOST_NAMED];
    const findings: Finding[] = [];
    for (const code of FINDING_CODES) {
      const found = await rows<FoundRow>(this.db, statementOf(SOURCES[code]), scope);
      const [first] = found;
      if (first) findings.push({ code, total: first.total, items: found.map(itemOf) });
    }
    return findings;
  }
}

const statementOf = (source: string): string => `
  with month as (select daterange($2::date, $3::date, '[]') as days where ($4::bigint is null or $4 > 0))
  select count(*) over ()::int as total, x.house_id as "houseId", x.account_id as "accountId", a.number, h.city, h.street,
    h.number as house, q.number as flat, q.kind as "premisesKind", x.params
  from (${source}) x
  join house h on h.organization_id = $1 and h.id = x.house_id
  left join account a on a.organization_id = $1 and a.id = x.account_id
  left join premises q on q.organization_id = $1 and q.id = a.premises_id
  order by h.city, h.street, h.number, h.id, a.number, x.params::text limit $5`;

function itemOf({ houseId, accountId, number, params, flat, premisesKind, ...place }: FoundRow): FindingItem {
  const address =
    flat === null || premisesKind === null ? houseLine(place) : addressLine({ ...place, flat, premisesKind });
  return {
    houseId,
    accountId,
    number,
    address,
    params: Object.entries(params).map(([name, value]) => ({ name, value: String(value) })),
  };
}
