import { Inject, Injectable } from '@nestjs/common';
import { addressLine, houseLine } from '@kvartal/accounts';
import { firstDay, lastDay, quantityOf } from '@kvartal/domain';
import { type PageInput, type Tx, limitOf, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { ANOMALY_KINDS, type AnomalyKind, PARKED_KINDS } from '../billing.enums';
import { ClosingQueries, previewTable, toMoneyOrNull } from './closing.queries';
import type { Anomaly, AnomalyCount, AnomalyPage, Closing } from './closing.types';

/** A charge is compared with those of so many months before. */
const MONTHS_COMPARED = 3;
/** Minor units: a charge that grew by less is not worth a person's time, unless the organisation says otherwise. */
const TRIPLED_FROM = 30_000;

/** $1 organisation, $2 closing, $3 up to three closings before, the newest first, $4–$5 the month's first and last day. */
const LAST = '($3::bigint[])[1]';

/** A line that a person holds back is not charged, so that nothing is wrong with it any more. */
const CHARGED = `l.method <> 'HELD'`;

/** Each selects account_id, house_id, service_id, supplier_id, previous, current, quantity. */
const SOURCES: Readonly<Record<AnomalyKind, (preview: string) => string>> = {
  // an account that was open in the month and is charged nothing, or takes no service at all
  ZERO_CHARGE: (preview) => `
    select a.id as account_id, a.house_id, null::bigint as service_id, null::bigint as supplier_id,
      (select sum(p.charged)::bigint from statement_line p
       where p.organization_id = $1 and p.closing_id = ${LAST} and p.account_id = a.id) as previous,
      0::bigint as current, null::bigint as quantity
    from account a
    left join (select account_id, sum(charged) as charged, bool_or(method = 'HELD') as is_held from ${preview} group by 1) l
      on l.account_id = a.id
    where a.organization_id = $1 and a.opened_on <= $5::date and (a.closed_on is null or a.closed_on >= $4::date)
      and coalesce(l.charged, 0) = 0 and l.is_held is not true`,
  // more than three times the most of the last three months, and by a sum that is worth a look: a meter that was read late,
  // a month that was charged for some days or a service of a few kopeks is none
  TRIPLED_CHARGE: (preview) => `
    select l.account_id, l.house_id, l.service_id, l.supplier_id, p.charged as previous, l.charged as current, l.quantity
    from ${preview} l
    join statement_line p on p.organization_id = $1 and p.closing_id = ${LAST} and p.account_id = l.account_id
      and p.service_id = l.service_id and p.supplier_id = l.supplier_id
    where p.charged > 0 and l.charged > 3 * p.charged and ${CHARGED}
      and l.charged - p.charged >= (select coalesce((o.settings -> 'closing' ->> 'tripledFrom')::bigint, ${TRIPLED_FROM})
        from organization o where o.id = $1)
      and not exists (
        select from statement_line e where e.organization_id = $1 and e.closing_id = any(($3::bigint[])[2:])
          and e.account_id = l.account_id and e.service_id = l.service_id and e.supplier_id = l.supplier_id
          and l.charged <= 3 * e.charged)`,
  MISSING_READING: (preview) => `
    select account_id, house_id, service_id, supplier_id, null::bigint as previous, charged as current, quantity
    from ${preview} where method like 'ESTIMATE%'`,
  NEGATIVE_COMMON_AREA: () => `
    select null::bigint as account_id, h.house_id, c."serviceId" as service_id, null::bigint as supplier_id,
      null::bigint as previous, null::bigint as current, c."carryOut" as quantity
    from closing_house h, jsonb_to_recordset(h.commons) as c("serviceId" bigint, "carryOut" bigint)
    where h.organization_id = $1 and h.closing_id = $2 and c."carryOut" < 0`,
  NEGATIVE_LINE: (preview) => `
    select l.account_id, l.house_id, l.service_id, l.supplier_id, null::bigint as previous,
      l.charged + l.recalculated + l.underdelivered + l.benefit as current, l.quantity
    from ${preview} l where l.charged + l.recalculated + l.underdelivered + l.benefit < 0 and ${CHARGED}`,
  // what the organisation wants to be asked about, whatever was charged before
  OVER_BOUND: (preview) => `
    select l.account_id, l.house_id, l.service_id, l.supplier_id,
      (select p.charged from statement_line p where p.organization_id = $1 and p.closing_id = ${LAST}
         and p.account_id = l.account_id and p.service_id = l.service_id and p.supplier_id = l.supplier_id) as previous,
      l.charged as current, l.quantity
    from ${preview} l where ${CHARGED}
      and l.charged > (select (o.settings -> 'closing' ->> 'bound')::bigint from organization o where o.id = $1)`,
};

/** A charge that a person decides on, and whether somebody did. */
export interface ParkedLine {
  houseId: string;
  accountId: string;
  serviceId: string | null;
  supplierId: string | null;
  /** Minor units. */
  current: string;
  isDecided: boolean;
}

/** Of another sum nothing was decided. */
const DECISION = `
  left join closing_decision d on d.organization_id = $1 and d.closing_id = $2 and d.account_id = f.account_id
    and (d.service_id, d.supplier_id) is not distinct from (f.service_id, f.supplier_id) and d.ended_at is null
    and d.choice = 'CHARGE' and d.charged = f.current`;

const isParked = (kind: AnomalyKind): boolean => PARKED_KINDS.some((one) => one === kind);

interface AnomalyRow {
  accountId: string | null;
  houseId: string;
  serviceId: string | null;
  decisionId: string | null;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  number: string | null;
  city: string;
  street: string;
  house: string;
  flat: string | null;
  premisesKind: string | null;
  service: string;
  unit: string | null;
  previous: string | null;
  current: string | null;
  quantity: string | null;
}

/** What is worth a look before a month is closed: found by SQL on the preview and the last partition. */
@Injectable()
export class ClosingAnomalies {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ClosingQueries) private readonly queries: ClosingQueries,
  ) {}

  /** How many of each kind. */
  async counts(closing: Closing, tx: Pick<Tx, 'query'> = this.db): Promise<AnomalyCount[]> {
    if (closing.state === 'DISCARDED') return ANOMALY_KINDS.map((kind) => ({ kind, count: 0, undecided: 0 }));
    const preview = previewTable(closing.id);
    const counted = await rows<AnomalyCount>(
      tx,
      ANOMALY_KINDS.map(
        (kind) =>
          `select '${kind}' as kind, count(*)::int as count,
             ${isParked(kind) ? 'count(*) filter (where d.id is null)::int' : '0'} as undecided
           from (${scoped(SOURCES[kind](preview))}) f ${isParked(kind) ? DECISION : ''}`,
      ).join(' union all '),
      await this.scope(closing),
    );
    return ANOMALY_KINDS.flatMap((kind) => counted.filter((one) => one.kind === kind));
  }

  /** A page of one kind, by address. */
  async page(closing: Closing, kind: AnomalyKind, page?: PageInput): Promise<AnomalyPage> {
    const total = (await this.counts(closing)).find((one) => one.kind === kind)?.count ?? 0;
    if (total === 0) return { items: [], total };
    const { limit, offset } = limitOf(page);
    const found = await rows<AnomalyRow>(
      this.db,
      `select f.account_id as "accountId", f.house_id as "houseId", a.number, h.city, h.street, h.number as house,
         p.number as flat, p.kind as "premisesKind", coalesce(s.name, '') as service, f.service_id as "serviceId",
         s.unit, f.previous, f.current, f.quantity, d.id as "decisionId", d.reason, u.login as "decidedBy", d.created_at as "decidedAt"
       from (${scoped(SOURCES[kind](previewTable(closing.id)))}) f
       ${DECISION}
       left join portal_user u on u.id = d.decided_by
       join house h on h.organization_id = $1 and h.id = f.house_id
       left join account a on a.organization_id = $1 and a.id = f.account_id
       left join premises p on p.organization_id = $1 and p.id = a.premises_id
       left join service s on s.organization_id = $1 and s.id = f.service_id
       order by h.city, h.street, h.number, a.number, s.calc_order, f.account_id, f.service_id limit $6 offset $7`,
      [...(await this.scope(closing)), limit, offset],
    );
    return { items: found.map(anomalyView), total };
  }

  /** Charges of a kind that a person decides on: of these accounts, or as many as asked for of those undecided. */
  async parked(
    tx: Pick<Tx, 'query'>,
    closing: Closing,
    { kind, accountIds, most }: { kind: AnomalyKind; accountIds: readonly string[] | null; most: number },
  ): Promise<ParkedLine[]> {
    if (!isParked(kind)) return [];
    return rows<ParkedLine>(
      tx,
      `select f.house_id as "houseId", f.account_id as "accountId", f.service_id as "serviceId",
         f.supplier_id as "supplierId", f.current, d.id is not null as "isDecided"
       from (${scoped(SOURCES[kind](previewTable(closing.id)))}) f ${DECISION}
       where case when $6::bigint[] is null then d.id is null else f.account_id = any($6) end
       order by f.house_id, f.account_id, f.service_id limit $7`,
      [...(await this.scope(closing)), accountIds, most],
    );
  }

  private async scope(closing: Closing): Promise<(string | readonly string[])[]> {
    const before = await this.queries.monthsBefore(closing.organizationId, closing.month);
    return [
      closing.organizationId,
      closing.id,
      before.slice(0, MONTHS_COMPARED).map(({ closingId }) => closingId),
      firstDay(closing.month),
      lastDay(closing.month),
    ];
  }
}

/** PostgreSQL refuses a parameter that a statement does not mention; every source mentions all five. */
const scoped = (source: string): string =>
  `${source} and ($1::bigint, $2::bigint, $4::date, $5::date) is not null and $3::bigint[] is not null`;

function anomalyView(found: AnomalyRow): Anomaly {
  const { accountId, houseId, number, service, flat, premisesKind } = found;
  const address =
    flat === null || premisesKind === null ? houseLine(found) : addressLine({ ...found, flat, premisesKind });
  const { decisionId, reason, decidedBy, decidedAt } = found;
  const isDecided = decisionId !== null && reason !== null && decidedAt !== null;
  return {
    accountId,
    houseId,
    serviceId: found.serviceId,
    number,
    address,
    service,
    unit: found.unit,
    decision: isDecided ? { id: decisionId, reason, by: decidedBy ?? '', at: decidedAt } : null,
    previous: toMoneyOrNull(found.previous),
    current: toMoneyOrNull(found.current),
    quantity: found.quantity === null ? null : quantityOf(BigInt(found.quantity)),
  };
}
