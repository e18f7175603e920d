import { Inject, Injectable } from '@nestjs/common';
import { PaymentDivision, type ServiceBalance } from '@kvartal/billing';
import { type Money, type Month, addMoney, moneyOf } from '@kvartal/domain';
import { row, rows, type Tx } from '@kvartal/platform';

/** A share of a payment on one line of the ledger. */
export interface Share {
  serviceId: string;
  supplierId: string;
  amount: Money;
}
type Line = Pick<Share, 'serviceId' | 'supplierId'>;

export interface Divisible {
  organizationId: string;
  id: string;
  accountId: string;
  /** Minor units. */
  amount: string;
  /** How it is split where the organisation has no dated rule: PRIORITY, FIFO, or in proportion. */
  allocation: string | null;
  /** The month that the payer named. */
  forMonth?: Month | null;
}

/** Splits payments over what is owed: every kopeck stands on a service of a supplier. */
@Injectable()
export class Shares {
  constructor(@Inject(PaymentDivision) private readonly division: PaymentDivision) {}

  /**
   * By the organisation's mode over what is owed at this moment, with the account held: two payments of it queue.
   * Undefined where the account has no line that money could stand on.
   */
  async split(tx: Tx, payment: Divisible): Promise<Share[] | undefined> {
    const { organizationId, accountId } = payment;
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(tx, 'select from account where organization_id = $1 and id = $2 for no key update', [
      organizationId,
      accountId,
    ]);
    const amount = moneyOf(BigInt(payment.amount));
    const { lines, amounts, advance } = await this.division.divide(tx, { ...payment, amount });
    const shares = lines.map(({ serviceId, supplierId }, at) => ({
      serviceId,
      supplierId,
      amount: amounts[at] ?? moneyOf(0n),
    }));
    const place = placeOfAdvance(lines) ?? (await this.anyService(tx, payment));
    return place && withAdvance(shares, advance, place);
  }

  async write(tx: Tx, { organizationId, id }: Divisible, shares: readonly Share[]): Promise<void> {
    await rows(
      tx,
      `insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount)
       select $1, $2, * from unnest($3::bigint[], $4::bigint[], $5::bigint[])`,
      [
        organizationId,
        id,
        shares.map((one) => one.serviceId),
        shares.map((one) => one.supplierId),
        shares.map((one) => one.amount.toString()),
      ],
    );
  }

  /** How a payment was split. */
  async read(tx: Tx, { organizationId, id }: Pick<Divisible, 'organizationId' | 'id'>): Promise<Share[]> {
    const found = await rows<Line & { amount: string }>(
      tx,
      `select service_id as "serviceId", supplier_id as "supplierId", amount from payment_allocation
       where organization_id = $1 and payment_id = $2 order by service_id, supplier_id`,
      [organizationId, id],
    );
    return found.map((one) => ({ ...one, amount: moneyOf(BigInt(one.amount)) }));
  }

  /** An account that owes nothing and never did: money beyond all debts needs a line to stand on. */
  private async anyService(tx: Tx, { organizationId, accountId }: Divisible): Promise<Line | undefined> {
    return row<Line>(
      tx,
      `select t.service_id as "serviceId", t.supplier_id as "supplierId" from account_service t
       join service s on s.organization_id = t.organization_id and s.id = t.service_id
       where t.organization_id = $1 and t.account_id = $2 and upper_inf(t.known)
       order by s.service_group in ('CAPITAL_REPAIR', 'PENALTY'), s.calc_order limit 1`,
      [organizationId, accountId],
    );
  }
}

/** Money beyond all debts stands as a negative balance on the largest line that nets with others. */
function placeOfAdvance(lines: readonly ServiceBalance[]): ServiceBalance | undefined {
  const netting = lines.filter(({ group }) => group !== 'CAPITAL_REPAIR' && group !== 'PENALTY');
  const [first, ...others] = netting.length ? netting : lines;
  return first && others.reduce((largest, line) => (line.balance > largest.balance ? line : largest), first);
}

function withAdvance(shares: readonly Share[], advance: Money, place: Line): Share[] {
  const isPlace = (one: Line) => one.serviceId === place.serviceId && one.supplierId === place.supplierId;
  const { serviceId, supplierId } = place;
  const all = shares.some(isPlace) ? shares : [...shares, { serviceId, supplierId, amount: moneyOf(0n) }];
  return all
    .map((one) => (isPlace(one) ? { ...one, amount: addMoney(one.amount, advance) } : one))
    .filter(({ amount }) => amount > 0n);
}
