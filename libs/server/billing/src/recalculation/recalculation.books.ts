import {
  type BookedLine,
  type CommonShare,
  type CommonTerms,
  type HouseShare,
  type Month,
  type PeriodDays,
  type Resource,
  type Zone,
  firstDay,
  moneyOf,
  quantityOf,
  ratioOf,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import type { ClosedMonth } from '../books';

/** A common share as `closing_house.commons` keeps it: everything in one object, integers as text. */
interface KeptShare {
  serviceId: string;
  resource: Resource;
  zone: Zone;
  houseMeter: string | null;
  carryIn: string;
  norm: string | null;
  commonArea: string;
  totalArea: string;
  capByNorm: boolean;
  negativePolicy: CommonTerms['negativePolicy'];
  average?: string;
  sharedBy?: { kind: 'HEATED_AREA' | 'PEOPLE'; whole: string };
  basis: CommonShare['basis'];
  individual: string;
  houseVolume: string;
  normVolume: string;
  distributed: string;
  excess: string;
  carryOut: string;
}

const volume = (text: string) => quantityOf(BigInt(text));

/** What houses shared in a closed month; nothing for those that were not part of that closing. */
export async function readShares(
  tx: Tx,
  {
    organizationId,
    houseIds,
    closed,
  }: { organizationId: string; houseIds: readonly string[]; closed: ClosedMonth },
  period: PeriodDays,
): Promise<Map<string, HouseShare>> {
  const found = await rows<{ houseId: string; commons: KeptShare[] }>(
    tx,
    `select house_id::text as "houseId", commons from closing_house
     where organization_id = $1 and closing_id = $2 and house_id = any($3::bigint[]) and state = 'DONE'`,
    [organizationId, closed.closingId, houseIds],
  );
  return new Map(found.map(({ houseId, commons }) => [houseId, { period, commons: commons.map(shareOf) }]));
}

function shareOf(kept: KeptShare): CommonShare {
  const { serviceId, resource, zone, capByNorm, negativePolicy, basis, average, sharedBy } = kept;
  return {
    terms: {
      ...{ serviceId, resource, zone, capByNorm, negativePolicy },
      houseMeter: kept.houseMeter === null ? null : volume(kept.houseMeter),
      carryIn: volume(kept.carryIn),
      norm: kept.norm === null ? null : ratioOf(BigInt(kept.norm)),
      commonArea: volume(kept.commonArea),
      totalArea: volume(kept.totalArea),
      ...(average === undefined ? {} : { average: volume(average) }),
      ...(sharedBy === undefined ? {} : { sharedBy: { kind: sharedBy.kind, whole: BigInt(sharedBy.whole) } }),
    },
    basis,
    individual: volume(kept.individual),
    houseVolume: volume(kept.houseVolume),
    normVolume: volume(kept.normVolume),
    distributed: volume(kept.distributed),
    excess: volume(kept.excess),
    carryOut: volume(kept.carryOut),
  };
}

/**
 * What stands on the books for a closed month, by account: its lines without what was moved into them for other months, and
 * every recalculation of it since. What was held then is charged by a later closing, and waits for it. What people corrected by hand is theirs and stays beside it; a penalty corrects itself.
 */
const BOOKED = `
  select account_id::text as "accountId", service_id::text as "serviceId", supplier_id::text as "supplierId",
    sum(quantity)::text as quantity, sum(amount)::text as amount, bool_or(waits) as waits
  from (
    select l.account_id, l.service_id, l.supplier_id, l.quantity,
      l.charged + l.benefit + l.recalculated + l.underdelivered as amount,
      l.method = 'HELD' and not exists (select from late_line t
        join period p on p.organization_id = t.organization_id and p.closing_id = t.closing_id
        where t.organization_id = $1 and t.held_closing_id = $2 and t.account_id = l.account_id
          and t.service_id = l.service_id and t.supplier_id = l.supplier_id) as waits
    from statement_line l where l.organization_id = $1 and l.closing_id = $2 and l.account_id = any($5::bigint[])
      and l.method <> 'PENALTY'
    union all
    select t.account_id, t.service_id, t.supplier_id, t.quantity, t.recalculated, false from late_line t
    join period p on p.organization_id = t.organization_id and p.closing_id = t.closing_id
    where t.organization_id = $1 and t.held_closing_id = $2 and t.account_id = any($5::bigint[]) and t.method <> 'PENALTY'
    union all
    select t.account_id, t.service_id, t.supplier_id, 0, -t.recalculated, false from late_line t
    where t.organization_id = $1 and t.closing_id = $2 and t.account_id = any($5::bigint[]) and t.method <> 'PENALTY'
    union all
    select m.account_id, m.service_id, m.supplier_id, 0, -m.amount, false from movement m
    left join movement r on r.organization_id = m.organization_id and r.id = m.reverses
    where m.organization_id = $1 and m.period_id = $3 and m.account_id = any($5::bigint[])
      and coalesce(r.kind, m.kind) in ('RECALCULATION', 'UNDERDELIVERY')
      and exists (select from statement_line l where l.organization_id = $1 and l.closing_id = $2
        and l.account_id = m.account_id and l.service_id = m.service_id and l.supplier_id = m.supplier_id
        and l.method <> 'PENALTY')
    union all
    select r.account_id, l.service_id, l.supplier_id, l.quantity, l.amount, false
    from recalculation r join recalculation_line l on l.organization_id = r.organization_id and l.recalculation_id = r.id
    where r.organization_id = $1 and r.month = $4 and r.account_id = any($5::bigint[])
  ) known group by account_id, service_id, supplier_id order by account_id, service_id, supplier_id`;

/** A line on the books, and whether it waits: held, and charged by no closing yet. */
export type BookedAccountLine = BookedLine & { waits: boolean };

/** Reads it for some accounts. */
export async function readBooked(
  tx: Tx,
  {
    organizationId,
    closed,
    accountIds,
  }: { organizationId: string; closed: ClosedMonth; accountIds: readonly string[] },
): Promise<Map<string, BookedAccountLine[]>> {
  const found = await rows<{
    accountId: string;
    serviceId: string;
    supplierId: string;
    quantity: string;
    amount: string;
    waits: boolean;
  }>(tx, BOOKED, [organizationId, closed.closingId, closed.periodId, firstDay(closed.month), accountIds]);
  const booked = new Map<string, BookedAccountLine[]>();
  for (const { accountId, serviceId, supplierId, quantity, amount, waits } of found) {
    const line = {
      serviceId,
      supplierId,
      quantity: volume(quantity),
      amount: moneyOf(BigInt(amount)),
      waits,
    };
    booked.set(accountId, [...(booked.get(accountId) ?? []), line]);
  }
  return booked;
}

/** An input of closed months that changed after they were closed. */
export interface Due {
  id: string;
  /** Null where it concerns all houses: a tariff or a norm. */
  houseId: string | null;
  /** Null where it concerns all accounts of the house. */
  accountId: string | null;
  firstMonth: Month;
  cause: string;
  sourceId: string;
}

/** What was learnt about closed months and not looked at yet, in the order in which it came. */
export const readDue = (tx: Pick<Tx, 'query'>, organizationId: string): Promise<Due[]> =>
  rows<Due>(
    tx,
    `select id::text, house_id::text as "houseId", account_id::text as "accountId", left(first_month::text, 7) as "firstMonth",
       cause, source_id::text as "sourceId"
     from recalculation_due where organization_id = $1 and done_at is null order by id`,
    [organizationId],
  );
