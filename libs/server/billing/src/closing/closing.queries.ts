import { Inject, Injectable } from '@nestjs/common';
import { houseLine } from '@kvartal/accounts';
import { type Money, type Month, moneyOf } from '@kvartal/domain';
import { NotFound, isId, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type ClosedMonth, BooksKeeper } from '../books';
import type { HouseProgress } from '../billing.enums';
import type { Closing, HouseCell, Period, SecondOpinionView, ServiceTotal } from './closing.types';
import { type ClosingKey, dirtyHouses } from './closing.lock';

/** Money columns of a row as they arrive: digits. */
type Raw<T> = {
  [K in keyof T]: T[K] extends Money ? string : T[K] extends Money | null ? string | null : T[K];
};

export const toMoney = (digits: string): Money => moneyOf(BigInt(digits));
export const toMoneyOrNull = (digits: string | null): Money | null =>
  digits === null ? null : toMoney(digits);

const CLOSING = `
  select c.organization_id as "organizationId", c.id, to_char(p.month, 'YYYY-MM') as month, c.revision, c.state,
    c.created_at as "startedAt", c.houses, c.digest, c.failure, h.*
  from closing c
  join period p on p.organization_id = c.organization_id and p.id = c.period_id
  cross join lateral (
    select count(*) filter (where state = 'DONE')::int as done, count(*) filter (where state = 'FAILED')::int as failed,
      coalesce(sum(accounts) filter (where state = 'DONE'), 0)::int as accounts,
      coalesce(sum(lines) filter (where state = 'DONE'), 0)::int as lines,
      coalesce(sum(opening) filter (where state = 'DONE'), 0)::bigint as opening,
      coalesce(sum(charged) filter (where state = 'DONE'), 0)::bigint as charged,
      coalesce(sum(paid) filter (where state = 'DONE'), 0)::bigint as paid,
      coalesce(sum(closing) filter (where state = 'DONE'), 0)::bigint as closing
    from closing_house where organization_id = c.organization_id and closing_id = c.id) h
  where c.organization_id = $1 and c.id = any($2::bigint[])`;

const closingView = (found: Raw<Closing>): Closing => ({
  ...found,
  opening: toMoney(found.opening),
  charged: toMoney(found.charged),
  paid: toMoney(found.paid),
  closing: toMoney(found.closing),
});

