import { Inject, Injectable } from '@nestjs/common';
import { type AddressParts, addressLine } from '@kvartal/accounts';
import { row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';

/** An address for letters, and the site that they come from. */
export interface Mailbox {
  email: string;
  locale: string;
  portalId: string;
  slug: string;
  brand: string;
  timeZone: string;
  isStaff?: boolean;
}
/** The address of a person who signs in there. */
export interface Addressee extends Mailbox {
  userId: string;
  login: string;
}

const SITE = `p.id as "portalId", p.slug, p.name as brand,
  coalesce((select o.time_zone from portal_organization po join organization o on o.id = po.organization_id
    where po.portal_id = p.id order by o.id limit 1), 'UTC') as "timeZone"`;
const ADDRESSEE = `u.id as "userId", u.login, u.email, u.locale, u.kind = 'STAFF' as "isStaff", ${SITE}`;

export interface AccountCaption {
  number: string;
  /** In one line: «Приреченск, Садовая ул., 12, кв. 47». */
  address: string;
}
type Captioned<T extends AccountCaption> = Omit<T, 'address'> & AddressParts;
const CAPTION = `a.number, h.city, h.street, h.number as house, m.number as flat, m.kind as "premisesKind"`;
const PLACE = `join house h on h.organization_id = a.organization_id and h.id = a.house_id
  join premises m on m.organization_id = a.organization_id and m.id = a.premises_id`;

export interface BillCaption extends AccountCaption {
  accountId: string;
  month: string;
  total: string;
  currency: 'RUB' | 'KZT';
  payBy: string;
}
export interface PaymentCaption extends AccountCaption {
  accountId: string;
  userId: string | null;
  email: string | null;
  orderNumber: string;
  amount: string;
  currency: 'RUB' | 'KZT';
  valueDate: string;
  reversalReason: string | null;
}
export interface RequestCaption {
  authorId: string | null;
  number: string;
  category: string;
  kind: string;
  byStaff: boolean;
  toState: string | null;
  text: string;
}

const captioned = <T extends AddressParts>(found: T | undefined): (T & { address: string }) | undefined =>
  found && { ...found, address: addressLine(found) };

/** Reads what letters say, from the tables of whoever caused them. */
@Injectable()
export class NotificationsQueries {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  findPerson(userId: string): Promise<Addressee | undefined> {
    return row<Addressee>(
      this.db,
      `select ${ADDRESSEE} from portal_user u join portal p on p.id = u.portal_id where u.id = $1 and u.email is not null`,
      [userId],
    );
  }

  /** Everybody who sees an account in the cabinet. */
  peopleOf(organizationId: string, accountId: string): Promise<Addressee[]> {
    return rows<Addressee>(
      this.db,
      `select ${ADDRESSEE} from account_link l join portal_user u on u.id = l.user_id join portal p on p.id = u.portal_id
       where l.organization_id = $1 and l.account_id = $2 and l.ended_at is null and u.email is not null and u.state = 'ACTIVE'`,
      [organizationId, accountId],
    );
  }

  /** The address that the organisation's own books have for an account, whoever signs in or not. */
  findMailbox(organizationId: string, accountId: string): Promise<Mailbox | undefined> {
    return row<Mailbox>(
      this.db,
      `select a.email, p.locale, ${SITE} from account a
       join portal_organization s on s.organization_id = a.organization_id join portal p on p.id = s.portal_id
       where a.organization_id = $1 and a.id = $2 and a.email is not null order by p.id limit 1`,
      [organizationId, accountId],
    );
  }

  async findAccount(organizationId: string, accountId: string): Promise<AccountCaption | undefined> {
    const found = await row<Captioned<AccountCaption>>(
      this.db,
      `select ${CAPTION} from account a ${PLACE} where a.organization_id = $1 and a.id = $2`,
      [organizationId, accountId],
    );
    return captioned(found);
  }

  async findBill(organizationId: string, billId: string): Promise<BillCaption | undefined> {
    const found = await row<Captioned<BillCaption>>(
      this.db,
      `select ${CAPTION}, a.id as "accountId", to_char(d.month, 'YYYY-MM') as month, b.total, o.currency, b.pay_by::text as "payBy"
       from bill b join organization o on o.id = b.organization_id
       join period d on d.organization_id = b.organization_id and d.id = b.period_id
       join account a on a.organization_id = b.organization_id and a.id = b.account_id ${PLACE}
       where b.organization_id = $1 and b.id = $2`,
      [organizationId, billId],
    );
    return captioned(found);
  }

  async findPayment(organizationId: string, paymentId: string): Promise<PaymentCaption | undefined> {
    const found = await row<Captioned<PaymentCaption>>(
      this.db,
      `select ${CAPTION}, a.id as "accountId", p.user_id as "userId", p.email, p.order_number as "orderNumber", p.amount, p.currency,
         p.value_date::text as "valueDate", p.reversal_reason as "reversalReason"
       from payment p join account a on a.organization_id = p.organization_id and a.id = p.account_id ${PLACE}
       where p.organization_id = $1 and p.id = $2 and p.value_date is not null`,
      [organizationId, paymentId],
    );
    return captioned(found);
  }

  findRequestEvent(organizationId: string, eventId: string): Promise<RequestCaption | undefined> {
    return row<RequestCaption>(
      this.db,
      `select r.author_id as "authorId", r.number::text, r.category, e.kind, e.by_staff as "byStaff", e.to_state as "toState", e.text
       from request_event e join request r on r.organization_id = e.organization_id and r.id = e.request_id
       where e.organization_id = $1 and e.id = $2`,
      [organizationId, eventId],
    );
  }
}
