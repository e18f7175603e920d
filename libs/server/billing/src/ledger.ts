import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, type Money, type Month, minMoney, moneyOf, month } from '@kvartal/domain';
import { Clock, NotFound, row, rows, type Tx } from '@kvartal/platform';
import { BooksKeeper } from './books';

export const MOVEMENT_KINDS = [
  'PAYMENT',
  'REFUND',
  'ADJUSTMENT',
  'RECALCULATION',
  'UNDERDELIVERY',
  'REVERSAL',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** One effect of money on a line of the open month. */
export interface NewMovement {
  organizationId: string;
  accountId: string;
  serviceId: string;
  supplierId: string;
  kind: MovementKind;
  /** Signed effect on the debt, minor units: a payment is negative. Never zero. */
  amount: Money;
  /** The payer's day: it serves penalties; the balance knows the posting month only. */
  valueDate: CivilDate;
  /**
   * The month that the payer named, or that a recalculation is for. A payment is for no month that is not charged yet; what
   * undoes another movement, or gives its money back, is for the month that this one was for.
   */
  forMonth?: Month;
  /** What caused it. The same source never moves the same line twice. */
  source: { kind: 'PAYMENT' | 'STAFF' | 'CLOSING' | 'RECALCULATION'; id: string };
  /** The movement that a REVERSAL undoes. */
  reverses?: string;
  reason?: string;
  createdBy?: string;
}

/** Where the money landed. */
export interface Posting {
  /** The period that was open: the cut of a closing decides, never the caller. */
  periodId: string;
  /** Ids of what was posted now; a source that had been posted before adds none. */
  movementIds: readonly string[];
}

/** What is owed now of one service to one supplier. */
export interface ServiceBalance {
  serviceId: string;
  supplierId: string;
  /** Whose bank account takes the money. */
  recipientId: string;
  service: string;
  supplier: string;
  group: 'HOUSING' | 'UTILITY' | 'CAPITAL_REPAIR' | 'OTHER' | 'PENALTY';
  calcOrder: number;
  /** Minor units, debt positive. */
  balance: Money;
}

/** The month of a debt that no closing has a lot of. */
export const LONG_AGO = month('2000-01');

/**
 * The month that the movement `r` of the period `o` is for: a payment that named a month before it was charged has served
 * the oldest debt.
 */
const SERVED = `select case when r.kind <> 'PAYMENT' or r.for_month < o.month then r.for_month end
  from movement r join period o on o.organization_id = r.organization_id and o.id = r.period_id
  where r.organization_id = $1 and`;

const POST = `
  insert into movement (organization_id, period_id, house_id, account_id, service_id, supplier_id, kind, amount, value_date,
    for_month, source_kind, source_id, reverses, reason, created_by, created_at)
  select $1, $2, a.house_id, a.id, m.service_id, m.supplier_id, m.kind, m.amount, m.value_date,
    case when m.reverses is not null then (${SERVED} r.id = m.reverses)
      when m.kind = 'REFUND' and m.source_kind = 'PAYMENT' then (${SERVED} r.kind = 'PAYMENT'
          and r.source_kind = m.source_kind and r.source_id = m.source_id and r.account_id = m.account_id
          and r.service_id = m.service_id and r.supplier_id = m.supplier_id)
      when m.kind = 'PAYMENT' then (select p.month from period p
        where p.organization_id = $1 and p.month = m.for_month and p.closing_id is not null)
      else m.for_month end,
    m.source_kind, m.source_id, m.reverses, m.reason, m.created_by, $4
  from jsonb_to_recordset($3::jsonb) as m(account_id bigint, service_id bigint, supplier_id bigint, kind text, amount bigint,
    value_date date, for_month date, source_kind text, source_id bigint, reverses bigint, reason text, created_by bigint)
  join account a on a.organization_id = $1 and a.id = m.account_id
  on conflict on constraint movement_once_per_source do nothing
  returning id`;

const BALANCES = `
  select b.service_id as "serviceId", b.supplier_id as "supplierId", u.recipient_id as "recipientId", s.name as service,
    u.name as supplier, s.service_group as "group", s.calc_order as "calcOrder", b.balance
  from (
    select service_id, supplier_id, sum(amount)::bigint as balance from (
      select service_id, supplier_id, closing as amount from statement_line
      where organization_id = $1 and account_id = $2 and closing_id = $3
      union all
      select service_id, supplier_id, amount from movement
      where organization_id = $1 and account_id = $2 and period_id = any($4::bigint[])
    ) moved group by service_id, supplier_id) b
  join service s on s.organization_id = $1 and s.id = b.service_id
  join supplier u on u.organization_id = $1 and u.id = b.supplier_id
  order by s.calc_order, s.id, u.id`;

/** The one door for money. Whatever a payment, a refund or an adjustment does to a balance goes through `post`. */
@Injectable()
export class BillingLedger {
  constructor(
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Posts movements of one organisation to its open month, in the caller's READ COMMITTED transaction. Takes the
   * organisation's shared lock, then the accounts in order, so that two payments of one account queue. Repeating a
   * source changes nothing. Throws NotFound for an account of another organisation.
   */
  async post(tx: Tx, movements: readonly NewMovement[]): Promise<Posting> {
    const organizationId = movements[0]?.organizationId;
    if (organizationId === undefined) throw new RangeError('There is nothing to post');
    if (movements.some((one) => one.organizationId !== organizationId))
      throw new RangeError('Movements of two organisations cannot be posted at once');
    const periodId = await enterLedger(tx, organizationId);
    await lockAccounts(tx, organizationId, [...new Set(movements.map(({ accountId }) => accountId))]);
    const posted = await rows<{ id: string }>(tx, POST, [
      organizationId,
      periodId,
      JSON.stringify(movements.map(asRow)),
      await this.clock.now(),
    ]);
    return { periodId, movementIds: posted.map(({ id }) => id) };
  }

  /** What is owed now: the last committed lines and what has moved since, one row a service and supplier. */
  async balances(
    tx: Pick<Tx, 'query'>,
    organizationId: string,
    accountId: string,
  ): Promise<ServiceBalance[]> {
    const books = await this.books.read(organizationId, tx);
    const found = await rows<Omit<ServiceBalance, 'balance'> & { balance: string }>(tx, BALANCES, [
      organizationId,
      accountId,
      books.closed[0]?.closingId ?? null,
      books.unclosedPeriodIds,
    ]);
    return found.map((one) => ({ ...one, balance: moneyOf(BigInt(one.balance)) }));
  }
}

/** What is left of a month where it has been paid by name: money that named it came before older months were paid. */
const LOTS = `
  select l.service_id as "serviceId", l.supplier_id as "supplierId", to_char(p.month, 'YYYY-MM') as month,
    l.principal - coalesce(n.paid, 0)::bigint as principal
  from debt_lot l join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id
  left join (
    select m.service_id, m.supplier_id, m.for_month, greatest(-sum(m.amount), 0) as paid
    from movement m join period o on o.organization_id = m.organization_id and o.id = m.period_id
    where m.organization_id = $1 and m.account_id = $2 and m.source_kind = 'PAYMENT' and m.for_month < o.month
    group by 1, 2, 3) n on n.service_id = l.service_id and n.supplier_id = l.supplier_id and n.for_month = p.month
  where l.organization_id = $1 and l.account_id = $2 and l.principal > coalesce(n.paid, 0)
  order by p.month desc`;

/**
 * What of an account's balances is owed for which month: the newest months are owed last, but for what was paid of them
 * by name; what has no month is the oldest.
 */
export async function agedBalances(
  tx: Pick<Tx, 'query'>,
  { organizationId, accountId }: { organizationId: string; accountId: string },
  balances: readonly ServiceBalance[],
): Promise<{ month: Month; amount: Money }[][]> {
  const lots = await rows<{ serviceId: string; supplierId: string; month: Month; principal: string }>(
    tx,
    LOTS,
    [organizationId, accountId],
  );
  return balances.map(({ serviceId, supplierId, balance }) => {
    let left: bigint = balance;
    const debts: { month: Month; amount: Money }[] = [];
    for (const lot of lots) {
      if (left <= 0n || lot.serviceId !== serviceId || lot.supplierId !== supplierId) continue;
      const amount = minMoney(moneyOf(left), moneyOf(BigInt(lot.principal)));
      debts.push({ month: lot.month, amount });
      left -= amount;
    }
    if (left > 0n) debts.push({ month: LONG_AGO, amount: moneyOf(left) });
    return debts;
  });
}

/** Takes the organisation's shared lock and says which period is open. Every writer of an input calls it first. */
export async function enterLedger(tx: Tx, organizationId: string): Promise<string> {
  const entered = await row<{ period: string }>(tx, 'select ledger_enter($1) as period', [organizationId]);
  if (!entered) throw new RangeError('ledger_enter answered nothing');
  return entered.period;
}

async function lockAccounts(tx: Tx, organizationId: string, accountIds: readonly string[]): Promise<void> {
  const locked = await rows<{ id: string }>(
    tx,
    'select id from account where organization_id = $1 and id = any($2::bigint[]) order by id for no key update',
    [organizationId, accountIds],
  );
  if (locked.length !== accountIds.length) throw new NotFound();
}

const asRow = (movement: NewMovement) => ({
  account_id: movement.accountId,
  service_id: movement.serviceId,
  supplier_id: movement.supplierId,
  kind: movement.kind,
  amount: movement.amount.toString(),
  value_date: movement.valueDate,
  for_month: movement.forMonth === undefined ? null : `${movement.forMonth}-01`,
  source_kind: movement.source.kind,
  source_id: movement.source.id,
  reverses: movement.reverses ?? null,
  reason: movement.reason ?? '',
  created_by: movement.createdBy ?? null,
});
