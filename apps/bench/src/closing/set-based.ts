import { addMonths, firstDay, type Month } from '@kvartal/domain';
import type pg from 'pg';
import { KEY } from './yardstick';

/** What the set-based statement took, from the empty table to the attached partition. */
export interface SetBased {
  sqlSeconds: number;
  sqlCpuSeconds: number;
}

interface Charged {
  closingId: string;
  month: Month;
  /** How many months of readings the average of a missing one is taken from. */
  history: number;
}

/**
 * The same month by one hand-written statement, keyed and attached as the closing does it: only the rules that the
 * benchmark's town has, and nothing that makes a closing repeatable, resumable or explainable. Throws where a single
 * kopek differs from what the product charged.
 */
export async function setBased(client: pg.Client, charged: Charged, cpu: () => number): Promise<SetBased> {
  await client.query(`
    create table set_parent (like statement_line including defaults including constraints)
    partition by list (closing_id)`);
  await client.query(`alter table set_parent add primary key ${KEY}`);
  const { closingId } = charged;
  const before = await closingBefore(client, closingId);
  // what somebody who writes such a statement would grant it
  await client.query(`set work_mem = '256MB'`);
  await client.query('set jit = off');
  await client.query('checkpoint');
  const started = performance.now();
  const cpuBefore = cpu();
  await client.query(`
    create table set_based (like statement_line including defaults including constraints including storage,
      constraint set_based_bound check (closing_id = ${closingId}))`);
  await client.query(statement(charged, before));
  await client.query(`alter table set_based add primary key ${KEY}`);
  await client.query(`alter table set_parent attach partition set_based for values in (${closingId})`);
  const taken = { sqlSeconds: (performance.now() - started) / 1000, sqlCpuSeconds: cpu() - cpuBefore };
  await client.query('reset work_mem');
  await client.query('reset jit');
  await expectSameKopeks(client, closingId);
  await client.query('drop table set_parent');
  return taken;
}

