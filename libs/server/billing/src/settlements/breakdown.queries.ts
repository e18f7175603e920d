import { Inject, Injectable } from '@nestjs/common';
import { type AccountScope, addressLine } from '@kvartal/accounts';
import {
  type CivilDate,
  type Month,
  lastDay,
  moneyOf,
  priceOf,
  quantityOf,
  ratioOf,
  ratioText,
} from '@kvartal/domain';
import { row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type Books, BooksKeeper } from '../books';
import type { BreakdownRow } from './settlements.types';
import { ACCOUNT_PARTIES, HOLDER_NAME, type Party } from './party';

/** Whose charges of which month, account by account. */
export interface PayerMonth {
  month: Month;
  /** Whether the month stands closed. */
  isClosed: boolean;
  organization: Party;
  payer: Party;
  currency: Books['currency'];
  rows: BreakdownRow[];
}

interface LineRow {
  accountId: string;
  number: string;
  holder: string;
  city: string;
  street: string;
  house: string;
  flat: string;
  premisesKind: string;
  service: string;
  unit: string;
  quantity: string;
  price: string;
  charged: string;
  vat: string;
  tariffGroup: number | null;
  /** The rate of the month's last day, a share of one in hundred-millionths; null where the price has no tax. */
  vatRate: string | null;
}

/**
 * $1 the organisation, $2 an account of the payer, $3 the month's last day, $4 the closing, $5 the person who asks, null
 * for staff. A legal entity pays for all accounts that it holds; of those, a person sees what is linked to that person.
 */
const ROWS = `
  with payer as (
    select f.surname_key, f.tax_id from holder f
    where f.organization_id = $1 and f.account_id = $2 and f.kind = 'LEGAL' and f.valid @> $3::date and upper_inf(f.known)),
  own as (
    select $2::bigint as id
    union
    select f.account_id from payer p
    join holder f on f.organization_id = $1 and f.surname_key = p.surname_key and f.tax_id = p.tax_id
    where f.kind = 'LEGAL' and f.valid @> $3::date and upper_inf(f.known))
  select a.id as "accountId", a.number, coalesce((
      select ${HOLDER_NAME} from holder f where f.organization_id = a.organization_id and f.account_id = a.id
        and f.valid @> $3::date and upper_inf(f.known) limit 1), '') as holder,
    h.city, h.street, h.number as house, q.number as flat, q.kind as "premisesKind", s.name as service, s.unit,
    l.quantity, l.price, l.charged, l.vat, t.tariff_group as "tariffGroup", case when t.vat_mode <> 'NONE' then r.value end as "vatRate"
  from own
  join account a on a.organization_id = $1 and a.id = own.id
  join organization o on o.id = a.organization_id
  join house h on h.organization_id = a.organization_id and h.id = a.house_id
  join premises q on q.organization_id = a.organization_id and q.id = a.premises_id
  join statement_line l on l.organization_id = a.organization_id and l.account_id = a.id and l.closing_id = $4
  join service s on s.organization_id = l.organization_id and s.id = l.service_id
  left join tariff t on t.organization_id = l.organization_id and t.id = l.tariff_id
  left join rate r on r.country = o.country and r.kind = 'VAT' and r.valid @> $3::date and upper_inf(r.known)
  where (l.price <> 0 or l.charged <> 0) and ($5::bigint is null or exists (
    select from account_link k
    where k.user_id = $5 and k.organization_id = a.organization_id and k.account_id = a.id and k.ended_at is null))
  order by a.number, a.id, s.calc_order, s.id, l.supplier_id`;

/** Charges of a payer with their tax. */
@Injectable()
export class BreakdownQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
  ) {}

  /**
   * The charges of a month, the newest closed one where none is named; none of a month that is not closed. Undefined where
   * there is no such account, or no month at all.
   */
  async read(
    { organizationId, accountId }: AccountScope,
    asked: { month: Month | null; userId: string | null },
  ): Promise<PayerMonth | undefined> {
    const books = await this.books.read(organizationId);
    const month = asked.month ?? books.closed[0]?.month;
    if (month === undefined) return undefined;
    const day = lastDay(month);
    const parties = await row<{ organization: Party; holder: Party }>(this.db, ACCOUNT_PARTIES, [
      organizationId,
      accountId,
      day,
    ]);
    if (!parties) return undefined;
    const closing = books.closed.find((one) => one.month === month);
    return {
      month,
      isClosed: closing !== undefined,
      organization: parties.organization,
      payer: parties.holder,
      currency: books.currency,
      rows: closing ? await this.rows([organizationId, accountId, day, closing.closingId, asked.userId]) : [],
    };
  }

  private async rows(
    parameters: readonly [string, string, CivilDate, string, string | null],
  ): Promise<BreakdownRow[]> {
    return (await rows<LineRow>(this.db, ROWS, [...parameters])).map(rowOf);
  }
}

/** The table keeps shares of one, the rules count in per cents. */
const PER_CENT = 100n;

function rowOf(found: LineRow): BreakdownRow {
  const { holder, city, street, house, flat, premisesKind, vatRate, ...rest } = found;
  return {
    ...rest,
    recipient: [holder, addressLine({ city, street, house, flat, premisesKind })].filter(Boolean).join(', '),
    quantity: quantityOf(BigInt(found.quantity)),
    price: priceOf(BigInt(found.price)),
    charged: moneyOf(BigInt(found.charged)),
    vatPercent: vatRate === null ? null : ratioText(ratioOf(BigInt(vatRate) * PER_CENT)),
    vat: moneyOf(BigInt(found.vat)),
  };
}
