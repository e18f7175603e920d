import { Inject, Injectable } from '@nestjs/common';
import {
  type Allocation,
  type Money,
  type Month,
  allocateByAge,
  allocateByDue,
  todayIn,
} from '@kvartal/domain';
import { Clock, row, type Tx } from '@kvartal/platform';
import { type Books, BooksKeeper, totalModeOf } from './books';
import { BillingLedger, type ServiceBalance, agedBalances } from './ledger';

/** Money for an account. */
export interface Dividend {
  organizationId: string;
  accountId: string;
  amount: Money;
  /** How it is split where the organisation has no dated rule: PRIORITY, FIFO, or in proportion. */
  allocation: string | null;
  /** The month that the payer named: by age it is paid before older ones. */
  forMonth?: Month | null;
}

/** The lines of an account in the order in which they are served, with how much of the money each takes. */
export interface Divided extends Allocation {
  lines: readonly ServiceBalance[];
}

/** Divides money over what an account owes at this moment, by the organisation's rule. Nothing is written. */
@Injectable()
export class PaymentDivision {
  constructor(
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async divide(tx: Tx, dividend: Dividend): Promise<Divided> {
    const { organizationId, accountId, amount } = dividend;
    const balances = await this.ledger.balances(tx, organizationId, accountId);
    const books = await this.books.read(organizationId, tx);
    const rule = await this.ruleOf(tx, dividend, books);
    const lines = rule === 'PRIORITY' ? [...balances].sort(penaltyLast) : balances;
    const owed = lines.map(({ balance, ...line }) => ({ ...line, closing: balance }));
    const mode = totalModeOf(books);
    if (rule !== 'FIFO')
      return { lines, ...allocateByDue(amount, owed, { mode, inOrder: rule === 'PRIORITY' }) };
    const debts = await agedBalances(tx, dividend, lines);
    const aged = owed.map((line, place) => ({ ...line, debts: debts[place] ?? [] }));
    return { lines, ...allocateByAge(amount, aged, mode, dividend.forMonth ?? undefined) };
  }

  /** The organisation's rule on the day of posting. */
  private async ruleOf(
    tx: Tx,
    { organizationId, allocation }: Dividend,
    { timeZone }: Books,
  ): Promise<string | null> {
    const found = await row<{ mode: string }>(
      tx,
      `select mode from allocation_rule where organization_id = $1 and upper_inf(known) and valid @> $2::date`,
      [organizationId, todayIn(await this.clock.now(), timeZone)],
    );
    return found?.mode ?? allocation;
  }
}

const penaltyLast = (a: ServiceBalance, b: ServiceBalance): number =>
  Number(a.group === 'PENALTY') - Number(b.group === 'PENALTY') || a.calcOrder - b.calcOrder;