/** A closing while it is looked at: its state, façade and totals. */
@Injectable()
export class ClosingQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
  ) {}

  /** One closing. Throws NotFound. */
  async get({ organizationId, closingId }: ClosingKey): Promise<Closing> {
    if (!isId(organizationId) || !isId(closingId)) throw new NotFound();
    const [found] = await this.list(organizationId, [closingId]);
    if (!found) throw new NotFound();
    return found;
  }

  /** One whose lines can still be read. Throws NotFound for what was thrown away. */
  async getAlive(key: ClosingKey): Promise<Closing> {
    const closing = await this.get(key);
    if (closing.state === 'DISCARDED') throw new NotFound();
    return closing;
  }

  private async list(organizationId: string, ids: readonly string[]): Promise<Closing[]> {
    return (await rows<Raw<Closing>>(this.db, CLOSING, [organizationId, ids])).map(closingView);
  }

  /** The months of an organisation, newest first, with what was charged in the closed ones. */
  async listPeriods(organizationId: string): Promise<Period[]> {
    const found = await rows<Raw<Period>>(
      this.db,
      `select p.organization_id as "organizationId", p.id, to_char(p.month, 'YYYY-MM') as month, p.state,
         p.closed_at as "closedAt", h.charged, h.accounts,
         coalesce((select c.id from closing c where c.organization_id = p.organization_id
           and c.period_id = p.id and c.state in ('COMPUTING', 'READY', 'FAILED')), p.closing_id) as "closingId",
         (select coalesce(json_agg(json_build_object('reason', r.reason, 'by', u.login, 'at', r.created_at)
             order by r.id desc), '[]')
           from period_reopening r join portal_user u on u.id = r.reopened_by
           where r.organization_id = p.organization_id and r.period_id = p.id) as reopenings
       from period p
       left join lateral (
         select sum(charged)::bigint as charged, sum(accounts)::int as accounts from closing_house
         where organization_id = p.organization_id and closing_id = p.closing_id) h on true
       where p.organization_id = $1 order by p.month desc`,
      [organizationId],
    );
    return found.map(({ reopenings, ...period }) => ({
      ...period,
      charged: toMoneyOrNull(period.charged),
      reopenings: reopenings.map((one) => ({ ...one, at: new Date(one.at) })),
    }));
  }

  /** One month of the books. Throws NotFound. */
  async getPeriod(organizationId: string, month: Month): Promise<Period> {
    const period = (await this.listPeriods(organizationId)).find((one) => one.month === month);
    if (!period) throw new NotFound();
    return period;
  }

  /** Houses that changed since they were computed, by address; none once it has ended. */
  async changedHouses(closing: Closing): Promise<HouseCell[]> {
    if (closing.state === 'COMMITTED' || closing.state === 'DISCARDED') return [];
    const key = { organizationId: closing.organizationId, closingId: closing.id };
    const dirty = new Set(await dirtyHouses(this.db, key));
    return dirty.size === 0 ? [] : (await this.facade(key)).filter(({ houseId }) => dirty.has(houseId));
  }

  /** One window a house. */
  async facade({ organizationId, closingId }: ClosingKey): Promise<HouseCell[]> {
    const found = await rows<HouseRow>(
      this.db,
      `select c.house_id as "houseId", h.city, h.street, h.number as house, c.state, c.failure, exists (
           select from closing_decision d where d.organization_id = $1 and d.closing_id = $2 and d.house_id = c.house_id
             and d.account_id is null and d.ended_at is null) as "isLeftOut"
       from closing_house c join house h on h.organization_id = c.organization_id and h.id = c.house_id
       where c.organization_id = $1 and c.closing_id = $2 order by h.city, h.street, h.number, h.id`,
      [organizationId, closingId],
    );
    return found.map(({ city, street, house, ...cell }) => ({
      ...cell,
      address: houseLine({ city, street, house }),
    }));
  }

  /** How many houses have changed since they were computed; 0 once it has ended. */
  async countDirty(closing: Closing): Promise<number> {
    if (closing.state === 'COMMITTED' || closing.state === 'DISCARDED') return 0;
    const key = { organizationId: closing.organizationId, closingId: closing.id };
    return (await dirtyHouses(this.db, key)).length;
  }

  /** What each service charges, beside the last closed month before; nothing once the preview was thrown away. */
  async totals(closing: Closing): Promise<ServiceTotal[]> {
    if (closing.state === 'DISCARDED') return [];
    const before = await this.monthBefore(closing.organizationId, closing.month);
    const found = await rows<Raw<ServiceTotal>>(
      this.db,
      `select s.id as "serviceId", s.name as service, coalesce(p.charged, 0)::bigint as previous,
         coalesce(c.charged, 0)::bigint as current, (coalesce(c.charged, 0) - coalesce(p.charged, 0))::bigint as difference
       from (select service_id, sum(charged) as charged from ${previewTable(closing.id)} group by 1) c
       full join (select service_id, sum(charged) as charged from statement_line
         where organization_id = $1 and closing_id = $2 group by 1) p using (service_id)
       join service s on s.organization_id = $1 and s.id = service_id
       order by s.calc_order, s.id`,
      [closing.organizationId, before?.closingId ?? null],
    );
    return found.map((total) => ({
      ...total,
      previous: toMoney(total.previous),
      current: toMoney(total.current),
      difference: toMoney(total.difference),
    }));
  }

  /** The latest second opinion about a closing; null until there is one. */
  async opinion({ organizationId, id }: Closing): Promise<SecondOpinionView | null> {
    const found = await row<SecondOpinionView>(
      this.db,
      `select o.houses, o.lines, o.created_at as at, coalesce((
         select json_agg(json_build_object('accountId', a.id::text, 'number', a.number, 'service', s.name,
           'column', d ->> 'column'))
         from jsonb_array_elements(o.differences) d
         join account a on a.organization_id = $1 and a.id = (d ->> 'accountId')::bigint
         join service s on s.organization_id = $1 and s.id = (d ->> 'serviceId')::bigint), '[]') as differences
       from second_opinion o where o.organization_id = $1 and o.closing_id = $2 order by o.id desc limit 1`,
      [organizationId, id],
    );
    return found ?? null;
  }

  /** The last closed month before a month. */
  async monthBefore(organizationId: string, month: Month): Promise<ClosedMonth | undefined> {
    return (await this.monthsBefore(organizationId, month))[0];
  }

  /** The closed months before a month, the newest first. */
  async monthsBefore(organizationId: string, month: Month): Promise<ClosedMonth[]> {
    return (await this.books.read(organizationId)).closed.filter((one) => one.month < month);
  }
}

interface HouseRow {
  houseId: string;
  city: string;
  street: string;
  house: string;
  state: HouseProgress;
  failure: string | null;
  isLeftOut: boolean;
}

/** The table a closing is computed into; once committed it is the ledger's partition of the same name. */
export function previewTable(closingId: string): string {
  if (!isId(closingId)) throw new NotFound();
  return `statement_line_${closingId}`;
}
