import { Inject, Injectable } from '@nestjs/common';
import {
  type CivilDate,
  type Money,
  addDays,
  addMoney,
  dayNumber,
  lastDay,
  moneyOf,
  sum,
  todayIn,
} from '@kvartal/domain';
import { Clock, inTransaction, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type Books, BooksKeeper } from '../books';
import { BillingLedger } from '../ledger';
import { type DebtGroup, type Payer, readPenaltyBook } from './penalty.book';
import { type Debt, chargeLots, lotsAfter } from './penalty.debts';
import { readLots, readMoves } from './penalty.lots';
import type { PenaltyForecast } from './penalty.types';

const A_YEAR = 366;

interface OwedLine {
  service: string;
  supplier: string;
  group: DebtGroup;
  closing: string;
}

/** What a penalty will be if everything is paid on a day: the closing's own rules on an account's debts as they are now. */
@Injectable()
export class PenaltyForecasts {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Null for a day that is past, or more than a year away. Nothing is stored. */
  async ifPaid(organizationId: string, accountId: string, on: CivilDate): Promise<PenaltyForecast | null> {
    return inTransaction(this.db, async (tx) => {
      const books = await this.books.read(organizationId, tx);
      const today = todayIn(await this.clock.now(), books.timeZone);
      if (on < today || on > addDays(today, A_YEAR)) return null;
      const balances = await this.ledger.balances(tx, organizationId, accountId);
      const charged = sum(balances.flatMap(({ group, balance }) => (group === 'PENALTY' ? balance : [])));
      const accruing = await accruingOf(tx, books, { accountId, until: dayNumber(on) + 1 });
      return { on, charged, accruing, total: addMoney(charged, accruing) };
    });
  }
}

/** What the debts of an account cost up to, but without, a day on top of what has been charged. */
async function accruingOf(
  tx: Tx,
  { organizationId, closed, unclosedPeriodIds }: Books,
  { accountId, until }: { accountId: string; until: number },
): Promise<Money> {
  const [before] = closed;
  const charges = await row(
    tx,
    `select from service where organization_id = $1 and service_group = 'PENALTY' limit 1`,
    [organizationId],
  );
  if (!before || !charges) return moneyOf(0n);
  const { closingId, month } = before;
  const account = Number(accountId);
  const book = await readPenaltyBook(tx, organizationId);
  const known = await readLots(tx, { organizationId, closingId }, [account]);
  const moves = await readMoves(tx, { organizationId, periodIds: unclosedPeriodIds }, new Set([account]));
  const last = { month, due: book.dueOf(month), endsOn: dayNumber(lastDay(month)) };
  let total = 0n;
  for (const debt of await owedDebts(tx, { organizationId, accountId, closingId })) {
    const lots = lotsAfter({ ...debt, known: known.of(debt.key) }, book, { last, moves: moves.of(debt.key) });
    const was = lots.reduce((all, { accrued }) => all + accrued, 0n);
    const { lots: after } = chargeLots(debt, book, { lots, until });
    total += after.reduce((all, { accrued }) => all + accrued, 0n) - was;
  }
  return moneyOf(total);
}

async function owedDebts(
  tx: Tx,
  { organizationId, accountId, closingId }: { organizationId: string; accountId: string; closingId: string },
): Promise<Omit<Debt, 'known'>[]> {
  const account = await row<{ kind: Payer }>(
    tx,
    'select kind from account where organization_id = $1 and id = $2',
    [organizationId, accountId],
  );
  const lines = await rows<OwedLine>(
    tx,
    `select l.service_id as service, l.supplier_id as supplier, s.service_group as "group", l.closing
     from statement_line l join service s on s.organization_id = l.organization_id and s.id = l.service_id
     where l.organization_id = $1 and l.account_id = $2 and l.closing_id = $3 and s.service_group <> 'PENALTY'`,
    [organizationId, accountId, closingId],
  );
  return lines.map(({ service, supplier, group, closing }) => ({
    key: { account: Number(accountId), service: Number(service), supplier: Number(supplier) },
    payer: account?.kind ?? 'PERSON',
    group,
    opening: moneyOf(BigInt(closing)),
  }));
}
