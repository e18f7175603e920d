import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, type Month, moneyOf } from '@kvartal/domain';
import { type PageInput, limitOf, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { Payment, PaymentPage } from './payments.types';

const COLUMNS = `p.id, p.order_number as "orderNumber", a.number as "accountNumber", p.amount, p.currency, p.state,
  p.created_at as "createdAt", p.value_date::text as "valueDate", p.posted_at as "postedAt", p.place, p.failure, p.reversal_reason as "reversalReason",
  to_char(m.month, 'YYYY-MM') as month, to_char(p.for_month, 'YYYY-MM') as "forMonth"`;
const FROM = `payment p join account a on a.organization_id = p.organization_id and a.id = p.account_id
  left join period m on m.organization_id = p.organization_id and m.id = p.period_id`;

type PaymentRow = Omit<Payment, 'amount' | 'valueDate' | 'month' | 'forMonth'> & {
  amount: string;
  valueDate: CivilDate | null;
  month: Month | null;
  forMonth: Month | null;
};
const paymentOf = (found: PaymentRow): Payment => ({ ...found, amount: moneyOf(BigInt(found.amount)) });

/** Reads payments for screens. */
@Injectable()
export class PaymentsQueries {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** A person's own order, by its number. */
  async findOwn(userId: string, orderNumber: string): Promise<Payment | undefined> {
    const found = await row<PaymentRow>(
      this.db,
      `select ${COLUMNS} from ${FROM} where p.order_number = $2 and p.user_id = $1`,
      [userId, orderNumber],
    );
    return found && paymentOf(found);
  }

  /** A payment of an organisation. */
  async find(organizationId: string, id: string): Promise<Payment | undefined> {
    const found = await row<PaymentRow>(
      this.db,
      `select ${COLUMNS} from ${FROM} where p.organization_id = $1 and p.id = $2`,
      [organizationId, id],
    );
    return found && paymentOf(found);
  }

  /** Payments of an account that went through or are under way: what was never finished is not shown. */
  async ofAccount(organizationId: string, accountId: string, page?: PageInput): Promise<PaymentPage> {
    return this.page(
      `p.account_id = $2 and p.state in ('SUCCEEDED', 'REFUNDED', 'REVERSED', 'PENDING', 'REVIEW')`,
      [organizationId, accountId],
      page,
    );
  }

  /** All payments of an organisation. */
  async ofOrganization(organizationId: string, page?: PageInput): Promise<PaymentPage> {
    return this.page('true', [organizationId], page);
  }

  private async page(
    condition: string,
    parameters: readonly string[],
    page?: PageInput,
  ): Promise<PaymentPage> {
    const { limit, offset } = limitOf(page);
    const items = await rows<PaymentRow>(
      this.db,
      `select ${COLUMNS} from ${FROM} where p.organization_id = $1 and ${condition} order by p.id desc limit ${limit} offset ${offset}`,
      parameters,
    );
    const counted = await row<{ total: string; sum: string }>(
      this.db,
      `select count(*) as total, coalesce(sum(amount) filter (where state = 'SUCCEEDED'), 0) as sum
       from payment p where p.organization_id = $1 and ${condition}`,
      parameters,
    );
    return {
      items: items.map(paymentOf),
      total: Number(counted?.total ?? 0),
      sum: moneyOf(BigInt(counted?.sum ?? 0)),
    };
  }
}
