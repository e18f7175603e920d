import { Inject, Injectable } from '@nestjs/common';
import {
  type ChargingMethod,
  type CivilDate,
  type Money,
  type Month,
  moneyOf,
  priceOf,
  quantityOf,
  todayIn,
} from '@kvartal/domain';
import { Clock, NotFound, inTransaction, requireIds, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BillsQueries } from '../bills/bills.queries';
import type { AccountKey } from '../statements/services.queries';
import type { AccountService } from '../statements/services.types';
import type { AccountAsOf, PastFacts } from './history.types';

/** An account on a past day, and the last moment of that day there. */
interface PastDay extends AccountKey {
  on: CivilDate;
  moment: Date;
  premisesId: string;
}

interface PlaceRow {
  premisesId: string;
  timeZone: string;
  moment: Date;
  closedOn: CivilDate | null;
}

const PLACE = `
  select a.premises_id as "premisesId", o.time_zone as "timeZone", d.moment,
    case when was.id is null then a.closed_on else upper(was.valid) - 1 end::text as "closedOn"
  from account a join organization o on o.id = a.organization_id
  cross join lateral (select least((($3::date + 1)::timestamp at time zone o.time_zone) - interval '1 millisecond',
    $4::timestamptz) as moment) d
  left join account_open was on was.organization_id = a.organization_id and was.account_id = a.id and was.known @> d.moment
  where a.organization_id = $1 and a.id = $2`;

/** Of the closings committed by a moment the one of the latest month; a month closed again counts as it was closed last. */
const CLOSED = `
  select c.id as "closingId", to_char(p.month, 'YYYY-MM') as month
  from closing c join period p on p.organization_id = c.organization_id and p.id = c.period_id
  where c.organization_id = $1 and c.state = 'COMMITTED' and c.committed_at <= $2
  order by p.month desc, c.revision desc limit 1`;

const BALANCE = `
  select coalesce((select sum(l.closing) from statement_line l
      where l.organization_id = $1 and l.account_id = $2 and l.closing_id = $3), 0)
    + coalesce((select sum(m.amount) from movement m
      join period p on p.organization_id = m.organization_id and p.id = m.period_id
      where m.organization_id = $1 and m.account_id = $2 and m.created_at <= $4
        and ($5::date is null or p.month > $5::date)), 0) as balance`;

const HOLDER = `
  select case h.kind when 'LEGAL' then h.company else concat_ws(' ', h.surname, h.given_name, h.patronymic) end as name
  from holder h where h.organization_id = $1 and h.account_id = $2 and h.valid @> $3::date and h.known @> $4::timestamptz`;

const FACTS = `
  select f.kind, f.value,
    f.known @> $5::timestamptz as "knownThen", upper_inf(f.known) as "knownNow"
  from (values ('ACCOUNT', $2::bigint), ('PREMISES', $3::bigint)) s (subject, subject_id)
  join fact f on f.organization_id = $1 and f.subject = s.subject and f.subject_id = s.subject_id
  where f.valid @> $4::date and (f.known @> $5::timestamptz or upper_inf(f.known))`;

const SERVICES = `
  select s.service_id as "serviceId", v.name, v.unit, u.name as supplier, t.price, lower(t.valid)::text as "priceSince",
    coalesce(t.document, '') as document, s.method
  from account_service s
  join service v on v.organization_id = s.organization_id and v.id = s.service_id
  join supplier u on u.organization_id = s.organization_id and u.id = s.supplier_id
  left join tariff t on t.organization_id = s.organization_id and t.service_id = s.service_id
    and t.supplier_id = s.supplier_id and t.tariff_group = s.tariff_group
    and t.valid @> $3::date and t.known @> $4::timestamptz
  where s.organization_id = $1 and s.account_id = $2 and s.valid @> $3::date and s.known @> $4::timestamptz
  order by v.calc_order, v.id, u.id`;

interface FactRow {
  kind: string;
  value: string;
  knownThen: boolean;
  knownNow: boolean;
}
type ServiceRow = Omit<AccountService, 'price'> & { price: string | null; method: ChargingMethod };

/** An account as of a past day: by what was known then, which later corrections do not change. */
@Injectable()
export class HistoryQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BillsQueries) private readonly bills: BillsQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Null for a day that has not come. Throws NotFound. */
  async asOf(key: AccountKey, on: CivilDate): Promise<AccountAsOf | null> {
    const { organizationId, accountId } = key;
    requireIds(organizationId, accountId);
    const now = await this.clock.now();
    return inTransaction(
      this.db,
      async (tx) => {
        const place = await row<PlaceRow>(tx, PLACE, [organizationId, accountId, on, now]);
        if (!place) throw new NotFound();
        if (on > todayIn(now, place.timeZone)) return null;
        const day = { ...key, on, ...place };
        return {
          on,
          closedOn: place.closedOn,
          ...(await this.owed(tx, day)),
          holder: await holderOn(tx, day),
          ...(await factsOn(tx, day)),
          services: await servicesOn(tx, day),
        };
      },
      'REPEATABLE READ',
    );
  }

  /** What the books of the day said, and the bill that had been issued. */
  private async owed(
    tx: Tx,
    { organizationId, accountId, on, moment }: PastDay,
  ): Promise<Pick<AccountAsOf, 'balance' | 'month' | 'bill'>> {
    const closed = await row<{ closingId: string; month: Month }>(tx, CLOSED, [organizationId, moment]);
    const found = await row<{ balance: string }>(tx, BALANCE, [
      organizationId,
      accountId,
      closed?.closingId ?? null,
      moment,
      closed ? `${closed.month}-01` : null,
    ]);
    const bill = closed && (await this.bills.find(organizationId, accountId, closed.closingId));
    const balance: Money = moneyOf(BigInt(found?.balance ?? '0'));
    return { balance, month: closed?.month ?? null, bill: bill && bill.issuedOn <= on ? bill : null };
  }
}

async function holderOn(tx: Tx, { organizationId, accountId, on, moment }: PastDay): Promise<string> {
  const found = await row<{ name: string }>(tx, HOLDER, [organizationId, accountId, on, moment]);
  return found?.name ?? '';
}

async function factsOn(
  tx: Tx,
  { organizationId, accountId, premisesId, on, moment }: PastDay,
): Promise<Pick<AccountAsOf, 'facts' | 'factsNow'>> {
  const found = await rows<FactRow>(tx, FACTS, [organizationId, accountId, premisesId, on, moment]);
  return {
    facts: factsOf(found.filter(({ knownThen }) => knownThen)),
    factsNow: factsOf(found.filter(({ knownNow }) => knownNow)),
  };
}

function factsOf(facts: readonly FactRow[]): PastFacts {
  const valueOf = (kind: string) => {
    const found = facts.find((one) => one.kind === kind);
    return found ? quantityOf(BigInt(found.value)) : null;
  };
  return {
    totalArea: valueOf('TOTAL_AREA'),
    livingArea: valueOf('LIVING_AREA'),
    heatedArea: valueOf('HEATED_AREA'),
    residents: valueOf('RESIDENTS'),
  };
}

async function servicesOn(
  tx: Tx,
  { organizationId, accountId, on, moment }: PastDay,
): Promise<AccountService[]> {
  const found = await rows<ServiceRow>(tx, SERVICES, [organizationId, accountId, on, moment]);
  return found.map(({ price, ...service }) => ({
    ...service,
    price: price === null ? null : priceOf(BigInt(price)),
  }));
}
