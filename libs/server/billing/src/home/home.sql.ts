import type { Books } from '../books';

const CHART_MONTHS = 12;
/** No closing has this id: before the first month is closed there are no lines. */
const NO_CLOSING = '0';

/**
 * Everything of the first page in one statement that answers one JSON: numbers in millionths and minor units as text.
 * The ledger is read by the closings that stand in the text: the last one, and those of the chart.
 * $1 the viewer, $2 organisation, $3 account: without the viewer's link to it there is no row. $4 the periods that are
 * not closed, $5 today at the organisation's place, $6 the last day of verifications worth telling, $7 the month that
 * readings are for.
 */
export function homeStatement({ organizationId, closed }: Pick<Books, 'organizationId' | 'closed'>): {
  name: string;
  text: string;
} {
  const closings = closed.slice(0, CHART_MONTHS).map(({ closingId }) => closingId);
  const [last = NO_CLOSING] = closings;
  if ([last, ...closings].some((id) => !/^\d+$/.test(id))) throw new RangeError('Not the id of a closing');
  const text = HOME.replaceAll(':last', last).replaceAll(':chart', closings.join(', ') || NO_CLOSING);
  return { name: `home ${organizationId} ${last}`, text };
}

const HOME = `
select json_build_object(
  'newestClosingId', (select p.closing_id::text from period p
    where p.organization_id = $2 and p.closing_id is not null order by p.month desc limit 1),
  'openPeriodId', (select p.id::text from period p where p.organization_id = $2 and p.state = 'OPEN'),
  'number', a.number, 'phone', a.phone, 'organization', o.short_name, 'masked',
  k.proof = 'NUMBER_SURNAME_FLAT' and coalesce((o.settings->>'maskHolder')::boolean, false),
  'holder', (select json_build_array(r.kind, r.surname, r.given_name, r.patronymic, r.company) from holder r
    where r.organization_id = $2 and r.account_id = $3 and r.valid @> $5::date and upper_inf(r.known)),
  'premises', json_build_object('flat', q.number, 'kind', q.kind, 'rooms', q.rooms, 'floor', q.floor, 'entrance', q.entrance),
  'house', json_build_object('id', h.id::text, 'city', h.city, 'street', h.street, 'number', h.number,
    'flats', h.flats, 'floors', h.floors, 'entrances', h.entrances),
  'facts', (select json_object_agg(f.subject || '.' || f.kind, json_build_array(f.value::text, lower(f.valid)))
    from (values ('ACCOUNT', a.id), ('PREMISES', a.premises_id), ('HOUSE', a.house_id)) s (subject, subject_id)
    join fact f on f.organization_id = $2 and f.subject = s.subject and f.subject_id = s.subject_id
      and f.valid @> $5::date and upper_inf(f.known)),
  'bill', (select json_build_array(b.id::text, b.pay_by) from bill b
    where b.organization_id = $2 and b.account_id = $3 and b.closing_id = :last),
  'lines', (select json_agg(json_build_array(l.service_id::text, l.supplier_id::text, u.recipient_id::text, s.name, u.name,
      s.unit, s.service_group, l.quantity::text, l.price::text, l.opening::text, l.charged::text, l.recalculated::text,
      l.underdelivered::text, l.benefit::text, l.adjusted::text, l.paid::text, l.closing::text) order by s.calc_order, s.id, u.id)
    from statement_line l
    join service s on s.organization_id = $2 and s.id = l.service_id
    join supplier u on u.organization_id = $2 and u.id = l.supplier_id
    where l.organization_id = $2 and l.account_id = $3 and l.closing_id = :last),
  'moved', (select json_build_array(coalesce(sum(m.amount), 0)::text, coalesce(-sum(m.amount) filter (
      where coalesce(r.kind, m.kind) in ('PAYMENT', 'REFUND')), 0)::text)
    from movement m left join movement r on r.organization_id = $2 and r.id = m.reverses
    where m.organization_id = $2 and m.account_id = $3 and m.period_id = any($4::bigint[])),
  'chart', (select json_agg(v) from (
    select s.resource, l.closing_id::text as "closingId", sum(l.quantity - l.common_quantity)::text as quantity,
      sum(l.charged)::text as charged, bool_or(l.method like 'ESTIMATE%') as estimated
    from statement_line l join service s on s.organization_id = $2 and s.id = l.service_id
    where l.organization_id = $2 and l.account_id = $3 and l.closing_id in (:chart) and s.resource is not null
      and l.method in ('METER', 'NORM_PERSON', 'ESTIMATE_AVERAGE', 'ESTIMATE_NORM')
    group by s.resource, l.closing_id) v),
  'services', (select json_agg(json_build_array(x.service_id::text, v.name, v.unit, u.name, t.price::text, lower(t.valid),
      coalesce(t.document, ''), x.method) order by v.calc_order, v.id, u.id)
    from account_service x
    join service v on v.organization_id = $2 and v.id = x.service_id
    join supplier u on u.organization_id = $2 and u.id = x.supplier_id
    left join tariff t on t.organization_id = $2 and t.service_id = x.service_id and t.supplier_id = x.supplier_id
      and t.tariff_group = x.tariff_group and t.valid @> $5::date and upper_inf(t.known)
    where x.organization_id = $2 and x.account_id = $3 and x.valid @> $5::date and upper_inf(x.known)),
  'meters', (select json_agg(json_build_array(m.id::text, m.resource, m.place, m.serial, coalesce(w.value > 0, false),
      y.until, y.until <= $6::date, g.registers, g.submitted) order by m.resource, m.id)
    from meter m
    left join fact w on w.organization_id = $2 and w.subject = 'METER' and w.subject_id = m.id and w.kind = 'METER_WORKING'
      and w.valid @> $5::date and upper_inf(w.known)
    left join lateral (select upper(f.valid) as until from fact f
      where f.organization_id = $2 and f.subject = 'METER' and f.subject_id = m.id and f.kind = 'METER_VERIFIED'
        and lower(f.valid) <= $5::date and upper_inf(f.known) order by lower(f.valid) desc limit 1) y on true
    cross join lateral (select count(*)::int as registers, count(n.id)::int as submitted from register c
      left join reading n on n.organization_id = $2 and n.register_id = c.id and n.month = $7::date and n.settles
      where c.organization_id = $2 and c.meter_id = m.id) g
    where m.organization_id = $2 and m.account_id = $3),
  'requests', (select json_agg(json_build_array(e.id::text, e.number, e.text, e.state, e.category)) from (
    select id, number, text, state, category from request
    where organization_id = $2 and account_id = $3 and state not in ('CLOSED', 'CANCELED', 'REJECTED')
    order by id desc limit 5) e)
) as home
from account_link k
join account a on a.organization_id = k.organization_id and a.id = k.account_id
join premises q on q.organization_id = $2 and q.id = a.premises_id
join house h on h.organization_id = $2 and h.id = a.house_id
join organization o on o.id = $2
where k.user_id = $1 and k.organization_id = $2 and k.account_id = $3 and k.ended_at is null`;
