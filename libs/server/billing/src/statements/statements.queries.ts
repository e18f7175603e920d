import { Inject, Injectable } from '@nestjs/common';
import {
  type Money,
  type Month,
  type PayableLine,
  type TotalMode,
  dueByMonth,
  dueOf,
  moneyOf,
  priceOf,
  quantityOf,
  sum,
  totalToPay,
} from '@kvartal/domain';
import { NotFound, Refusal, isId, requireIds, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { AMOUNTS, PARTS } from '../amounts';
import { BooksKeeper, totalModeOf } from '../books';
import { BillsQueries } from '../bills/bills.queries';
import { grouped } from '../grouped';
import { BillingLedger, LONG_AGO, agedBalances } from '../ledger';
import type { Equation, OwedMonth, RecipientTotal, Statement, StatementLine } from './statements.types';

type Amounts = Record<(typeof AMOUNTS)[number], string>;
type LineRow = Pick<StatementLine, 'serviceId' | 'supplierId' | 'service' | 'supplier' | 'unit' | 'method'> &
  Amounts &
  Record<(typeof PARTS)[number], string> & {
    recipientId: string;
    recipient: string;
    group: PayableLine['group'];
    quantity: string;
    commonQuantity: string;
    price: string;
  };

/** A line with what the total to pay looks at. */
interface NamedLine {
  line: StatementLine;
  payable: PayableLine;
  recipient: string;
}

const linesOf = (table: string): string => `
  select l.service_id as "serviceId", l.supplier_id as "supplierId", s.name as service, u.name as supplier, s.unit,
    l.method, l.quantity, l.common_quantity as "commonQuantity", l.price, ${[...AMOUNTS, ...PARTS].map((name) => `l.${name}`).join(', ')},
    u.recipient_id as "recipientId", r.name as recipient, s.service_group as "group"
  from ${table} l
  join service s on s.organization_id = l.organization_id and s.id = l.service_id
  join supplier u on u.organization_id = l.organization_id and u.id = l.supplier_id
  join supplier r on r.organization_id = u.organization_id and r.id = u.recipient_id
  where l.organization_id = $1 and l.account_id = $2 and l.closing_id = $3
  order by s.calc_order, s.id, u.id`;

const toMoney = (digits: string): Money => moneyOf(BigInt(digits));

/** Statements for people: an account's lines of a closed month, or of a closing under review, with their sums. */
@Injectable()
export class StatementsQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(BillsQueries) private readonly bills: BillsQueries,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
  ) {}

  /** The statement of a closed month. Refuses PERIOD_NOT_CLOSED for any other: the figures of an open month are not told. */
  async get(organizationId: string, accountId: string, month: Month): Promise<Statement> {
    const books = await this.books.read(organizationId);
    const closed = books.closed.find((one) => one.month === month);
    if (!closed) throw new Refusal('PERIOD_NOT_CLOSED', { params: { month } });
    const { closingId } = closed;
    const lines = await this.lines('statement_line', { organizationId, accountId, closingId });
    const bill = await this.bills.find(organizationId, accountId, closingId);
    const mode = totalModeOf(books);
    return {
      organizationId,
      accountId,
      closingId,
      month,
      ...summed(lines, mode),
      bill: bill ?? null,
      draftUrl: null,
    };
  }

  /** An account's lines in a closing's own table: a preview, or what it became. Throws NotFound for a foreign account. */
  async preview(at: {
    organizationId: string;
    closingId: string;
    accountId: string;
    month: Month;
  }): Promise<Statement> {
    const { organizationId, closingId, accountId, month } = at;
    requireIds(organizationId, closingId, accountId);
    const account = await row(this.db, 'select from account where organization_id = $1 and id = $2', [
      organizationId,
      accountId,
    ]);
    if (!account) throw new NotFound();
    const books = await this.books.read(organizationId);
    const lines = await this.lines(`statement_line_${closingId}`, { organizationId, accountId, closingId });
    const bill = await this.bills.find(organizationId, accountId, closingId);
    return {
      organizationId,
      accountId,
      closingId,
      month,
      ...summed(lines, totalModeOf(books)),
      bill: bill ?? null,
      draftUrl: null,
    };
  }

  /** The closed months since the account was opened, newest first. */
  async listMonths(organizationId: string, accountId: string): Promise<Month[]> {
    if (!isId(accountId)) return [];
    const { closed } = await this.books.read(organizationId);
    const account = await row<{ opened: Month; ended: Month | null }>(
      this.db,
      `select to_char(opened_on, 'YYYY-MM') as opened, to_char(closed_on, 'YYYY-MM') as ended
       from account where organization_id = $1 and id = $2`,
      [organizationId, accountId],
    );
    if (!account) return [];
    return closed
      .map(({ month }) => month)
      .filter((month) => month >= account.opened && (account.ended === null || month <= account.ended));
  }

  /** What is owed now, minor units, debt positive: the last closed month and what has moved since. */
  async balance(organizationId: string, accountId: string): Promise<Money> {
    const balances = await this.ledger.balances(this.db, organizationId, accountId);
    return sum(balances.map(({ balance }) => balance));
  }

  /** What is to be paid now, by the organisation's way of netting. */
  async toPay(organizationId: string, accountId: string): Promise<Money> {
    const books = await this.books.read(organizationId);
    const balances = await this.ledger.balances(this.db, organizationId, accountId);
    return totalToPay(
      balances.map(({ balance, ...line }) => ({ ...line, closing: balance })),
      totalModeOf(books),
    );
  }

  /** For which months it is owed, the oldest first, penalties left out. */
  async owedMonths(organizationId: string, accountId: string): Promise<OwedMonth[]> {
    const books = await this.books.read(organizationId);
    const balances = await this.ledger.balances(this.db, organizationId, accountId);
    const debts = await agedBalances(this.db, { organizationId, accountId }, balances);
    const lines = balances.map(({ balance, ...line }, at) => ({
      ...line,
      closing: balance,
      debts: debts[at] ?? [],
    }));
    return dueByMonth(lines, totalModeOf(books)).map(({ month, amount }) => ({
      month: month === LONG_AGO ? null : month,
      amount,
    }));
  }

  private async lines(
    table: string,
    at: { organizationId: string; accountId: string; closingId: string },
  ): Promise<NamedLine[]> {
    const found = await rows<LineRow>(this.db, linesOf(table), [
      at.organizationId,
      at.accountId,
      at.closingId,
    ]);
    return found.map(namedLine);
  }
}

