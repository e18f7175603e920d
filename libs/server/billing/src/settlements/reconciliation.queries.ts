import { Inject, Injectable } from '@nestjs/common';
import { type AccountScope, addressLine } from '@kvartal/accounts';
import {
  type CivilDate,
  type LedgerEntry,
  type Money,
  type Month,
  firstDay,
  lastDay,
  moneyOf,
  negate,
  subtractMoney,
  sum,
} from '@kvartal/domain';
import { NotFound, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type Books, BooksKeeper } from '../books';
import type { MovementKind } from '../ledger';
import { ACCOUNT_PARTIES, type Party } from './party';

/** What an entry of an act is about; the words for it are the document's. */
export interface ActEntry extends LedgerEntry {
  what: 'OPENING' | 'CHARGED' | 'CORRECTED' | Exclude<MovementKind, 'REVERSAL'>;
  /** Penalties are reconciled apart. */
  isPenalty: boolean;
  /** Takes back an entry of the same kind. */
  isReversal: boolean;
  /** The month that was charged or corrected. */
  month: Month;
  /** Number of the month's bill, for what was charged. */
  bill: string | null;
  /** The payer's day, for money. */
  valueDate: CivilDate | null;
  reason: string;
}

/** Who keeps the account and whose it is, with all that has ever moved on it. */
export interface AccountLedger {
  organization: Party;
  holder: Party;
  accountNumber: string;
  address: string;
  currency: Books['currency'];
  timeZone: string;
  entries: readonly ActEntry[];
}

interface LineSums {
  closingId: string;
  isPenalty: boolean;
  opening: string;
  charged: string;
  closing: string;
  bill: string | null;
}

const LINES = `
  select l.closing_id as "closingId", s.service_group = 'PENALTY' as "isPenalty", sum(l.opening)::text as opening,
    sum(l.charged)::text as charged, sum(l.closing)::text as closing, max(b.number) as bill
  from statement_line l
  join service s on s.organization_id = l.organization_id and s.id = l.service_id
  left join bill b on b.organization_id = l.organization_id and b.account_id = l.account_id and b.closing_id = l.closing_id
  where l.organization_id = $1 and l.account_id = $2 and l.closing_id = any($3::bigint[])
  group by 1, 2`;

interface MovementSums {
  month: Month;
  isPenalty: boolean;
  kind: MovementKind;
  /** What a reversal takes back. */
  origin: MovementKind;
  postedOn: CivilDate;
  valueDate: CivilDate;
  reason: string;
  amount: string;
}

const MOVEMENTS = `
  select to_char(p.month, 'YYYY-MM') as month, s.service_group = 'PENALTY' as "isPenalty", m.kind,
    coalesce(was.kind, m.kind) as origin, (m.created_at at time zone $3)::date::text as "postedOn",
    m.value_date::text as "valueDate", max(m.reason) as reason, sum(m.amount)::text as amount
  from movement m
  join period p on p.organization_id = m.organization_id and p.id = m.period_id
  join service s on s.organization_id = m.organization_id and s.id = m.service_id
  left join movement was on was.organization_id = m.organization_id and was.id = m.reverses
  where m.organization_id = $1 and m.account_id = $2
  group by p.month, 2, 3, 4, 5, 6, m.source_kind, m.source_id
  order by min(m.id)`;

const toMoney = (digits: string): Money => moneyOf(BigInt(digits));

/** The ledger of one account as a list of entries that add up to its balance on any day. */
@Injectable()
export class ReconciliationQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
  ) {}

  /** Reads the account's parties as of a day, and its entries of all time. Throws NotFound. */
  async ledger({ organizationId, accountId }: AccountScope, on: CivilDate): Promise<AccountLedger> {
    const books = await this.books.read(organizationId);
    const found = await row<PartiesRow>(this.db, ACCOUNT_PARTIES, [organizationId, accountId, on]);
    if (!found) throw new NotFound();
    const lines = await rows<LineSums>(this.db, LINES, [
      organizationId,
      accountId,
      books.closed.map(({ closingId }) => closingId),
    ]);
    const movements = await rows<MovementSums>(this.db, MOVEMENTS, [
      organizationId,
      accountId,
      books.timeZone,
    ]);
    const { organization, holder, number, ...address } = found;
    return {
      organization,
      holder,
      accountNumber: number,
      address: addressLine(address),
      currency: books.currency,
      timeZone: books.timeZone,
      entries: [...entriesOfLines(books, lines, movements), ...movements.map(entryOfMovement)],
    };
  }
}

interface PartiesRow {
  organization: Party;
  holder: Party;
  number: string;
  city: string;
  street: string;
  house: string;
  flat: string;
  premisesKind: string;
}

/**
 * What closings entered: the sums charged, and what else moved the lines without a movement of money, such as benefits.
 * The first month's opening balance is what was brought into these books.
 */
function entriesOfLines(
  { closed }: Books,
  lines: readonly LineSums[],
  movements: readonly MovementSums[],
): ActEntry[] {
  const firstClosing = closed.at(-1)?.closingId;
  const monthOf = new Map(closed.map(({ closingId, month }) => [closingId, month]));
  return lines.flatMap(({ closingId, isPenalty, bill, ...sums }) => {
    const month = monthOf.get(closingId);
    if (month === undefined) return [];
    const [opening, charged, closing] = [toMoney(sums.opening), toMoney(sums.charged), toMoney(sums.closing)];
    const moved = sum(
      movements
        .filter((one) => one.month === month && one.isPenalty === isPenalty)
        .map(({ amount }) => toMoney(amount)),
    );
    const corrected = subtractMoney(subtractMoney(closing, opening), sum([charged, moved]));
    const entry = {
      side: 'DEBIT',
      month,
      isPenalty,
      isReversal: false,
      valueDate: null,
      reason: '',
    } as const;
    const on = lastDay(month);
    const made: ActEntry[] = [
      { ...entry, what: 'CHARGED', on, amount: charged, bill },
      { ...entry, what: 'CORRECTED', on, amount: corrected, bill: null },
    ];
    if (closingId === firstClosing)
      made.unshift({ ...entry, what: 'OPENING', on: firstDay(month), amount: opening, bill: null });
    return made.filter(({ amount }) => amount !== 0n);
  });
}

/**
 * Money counts from the day it was posted, within the month that took it: a month is closed some days after its end, and
 * what was posted in those days still belongs to it (the ledger knows the posting month only, specification D.5).
 */
function entryOfMovement(movement: MovementSums): ActEntry {
  const { kind, origin, month, postedOn, valueDate, isPenalty, reason } = movement;
  const [first, last] = [firstDay(month), lastDay(month)];
  const isMoney = origin === 'PAYMENT' || origin === 'REFUND';
  const amount = toMoney(movement.amount);
  return {
    on: postedOn < first ? first : postedOn > last ? last : postedOn,
    side: isMoney ? 'CREDIT' : 'DEBIT',
    amount: isMoney ? negate(amount) : amount,
    what: origin === 'REVERSAL' ? 'ADJUSTMENT' : origin,
    isReversal: kind === 'REVERSAL',
    isPenalty,
    month,
    bill: null,
    valueDate,
    reason,
  };
}
