import { Inject, Injectable } from '@nestjs/common';
import { addressLine, houseLine } from '@kvartal/accounts';
import { firstDay, lastDay, quantityOf } from '@kvartal/domain';
import { type PageInput, limitOf, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { ANOMALY_KINDS, type AnomalyKind } from '../billing.enums';
import { ClosingQueries, previewTable, toMoneyOrNull } from './closing.queries';
import type { Anomaly, AnomalyCount, AnomalyPage, Closing } from './closing.types';

/** Each selects account_id, house_id, service_id, previous, current, quantity. $1 organisation, $2 closing, $3 the closing before, $4–$5 the month's first and last day. */
const SOURCES: Readonly<Record<AnomalyKind, (preview: string) => string>> = {
  // an account that was open in the month and is charged nothing, or takes no service at all
  ZERO_CHARGE: (preview) => `
    select a.id as account_id, a.house_id, null::bigint as service_id,
      (select sum(p.charged)::bigint from statement_line p
       where p.organization_id = $1 and p.closing_id = $3 and p.account_id = a.id) as previous,
      0::bigint as current, null::bigint as quantity
    from account a
    left join (select account_id, sum(charged) as charged from ${preview} group by 1) l on l.account_id = a.id
    where a.organization_id = $1 and a.opened_on <= $5::date and (a.closed_on is null or a.closed_on >= $4::date)
      and coalesce(l.charged, 0) = 0`,
  TRIPLED_CHARGE: (preview) => `
    select l.account_id, l.house_id, l.service_id, p.charged as previous, l.charged as current, l.quantity
    from ${preview} l
    join statement_line p on p.organization_id = $1 and p.closing_id = $3 and p.account_id = l.account_id
      and p.service_id = l.service_id and p.supplier_id = l.supplier_id
    where p.charged > 0 and l.charged > 3 * p.charged`,
  MISSING_READING: (preview) => `
    select account_id, house_id, service_id, null::bigint as previous, charged as current, quantity
    from ${preview} where method like 'ESTIMATE%'`,
  NEGATIVE_COMMON_AREA: () => `
    select null::bigint as account_id, h.house_id, c."serviceId" as service_id, null::bigint as previous,
      null::bigint as current, c."carryOut" as quantity
    from closing_house h, jsonb_to_recordset(h.commons) as c("serviceId" bigint, "carryOut" bigint)
    where h.organization_id = $1 and h.closing_id = $2 and c."carryOut" < 0`,
  NEGATIVE_LINE: (preview) => `
    select account_id, house_id, service_id, null::bigint as previous,
      charged + recalculated + underdelivered + benefit as current, quantity
    from ${preview} where charged + recalculated + underdelivered + benefit < 0`,
};

interface AnomalyRow {
  accountId: string | null;
  houseId: string;
  number: string | null;
  city: string;
  street: string;
  house: string;
  flat: string | null;
  premisesKind: string | null;
  service: string;
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
  async counts(closing: Closing): Promise<AnomalyCount[]> {
    if (closing.state === 'DISCARDED') return ANOMALY_KINDS.map((kind) => ({ kind, count: 0 }));
    const preview = previewTable(closing.id);
    const counted = await rows<AnomalyCount>(
      this.db,
      ANOMALY_KINDS.map(
        (kind) =>
          `select '${kind}' as kind, count(*)::int as count from (${scoped(SOURCES[kind](preview))}) found`,
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
         p.number as flat, p.kind as "premisesKind", coalesce(s.name, '') as service, f.previous, f.current, f.quantity
       from (${scoped(SOURCES[kind](previewTable(closing.id)))}) f
       join house h on h.organization_id = $1 and h.id = f.house_id
       left join account a on a.organization_id = $1 and a.id = f.account_id
       left join premises p on p.organization_id = $1 and p.id = a.premises_id
       left join service s on s.organization_id = $1 and s.id = f.service_id
       order by h.city, h.street, h.number, a.number, s.calc_order, f.account_id, f.service_id limit $6 offset $7`,
      [...(await this.scope(closing)), limit, offset],
    );
    return { items: found.map(anomalyView), total };
  }

  private async scope(closing: Closing): Promise<(string | null)[]> {
    const before = await this.queries.monthBefore(closing.organizationId, closing.month);
    return [
      closing.organizationId,
      closing.id,
      before?.closingId ?? null,
      firstDay(closing.month),
      lastDay(closing.month),
    ];
  }
}

/** PostgreSQL refuses a parameter that a statement does not mention; every source mentions all five. */
const scoped = (source: string): string =>
  `${source} and ($1::bigint, $2::bigint, $4::date, $5::date) is not null and ($3::bigint is null or $3 > 0)`;

function anomalyView(found: AnomalyRow): Anomaly {
  const { accountId, houseId, number, service, flat, premisesKind } = found;
  const address =
    flat === null || premisesKind === null ? houseLine(found) : addressLine({ ...found, flat, premisesKind });
  return {
    accountId,
    houseId,
    number,
    address,
    service,
    previous: toMoneyOrNull(found.previous),
    current: toMoneyOrNull(found.current),
    quantity: found.quantity === null ? null : quantityOf(BigInt(found.quantity)),
  };
}