async function closingBefore(client: pg.Client, closingId: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select b.closing_id as id from closing c
     join period p on (p.organization_id, p.id) = (c.organization_id, c.period_id)
     join period b on b.organization_id = p.organization_id and b.month = p.month - interval '1 month'
     where c.id = $1`,
    [closingId],
  );
  const [found] = rows;
  if (!found) throw new Error(`Nothing was closed before closing ${closingId}`);
  return found.id;
}

/** Half away from zero, as all sums are rounded; nothing here is below zero. */
const rounded = (numerator: string, denominator: string): string =>
  `(((${numerator}) * 2 + ${denominator}) / (2 * ${denominator}))`;

/** Volumes in millionths, prices in millionths: this many of their products make a kopek. */
const PER_KOPEK = '10000000000';

function statement({ closingId, month, history }: Charged, before: string): string {
  return `
    insert into set_based (organization_id, closing_id, house_id, account_id, service_id, supplier_id, method, tariff_id,
      quantity, common_quantity, price, opening, charged, recalculated, underdelivered, benefit, adjusted, paid, closing)
    with counted as (${counted(month, history)}), ${USED},
    volume as (${volumes(firstDay(month))}),
    paid as (
      select m.account_id, m.service_id, m.supplier_id, -sum(m.amount)::bigint as paid
      from movement m join closing c on c.organization_id = 1 and c.id = ${closingId} and c.period_id = m.period_id
      where m.organization_id = 1 group by m.account_id, m.service_id, m.supplier_id),
    line as (
      select v.*, ${rounded('v.quantity * v.price', PER_KOPEK)} as charged, coalesce(l.closing, 0) as opening,
        coalesce(p.paid, 0) as paid
      from volume v
      left join statement_line_${before} l on (l.account_id, l.service_id, l.supplier_id) =
        (v.account_id, v.service_id, v.supplier_id)
      left join paid p on (p.account_id, p.service_id, p.supplier_id) = (v.account_id, v.service_id, v.supplier_id))
    select 1, ${closingId}, house_id, account_id, service_id, supplier_id, method, tariff_id, quantity,
      case when method = 'COMMON_AREA' then quantity else 0 end, price, opening, charged, 0, 0, 0, 0, paid,
      opening + charged - paid
    from line`;
}

/** What each register counted; the average of all months where nobody sent its reading. */
function counted(month: Month, history: number): string {
  const settled = (of: string, at: number): string =>
    `left join reading ${of} on ${of}.organization_id = 1 and ${of}.register_id = r.id and ${of}.settles
       and ${of}.month = '${firstDay(addMonths(month, at))}'`;
  return `
    select m.house_id, m.account_id, m.resource, r.zone, now.value is null as estimated,
      coalesce(now.value - last.value, ${rounded('last.value - oldest.value', String(history))}) as used
    from register r join meter m on m.organization_id = 1 and m.id = r.meter_id
    ${settled('now', 0)} ${settled('last', -1)} ${settled('oldest', -1 - history)}`;
}

/** From what was counted to what each account has used, its share of the house's water included. */
const USED = `
  water as (
    select house_id, sum(used) filter (where account_id is null) as house,
      sum(used) filter (where account_id is not null) as flats
    from counted where resource = 'COLD_WATER' group by house_id),
  area as (
    select a.id as account_id, a.house_id, f.value as area
    from account a join fact f on f.organization_id = 1 and f.subject = 'PREMISES' and f.subject_id = a.premises_id
      and f.kind = 'TOTAL_AREA'),
  share as (
    select w.house_id, t.area as total,
      least(greatest(w.house - w.flats, 0), ${rounded('n.value * c.value', '100000000')})::bigint as common
    from water w
    join (select house_id, sum(area)::bigint as area from area group by house_id) t on t.house_id = w.house_id
    join fact c on c.organization_id = 1 and c.subject = 'HOUSE' and c.subject_id = w.house_id and c.kind = 'COMMON_AREA'
    cross join (select value from norm where organization_id = 1 and kind = 'COMMON_AREA') n),
  used as (
    select account_id, bool_or(estimated) as estimated,
      sum(used) filter (where resource = 'COLD_WATER')::bigint as cold,
      sum(used) filter (where resource = 'HOT_WATER')::bigint as hot,
      sum(used) filter (where zone = 'DAY')::bigint as day,
      sum(used) filter (where zone = 'NIGHT')::bigint as night
    from counted where account_id is not null group by account_id),
  account as (
    select a.account_id, a.area, u.estimated, u.cold, u.hot, u.day, u.night,
      ${rounded('s.common * a.area', 's.total')} as common
    from area a join used u on u.account_id = a.account_id join share s on s.house_id = a.house_id)`;

/** What each service of each account is charged for, and at which price. */
const volumes = (day: string): string => `
  select s.house_id, s.account_id, s.service_id, s.supplier_id, p.tariff_id, p.price,
    case when s.method = 'METER' and a.estimated then 'ESTIMATE_AVERAGE' else s.method end as method,
    case s.method when 'AREA' then a.area when 'FIXED' then 1000000 when 'SUM_OF_WATER' then a.cold + a.hot
      when 'COMMON_AREA' then a.common
      else case when p.zone = 'DAY' then a.day when p.zone = 'NIGHT' then a.night
        when p.resource = 'COLD_WATER' then a.cold else a.hot end end as quantity
  from account_service s join account a on a.account_id = s.account_id
  join (
    select s.id as service_id, s.resource, s.zone, t.id as tariff_id, t.price
    from service s join tariff t on t.organization_id = 1 and t.service_id = s.id and t.valid @> '${day}'::date
    where s.organization_id = 1) p on p.service_id = s.service_id
  where s.organization_id = 1`;

async function expectSameKopeks(client: pg.Client, closingId: string): Promise<void> {
  const { rows } = await client.query<{ differing: string }>(
    `select count(*) as differing from statement_line_${closingId} l
     full join set_based s on (s.account_id, s.service_id, s.supplier_id) = (l.account_id, l.service_id, l.supplier_id)
     where l.method is distinct from 'PENALTY' and (s.method, s.tariff_id, s.quantity, s.price, s.opening, s.charged, s.paid, s.closing)
       is distinct from (l.method, l.tariff_id, l.quantity, l.price, l.opening, l.charged, l.paid, l.closing)`,
  );
  const differing = Number(rows[0]?.differing);
  if (differing > 0)
    throw new Error(`${differing} lines differ between the product and the set-based statement`);
}
