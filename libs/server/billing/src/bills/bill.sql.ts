import { AMOUNTS, PARTS } from '../amounts';

/*
 * What bills print. $1 the organisation, $2 ids of bills or houses, $3 the closing, $4 the month's last day, $5 its first.
 * $6 what the closing kept of the organisation. Facts and readings are as they were known to the closing: nothing that comes
 * later changes a bill, whenever it is drawn.
 */

/** A name or unit of a service as the closing kept it. */
const kept = (name: 'name' | 'unit'): string =>
  `coalesce($6::jsonb #>> array['services', s.id::text, '${name}'], s.${name})`;

/** A reading that settled its month when the month was closed: one that took its place since was not known then. */
const settled = (alias: string): string =>
  `${alias}.known @> c.knew_at and (${alias}.settles or not upper_inf(${alias}.known))`;

/**
 * The facts of a subject on the month's last day as a row of JSON, by kind: one look by the subject's index. Days are
 * compared after the rows are found, so that the slower index over ranges is not taken.
 */
const facts = (subject: string, id: string): string => `
  lateral (select coalesce(jsonb_object_agg(k.kind, k.value), '{}') as are from (
    select distinct on (f.kind) f.kind, f.value::text from fact f
    where f.organization_id = c.organization_id and f.subject = '${subject}' and f.subject_id = ${id}
      and lower(f.valid) <= $4::date and coalesce(upper(f.valid) > $4::date, true) and f.known @> c.knew_at
    order by f.kind, f.id) k)`;

/**
 * What a register showed in the months that a condition names, the last of them, as it was known when the month was closed: a
 * correction of a closed reading stands in its place, and the first reading of a new meter counts as one.
 */
const shown = (months: (month: string) => string, first: string): string => `
  select x.value, x.taken_on from (
    select k.month, k.taken_on, k.value, 1 as corrected, 0 as version from reading_correction k
    where k.organization_id = g.organization_id and k.register_id = g.id and ${months('k.month')} and k.known @> c.knew_at
    union all
    select e.month, e.taken_on, e.value, 0, e.version from reading e
    where e.organization_id = g.organization_id and e.register_id = g.id and e.source <> 'INSTALLATION'
      and ${months('e.month')} and ${settled('e')}
    union all
    select e.month, e.taken_on, e.value, 0, e.version from reading e
    where e.organization_id = g.organization_id and e.register_id = g.id and e.source = 'INSTALLATION'
      and ${first} and e.known @> c.knew_at and (e.state = 'ACCEPTED' or not upper_inf(e.known))) x
  order by x.month desc, x.corrected desc, x.taken_on desc, x.version desc limit 1`;

/** The meters of an account or a house with what settled the month, as a JSON list. */
const readings = (owner: string): string => `
  (select coalesce(json_agg(json_build_object('resource', m.resource, 'zone', g.zone, 'serial', m.serial,
      'previous', (select b.value::text from (${shown((month) => `${month} < p.month`, 'e.month <= p.month')}) b),
      'current', n.value::text, 'takenOn', n.taken_on::text, 'verifiedUntil', t."verifiedUntil")
      order by m.resource, m.id, g.id), '[]')
    from meter m
    join lateral (
      select bool_or(f.kind = 'METER_WORKING' and f.value > 0 and f.known @> c.knew_at
          and f.valid && daterange($5::date, $4::date, '[]')) as works,
        (array_agg((upper(f.valid) - 1)::text order by f.id)
          filter (where f.kind = 'METER_VERIFIED' and f.valid @> $4::date and f.known @> c.knew_at))[1] as "verifiedUntil"
      from fact f where f.organization_id = m.organization_id and f.subject = 'METER' and f.subject_id = m.id) t on t.works
    join register g on g.organization_id = m.organization_id and g.meter_id = m.id
    left join lateral (${shown((month) => `${month} = p.month`, 'false')}) n on true
    where m.organization_id = c.organization_id and ${owner})`;

const MONEY = [...AMOUNTS, ...PARTS].map((name) => `'${name}', l.${name}::text`);

/** Where bills come from: what was issued, or what would be of a closing under review. */
interface Source {
  bill: string;
  closing: string;
  lines: string;
}

/** Whose account it is, as it was known when the closing computed. */
const HOLDER = `coalesce((select case f.kind when 'LEGAL' then f.company else concat_ws(' ', f.surname, f.given_name, f.patronymic) end
      from holder f where f.organization_id = c.organization_id and f.account_id = a.id and f.valid @> $4::date
        and f.known @> c.knew_at
      order by f.id limit 1), '')`;

/** What people moved on the account in the month, with their reasons. */
const CORRECTIONS = `(select coalesce(json_agg(json_build_object('service', ${kept('name')}, 'amount', v.amount::text, 'reason', v.reason) order by v.id), '[]')
      from movement v join service s on s.organization_id = v.organization_id and s.id = v.service_id
      where v.organization_id = a.organization_id and v.account_id = a.id and v.period_id = p.id and v.reason <> ''
        and v.kind in ('RECALCULATION', 'UNDERDELIVERY', 'ADJUSTMENT'))`;