function namedLine({ recipientId, recipient, group, ...found }: LineRow): NamedLine {
  const closing = toMoney(found.closing);
  const line: StatementLine = {
    ...found,
    quantity: quantityOf(BigInt(found.quantity)),
    commonQuantity: quantityOf(BigInt(found.commonQuantity)),
    price: priceOf(BigInt(found.price)),
    opening: toMoney(found.opening),
    charged: toMoney(found.charged),
    recalculated: toMoney(found.recalculated),
    underdelivered: toMoney(found.underdelivered),
    benefit: toMoney(found.benefit),
    adjusted: toMoney(found.adjusted),
    paid: toMoney(found.paid),
    closing,
    vat: toMoney(found.vat),
    excess: toMoney(found.excess),
    due: dueOf(closing),
  };
  return { line, recipient, payable: { supplierId: found.supplierId, recipientId, group, closing } };
}

function summed(
  named: readonly NamedLine[],
  mode: TotalMode,
): Pick<Statement, 'lines' | 'totals' | 'toPay' | 'mode' | 'recipients'> {
  const lines = named.map(({ line }) => line);
  const total = (name: keyof Equation) => sum(lines.map((line) => line[name]));
  return {
    lines,
    totals: {
      opening: total('opening'),
      charged: total('charged'),
      recalculated: total('recalculated'),
      underdelivered: total('underdelivered'),
      benefit: total('benefit'),
      adjusted: total('adjusted'),
      paid: total('paid'),
      closing: total('closing'),
    },
    toPay: totalToPay(
      named.map(({ payable }) => payable),
      mode,
    ),
    mode,
    recipients: byRecipient(named, mode),
  };
}

function byRecipient(named: readonly NamedLine[], mode: TotalMode): RecipientTotal[] {
  const groups = grouped(named, ({ payable }) => payable.recipientId);
  return [...groups.values()].map((group) => ({
    recipient: group[0]?.recipient ?? '',
    closing: sum(group.map(({ payable }) => payable.closing)),
    due: totalToPay(
      group.map(({ payable }) => payable),
      mode,
    ),
  }));
}
