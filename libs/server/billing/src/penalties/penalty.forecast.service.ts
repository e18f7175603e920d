import { Inject, Injectable } from '@nestjs/common';
import {
  type CivilDate,
  type Money,
  ZERO,
  addDays,
  addMoney,
  dayNumber,
  explainPenalty,
  lastDay,
  leftOf,
  maxMoney,
  moneyOf,
  sum,
  todayIn,
} from '@kvartal/domain';
import { Clock, inTransaction, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type Books, BooksKeeper } from '../books';
import { PaymentDivision } from '../division';
import { BillingLedger } from '../ledger';
import { type DebtGroup, type Payer, readPenaltyBook } from './penalty.book';
import { readDebtMoves } from '../closing/closing.movements';
import { type Debt, chargeLots, lotsAfter } from './penalty.debts';
import { askForLots, lotsOf } from './penalty.lots';
import type { PenaltyForecast, PenaltyForecastDebt } from './penalty.types';

const A_YEAR = 366;
const LATER = 30;

interface OwedLine {
  service: string;
  supplier: string;
  group: DebtGroup;
  name: string;
  closing: string;
}
type NamedDebt = Omit<Debt, 'known'> & { name: string };

/** When money comes, and how much: all that is owed where no amount is named. */
export interface PlannedPayment {
  on: CivilDate;
  amount?: Money | null | undefined;
}

/** What debts come to by a day, and what they go on costing. */
interface Accruing {
  accruing: Money;
  /** What is owed without penalties after the payment. */
  left: Money;
  /** What that costs in the days after it. */
  later: Money;
  debts: PenaltyForecastDebt[];
}

/** What a penalty will be if debts are paid on a day: the closing's own rules on an account's debts as they are now. */
@Injectable()
export class PenaltyForecasts {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(PaymentDivision) private readonly division: PaymentDivision,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Null for a day that is past, or more than a year away, and for a sum below zero. Nothing is stored. */
  async ifPaid(
    organizationId: string,
    accountId: string,
    { on, amount }: PlannedPayment,
  ): Promise<PenaltyForecast | null> {
    return inTransaction(this.db, async (tx) => {
      const books = await this.books.read(organizationId, tx);
      const today = todayIn(await this.clock.now(), books.timeZone);
      if (on < today || on > addDays(today, A_YEAR) || (amount ?? ZERO) < 0n) return null;
      const balances = await this.ledger.balances(tx, organizationId, accountId);
      const charged = sum(balances.flatMap(({ group, balance }) => (group === 'PENALTY' ? balance : [])));
      const dividend = { organizationId, accountId, allocation: null };
      const divided =
        typeof amount === 'bigint' ? await this.division.divide(tx, { ...dividend, amount }) : undefined;
      const paid = new Map(
        balances.map(({ serviceId, supplierId, balance }) => [`${serviceId} ${supplierId}`, balance]),
      );
      for (const [place, { serviceId, supplierId }] of (divided?.lines ?? []).entries())
        paid.set(`${serviceId} ${supplierId}`, divided?.amounts[place] ?? ZERO);
      const costs = await costsOf(tx, books, { accountId, on: dayNumber(on), paid });
      return { on, charged, ...costs, total: addMoney(charged, costs.accruing) };
    });
  }
}

/** What the debts of an account cost up to a day and after it, on top of what has been charged. */
async function costsOf(
  tx: Tx,
  { organizationId, closed, unclosedPeriodIds }: Books,
  { accountId, on, paid }: { accountId: string; on: number; paid: ReadonlyMap<string, Money> },
): Promise<Accruing> {
  const [before] = closed;
  const charges = await row(
    tx,
    `select from service where organization_id = $1 and service_group = 'PENALTY' limit 1`,
    [organizationId],
  );
  const found: Accruing = { accruing: ZERO, left: ZERO, later: ZERO, debts: [] };
  if (!before || !charges) return found;
  const { closingId, month } = before;
  const account = Number(accountId);
  const book = await readPenaltyBook(tx, organizationId);
  const known = lotsOf(await askForLots(tx, { organizationId, closingId, accounts: [account] }));
  const moves = await readDebtMoves(tx, { organizationId, periodIds: unclosedPeriodIds, account });
  const last = { month, due: book.dueOf(month), endsOn: dayNumber(lastDay(month)) };
  for (const debt of await owedDebts(tx, { organizationId, accountId, closingId })) {
    const moved = moves.of(debt.key);
    const given = { ...debt, known: known.of(debt.key) };
    const lots = lotsAfter(given, book, { last, moves: moved });
    const until = chargeLots(debt, book, { lots, until: on + 1 });
    const amount = maxMoney(paid.get(`${debt.key.service} ${debt.key.supplier}`) ?? ZERO, ZERO);
    const after = lotsAfter(given, book, { last, moves: [...moved, { on, amount }] });
    const later = chargeLots(debt, book, { lots: after, until: on + 1 + LATER });
    found.accruing = moneyOf(found.accruing + accrued(until) - accrued({ lots }));
    found.later = moneyOf(found.later + accrued(later) - accrued(until));
    found.left = moneyOf(found.left + sum(after.map(leftOf)));
    const told = explainPenalty(until.debts, on + 1).filter((lot) => lot.amount !== 0n);
    if (told.length) found.debts.push({ service: debt.name, lots: told.map(lotView) });
  }
  return found;
}

const accrued = ({ lots }: { lots: readonly { accrued: Money }[] }): Money =>
  sum(lots.map((lot) => lot.accrued));

const lotView = ({ parts, ...lot }: ReturnType<typeof explainPenalty>[number]) => ({
  ...lot,
  parts: [...parts],
});

async function owedDebts(
  tx: Tx,
  { organizationId, accountId, closingId }: { organizationId: string; accountId: string; closingId: string },
): Promise<NamedDebt[]> {
  const account = await row<{ kind: Payer }>(
    tx,
    'select kind from account where organization_id = $1 and id = $2',
    [organizationId, accountId],
  );
  const lines = await rows<OwedLine>(
    tx,
    `select l.service_id as service, l.supplier_id as supplier, s.service_group as "group", s.name, l.closing
     from statement_line l join service s on s.organization_id = l.organization_id and s.id = l.service_id
     where l.organization_id = $1 and l.account_id = $2 and l.closing_id = $3 and s.service_group <> 'PENALTY'
     order by s.calc_order, s.id, l.supplier_id`,
    [organizationId, accountId, closingId],
  );
  return lines.map(({ service, supplier, group, name, closing }) => ({
    key: { account: Number(accountId), service: Number(service), supplier: Number(supplier) },
    payer: account?.kind ?? 'PERSON',
    group,
    name,
    opening: moneyOf(BigInt(closing)),
  }));
}