const billsOf = ({ bill, closing, lines }: Source): string => `
  select b.id, b.number, (select e.number from bill e where e.organization_id = b.organization_id and e.id = b.replaces_id) as replaces,
    to_char(p.month, 'YYYY-MM') as month, b.issued_on::text as "issuedOn", b.pay_by::text as "payBy",
    b.total, b.qr, o.currency, a.number as "accountNumber", a.els, a.house_id as "houseId", h.city, h.street,
    h.number as house, q.number as flat, q.kind as "premisesKind",
    ${HOLDER} as holder,
    of_account.are->>'RESIDENTS' as residents, of_premises.are->>'TOTAL_AREA' as "totalArea",
    of_premises.are->>'LIVING_AREA' as "livingArea", of_premises.are->>'HEATED_AREA' as "heatedArea",
    $6::jsonb->'organization' as organization,
    coalesce($6::jsonb #>> '{settings,barcode}', 'true') <> 'false' as "hasBarcodes",
    ((select min(k.created_at) from closing k where k.organization_id = c.organization_id and k.period_id = c.period_id)
      at time zone o.time_zone)::date::text as "countedUntil",
    (select max(v.value_date)::text from movement v where v.organization_id = a.organization_id and v.account_id = a.id
      and v.period_id = p.id and v.kind = 'PAYMENT') as "lastPaidOn",
    ${CORRECTIONS} as corrections,
    (select coalesce(json_agg(json_build_object('service', ${kept('name')}, 'unit', ${kept('unit')}, 'group', s.service_group, 'method', l.method,
        'quantity', l.quantity::text, 'commonQuantity', l.common_quantity::text, 'price', l.price::text, ${MONEY.join(', ')})
        order by s.calc_order, s.id, l.supplier_id), '[]')
      from ${lines} l join service s on s.organization_id = l.organization_id and s.id = l.service_id
      where l.organization_id = $1 and l.account_id = a.id and l.closing_id = $3) as lines,
    (select coalesce(json_agg(coalesce($6::jsonb #> array['suppliers', r.id::text], '{}') || jsonb_build_object('id', r.id::text)
        order by r.id), '[]')
      from supplier r where r.organization_id = b.organization_id and r.id in (
        select u.recipient_id from ${lines} l
        join supplier u on u.organization_id = l.organization_id and u.id = l.supplier_id
        where l.organization_id = $1 and l.account_id = a.id and l.closing_id = $3)) as recipients,
    ${readings('m.account_id = a.id')} as readings
  from ${bill} b
  join ${closing} c on c.organization_id = b.organization_id and c.id = b.closing_id
  join period p on p.organization_id = b.organization_id and p.id = b.period_id
  join organization o on o.id = b.organization_id
  join account a on a.organization_id = b.organization_id and a.id = b.account_id
  join house h on h.organization_id = a.organization_id and h.id = a.house_id
  join premises q on q.organization_id = a.organization_id and q.id = a.premises_id
  cross join ${facts('ACCOUNT', 'a.id')} of_account
  cross join ${facts('PREMISES', 'a.premises_id')} of_premises
  where b.organization_id = $1 and b.id = any($2::bigint[]) and b.closing_id = $3`;

/** What is the same on all bills of a house. */
const housesOf = ({ closing }: Pick<Source, 'closing'>): string => `
  select h.id,
    of_house.are->>'TOTAL_AREA' as "houseArea", of_house.are->>'COMMON_AREA' as "commonArea",
    ${readings('m.house_id = h.id and m.account_id is null')} as "houseReadings",
    (select coalesce(json_agg(json_build_object('service', ${kept('name')}, 'unit', ${kept('unit')}, 'houseMeter', x."houseMeter",
        'individual', x.individual, 'distributed', x.distributed) order by s.calc_order, s.id), '[]')
      from closing_house t, jsonb_to_recordset(t.commons) as x("serviceId" bigint, "houseMeter" text, individual text, distributed text)
      join service s on s.organization_id = $1 and s.id = x."serviceId"
      where t.organization_id = $1 and t.closing_id = $3 and t.house_id = h.id) as shares,
    (select coalesce(json_agg(json_build_object('service', ${kept('name')}, 'unit', ${kept('unit')}, 'kind', f.kind, 'value', f.value::text,
        'document', f.document) order by s.calc_order, s.id, f.kind), '[]')
      from norm f join service s on s.organization_id = f.organization_id and s.id = f.service_id
      where f.organization_id = $1 and f.valid @> $4::date and f.known @> c.knew_at) as norms
  from house h
  join ${closing} c on c.organization_id = h.organization_id and c.id = $3
  join period p on p.organization_id = c.organization_id and p.id = c.period_id
  cross join ${facts('HOUSE', 'h.id')} of_house
  where h.organization_id = $1 and h.id = any($2::bigint[])`;

const ISSUED: Source = { bill: 'bill', closing: 'closing', lines: 'statement_line' };
export const BILLS = billsOf(ISSUED);
export const HOUSES = housesOf(ISSUED);

/**
 * An account's bill as it would be: its id stands for the bill's. A closing under review knows what is known now: a house
 * that changed since is computed again before it is committed.
 */
const draftOf = (previewTable: string): Source => ({
  bill: `(select a.organization_id, a.id, a.id as account_id, k.id as closing_id, k.period_id, a.number,
    null::bigint as replaces_id, null::date as issued_on, null::date as pay_by, 0::bigint as total, null::text as qr
    from account a join closing k on k.organization_id = a.organization_id)`,
  closing: '(select organization_id, id, period_id, now() as knew_at from closing)',
  lines: previewTable,
});
export const draftBills = (previewTable: string): string => billsOf(draftOf(previewTable));
export const draftHouses = (previewTable: string): string => housesOf(draftOf(previewTable));
