import { Inject, Injectable } from '@nestjs/common';
import { addressLine } from '@kvartal/accounts';
import { type CivilDate, type Money, moneyOf, quantityOf, type Resource, type Zone } from '@kvartal/domain';
import { Clock, NotFound, type PageInput, isId, limitOf, requireIds, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type Books, BooksKeeper } from '../books';
import { conditionOf, wordsOf } from './account-search';
import type { AccountFeed, AccountFilterInput, AccountPage, AccountRow, FeedAccount } from './lists.types';

interface ListedAccount {
  id: string;
  number: string;
  city: string;
  street: string;
  house: string;
  flat: string;
  premisesKind: string;
  holder: string;
  balance: string;
}

/** $1 organisation, $2 the last closing, $3 the periods not yet closed, $4 the instant. */
const BALANCE_OF_ACCOUNT = `
  coalesce((select sum(l.closing) from statement_line l
    where l.organization_id = $1 and l.account_id = a.id and l.closing_id = $2), 0)
  + coalesce((select sum(m.amount) from movement m
    where m.organization_id = $1 and m.account_id = a.id and m.period_id = any($3::bigint[])), 0)`;

const NAMED = `
  a.id, a.number, h.city, h.street, h.number as house, q.number as flat, q.kind as "premisesKind",
  coalesce((select case r.kind when 'LEGAL' then r.company else concat_ws(' ', nullif(r.surname, ''),
      nullif(r.given_name, ''), nullif(r.patronymic, '')) end from holder r
    where r.organization_id = $1 and r.account_id = a.id and upper_inf(r.known)
      and r.valid @> ($4::timestamptz at time zone o.time_zone)::date), '') as holder,
  (${BALANCE_OF_ACCOUNT})::bigint as balance`;

const PLACES = `
  join organization o on o.id = a.organization_id
  join house h on h.organization_id = a.organization_id and h.id = a.house_id
  join premises q on q.organization_id = a.organization_id and q.id = a.premises_id`;

/** Accounts that owe: the whole last month by account, with what has moved since. */
const DEBTORS = `
  a.id in (select account_id from (
    select account_id, closing as amount from statement_line where organization_id = $1 and closing_id = $2
    union all
    select account_id, amount from movement where organization_id = $1 and period_id = any($3::bigint[])) moved
    group by account_id having sum(amount) > 0)`;

const FEED = `
  select ${NAMED}, (
    select json_agg(json_build_object('id', g.id::text, 'serial', m.serial, 'resource', m.resource, 'zone', g.zone,
      'lastValue', e.value::text, 'lastOn', e.taken_on) order by m.id, g.id)
    from meter m
    join register g on g.organization_id = m.organization_id and g.meter_id = m.id
    join fact w on w.organization_id = m.organization_id and w.subject = 'METER' and w.subject_id = m.id
      and w.kind = 'METER_WORKING' and upper_inf(w.known) and w.value > 0
      and w.valid @> ($4::timestamptz at time zone o.time_zone)::date
    left join lateral (select value, taken_on from reading n where n.organization_id = g.organization_id
      and n.register_id = g.id and n.settles order by n.month desc limit 1) e on true
    where m.organization_id = $1 and m.account_id = a.id) as registers
  from (select * from account where organization_id = $1 and id > $5 order by id limit $6) a
  ${PLACES}
  order by a.id`;

interface FedAccount extends ListedAccount {
  registers:
    | readonly {
        id: string;
        serial: string | null;
        resource: Resource;
        zone: Zone;
        lastValue: string | null;
        lastOn: CivilDate | null;
      }[]
    | null;
}

const MOST_AT_ONCE = 500;

/** Lists of accounts with their balances: for staff by search and page, for machines by cursor. */
@Injectable()
export class AccountsListQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A page of an organisation's accounts by number. */
  async page(
    organizationId: string,
    filter: AccountFilterInput | undefined,
    page?: PageInput,
  ): Promise<AccountPage> {
    requireIds(organizationId);
    const ledger = await this.ledgerOf(organizationId);
    const { where, values } = whereOf(filter, ledger.length);
    // both statements mention every parameter, whatever the filter
    const known =
      '($2::bigint is null or $2 > 0) and $3::bigint[] is not null and $4::timestamptz is not null';
    const counted = await row<{ total: number }>(
      this.db,
      `select count(*)::int as total from account a where a.organization_id = $1 and ${known} and ${where}`,
      [...ledger, ...values],
    );
    const { limit, offset } = limitOf(page);
    const found = await rows<ListedAccount>(
      this.db,
      `select ${NAMED}
       from (select a.* from account a where a.organization_id = $1 and ${known} and ${where}
         order by a.number, a.id limit ${limit} offset ${offset}) a
       ${PLACES}
       order by a.number, a.id`,
      [...ledger, ...values],
    );
    return { items: found.map(rowView), total: counted?.total ?? 0 };
  }

  /** Accounts after a cursor, in the order of their ids. Throws NotFound for a cursor that was never given. */
  async feed(organizationId: string, first: number, after: string | null | undefined): Promise<AccountFeed> {
    if (after && !isId(after)) throw new NotFound();
    const limit = Math.min(Math.max(1, first), MOST_AT_ONCE);
    const found = await rows<FedAccount>(this.db, FEED, [
      ...(await this.ledgerOf(organizationId)),
      after ?? '0',
      limit,
    ]);
    const next = found.length === limit ? (found.at(-1)?.id ?? null) : null;
    return { items: found.map(feedView), next };
  }

  private async ledgerOf(organizationId: string): Promise<[string, string | null, readonly string[], Date]> {
    const books: Books = await this.books.read(organizationId);
    return [
      organizationId,
      books.closed[0]?.closingId ?? null,
      books.unclosedPeriodIds,
      await this.clock.now(),
    ];
  }
}

function whereOf(
  filter: AccountFilterInput | undefined,
  before: number,
): { where: string; values: string[] } {
  const values: string[] = [];
  const conditions = ['true'];
  if (filter?.houseId) {
    if (!isId(filter.houseId)) return { where: 'false', values };
    values.push(filter.houseId);
    conditions.push(`a.house_id = $${before + values.length}`);
  }
  for (const word of wordsOf(filter?.text ?? '')) {
    const condition = conditionOf(word, before + values.length + 1);
    conditions.push(condition.sql);
    values.push(...condition.values);
  }
  if (filter?.debtorsOnly) conditions.push(DEBTORS);
  return { where: conditions.join(' and '), values };
}

const toMoney = (digits: string): Money => moneyOf(BigInt(digits));

const rowView = ({ id, number, holder, balance, ...address }: ListedAccount): AccountRow => ({
  id,
  number,
  holder,
  address: addressLine(address),
  balance: toMoney(balance),
});

const feedView = ({ registers, ...account }: FedAccount): FeedAccount => ({
  ...rowView(account),
  registers: (registers ?? []).map(({ lastValue, ...register }) => ({
    ...register,
    lastValue: lastValue === null ? null : quantityOf(BigInt(lastValue)),
  })),
});
