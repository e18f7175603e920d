import { createHash } from 'node:crypto';
import type pg from 'pg';
import { to } from 'pg-copy-streams';
import { type CivilDate, type Month, addDays, firstDay, nextMonth, split } from '@kvartal/domain';
import { TableWriter, TableWriters } from './copy';
import { morningOf } from './moments';
import type { Random } from './random';
import type { WrittenAccount, WrittenOrganization } from './write-town';

const COLUMNS = {
  payment: [
    'organization_id',
    'id',
    'account_id',
    'order_number',
    'provider',
    'operation_id',
    'amount',
    'currency',
    'state',
    'value_date',
    'posted_at',
    'period_id',
    'for_month',
    'idempotency_key',
    'place',
    'created_at',
  ],
  payment_allocation: ['organization_id', 'payment_id', 'service_id', 'supplier_id', 'amount'],
  movement: [
    'organization_id',
    'id',
    'period_id',
    'house_id',
    'account_id',
    'service_id',
    'supplier_id',
    'kind',
    'amount',
    'value_date',
    'for_month',
    'source_kind',
    'source_id',
    'created_at',
  ],
} as const;

const PLACES = [
  ['REGISTRY', 'Приречный банк'],
  ['REGISTRY', 'Почта'],
  ['SBERBANK', 'Личный кабинет'],
  ['OFFICE', 'Касса'],
] as const;

/** Accounts whose dues stand in memory together. */
const AT_ONCE = 5000;

interface Due {
  serviceId: string;
  supplierId: string;
  amount: bigint;
}

export interface PaidMonth {
  /** The month whose bill is paid, and its closing. */
  billed: Month;
  closingId: string;
  /** The open period that takes the money. */
  periodId: string;
  /** Days of the open month on which people have paid so far: up to this one. */
  until: CivilDate;
  /** Accounts that have not paid yet. */
  except?: ReadonlySet<number>;
}

interface NewPayment {
  id: number;
  account: WrittenAccount;
  amount: bigint;
  on: CivilDate;
  paid: PaidMonth;
}

/** Payments of the town: each household pays the last bill in its own way, allocated like any other payment. */
export class PaymentHistory {
  private readonly payments: TableWriter;
  private readonly allocations: TableWriter;
  private readonly movements: TableWriter;
  private readonly all: TableWriters;

  constructor(
    private readonly client: pg.Client,
    private readonly organization: WrittenOrganization,
    private readonly of: {
      accounts: ReadonlyMap<number, WrittenAccount>;
      random: Random;
      lane: number | undefined;
    },
  ) {
    this.payments = new TableWriter(client, 'payment', COLUMNS.payment);
    this.allocations = new TableWriter(client, 'payment_allocation', COLUMNS.payment_allocation);
    this.movements = new TableWriter(client, 'movement', COLUMNS.movement);
    this.all = new TableWriters([this.payments, this.allocations, this.movements]);
  }

  async month(paid: PaidMonth): Promise<void> {
    await this.all.begin(this.of.lane);
    const ids = [...this.of.accounts.keys()].sort((one, other) => one - other);
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const dues = await this.dues(paid.closingId, ids.slice(at, at + AT_ONCE));
      for (const [accountId, owed] of dues) {
        const account = this.of.accounts.get(accountId);
        if (account && !paid.except?.has(accountId)) this.pay(account, owed, paid);
      }
      await this.all.flushLarge();
    }
    await this.all.end();
  }

  /** What these accounts, in order, owe after a closing. */
  private async dues(closingId: string, accountIds: readonly number[]): Promise<Map<number, Due[]>> {
    const stream = this.client.query(
      to(`copy (select account_id, service_id, supplier_id, closing from statement_line
        where organization_id = ${this.organization.id} and closing_id = ${closingId} and closing > 0
          and account_id between ${accountIds[0]} and ${accountIds.at(-1)} order by account_id, service_id) to stdout`),
    );
    const dues = new Map<number, Due[]>();
    let rest = '';
    for await (const chunk of stream.setEncoding('utf8')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [account = '', serviceId = '', supplierId = '', amount = ''] = line.split('\t');
        const due = { serviceId, supplierId, amount: BigInt(amount) };
        const known = dues.get(Number(account));
        if (known) known.push(due);
        else dues.set(Number(account), [due]);
      }
    }
    return dues;
  }

  private pay(account: WrittenAccount, dues: readonly Due[], paid: PaidMonth): void {
    const owed = dues.reduce((sum, due) => sum + due.amount, 0n);
    const amount = this.amountOf(account, owed);
    const last = account.pays === 'LATE' ? 26 : 14;
    const on = addDays(firstDay(nextMonth(paid.billed)), this.of.random.between(2, last));
    if (amount <= 0n || on > paid.until) return;
    const payment = { id: this.payments.nextId(), account, amount, on, paid };
    this.writePayment(payment);
    this.writeShares(payment, dues);
  }

  private writePayment({ id, account, amount, on, paid }: NewPayment): void {
    const { id: organization, plan } = this.organization;
    const [provider, place] = this.of.random.pick(PLACES);
    const order = createHash('sha256').update(`${organization}/${id}`).digest('hex').slice(0, 32);
    const who = [organization, id, account.id, order, provider, `D${order.slice(0, 20)}`];
    const at = morningOf(on, id);
    const what = [amount, plan.currency, 'SUCCEEDED', on, at];
    this.payments.add(...who, ...what, paid.periodId, namedBy(account, paid), order, place, at);
  }

  private writeShares(payment: NewPayment, dues: readonly Due[]): void {
    const { id, account, on, paid } = payment;
    const { id: organization } = this.organization;
    const weights = dues.map((due) => due.amount);
    const shares = split(payment.amount, weights);
    for (const [at, { serviceId, supplierId }] of dues.entries()) {
      const share = shares[at] ?? 0n;
      if (share === 0n) continue;
      this.allocations.add(organization, id, serviceId, supplierId, share);
      const where = [organization, this.movements.nextId(), paid.periodId, account.houseId, account.id];
      const effect = [serviceId, supplierId, 'PAYMENT', -share, on, namedBy(account, paid)];
      this.movements.add(...where, ...effect, 'PAYMENT', id, morningOf(on, id));
    }
  }

  private amountOf({ pays }: WrittenAccount, owed: bigint): bigint {
    if (pays === 'PART') return (owed * BigInt(this.of.random.between(55, 95))) / 100n;
    if (pays === 'RARELY') return this.of.random.chance(15) ? owed : 0n;
    // some round up to whole hundreds and stay a little ahead
    return this.of.random.chance(12) ? (owed / 10_000n + 1n) * 10_000n : owed;
  }
}

/** Who pays a bill whole pays it by its code, which names its month; who brings a part of what he owes names none. */
const namedBy = ({ pays }: WrittenAccount, { billed }: PaidMonth): CivilDate | null =>
  pays === 'PART' ? null : firstDay(billed);
