import { Inject, Injectable } from '@nestjs/common';
import { houseLine } from '@kvartal/accounts';
import { type CivilDate, type Month, firstDay, moneyOf } from '@kvartal/domain';
import { row } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { Bill } from './bills.types';

/** Where a bill's PDF is served. */
export const billUrl = (organizationId: string, billId: string): string =>
  `/files/bills/${organizationId}/${billId}.pdf`;

/** Where all bills of a house for a month are served as one file. */
export const houseBillsUrl = (organizationId: string, houseId: string, month: Month): string =>
  `/files/bills/${organizationId}/houses/${houseId}/${month}.pdf`;
/** Where an account's bill is as a closing under review would issue it. */
export const draftBillUrl = (organizationId: string, closingId: string, accountId: string): string =>
  `/files/bills/${organizationId}/drafts/${closingId}/${accountId}.pdf`;

interface BillRow {
  id: string;
  number: string;
  issuedOn: CivilDate;
  payBy: CivilDate;
  total: string;
}

/** The bills of a house that one closing made, in the order of flats. */
export interface HouseBills {
  organizationId: string;
  closingId: string;
  month: Month;
  billIds: readonly string[];
  issuedOn: CivilDate;
  organization: string;
  address: string;
}

interface HouseRow extends Pick<HouseBills, 'closingId' | 'billIds' | 'issuedOn' | 'organization'> {
  city: string;
  street: string;
  house: string;
}

/** Issued bills, for people. */
@Injectable()
export class BillsQueries {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The bill of an account and closing; undefined until it is issued. */
  async find(organizationId: string, accountId: string, closingId: string): Promise<Bill | undefined> {
    const found = await row<BillRow>(
      this.db,
      `select id, number, issued_on::text as "issuedOn", pay_by::text as "payBy", total from bill
       where organization_id = $1 and account_id = $2 and closing_id = $3`,
      [organizationId, accountId, closingId],
    );
    return found && { ...found, total: moneyOf(BigInt(found.total)), url: billUrl(organizationId, found.id) };
  }

  /** The bills of a house for a month that stands closed; undefined where there are none. Flat 2 stands before flat 10. */
  async ofHouse(organizationId: string, houseId: string, month: Month): Promise<HouseBills | undefined> {
    const found = await row<HouseRow>(
      this.db,
      `select p.closing_id as "closingId", max(b.issued_on)::text as "issuedOn", o.name as organization, h.city, h.street,
         h.number as house,
         array_agg(b.id::text order by nullif(regexp_replace(q.number, '\\D', '', 'g'), '')::numeric, q.number, a.number)
           as "billIds"
       from period p
       join organization o on o.id = p.organization_id
       join house h on h.organization_id = p.organization_id and h.id = $2
       join account a on a.organization_id = h.organization_id and a.house_id = h.id
       join premises q on q.organization_id = a.organization_id and q.id = a.premises_id
       join bill b on b.organization_id = a.organization_id and b.account_id = a.id and b.closing_id = p.closing_id
       where p.organization_id = $1 and p.month = $3::date
       group by p.closing_id, o.name, h.city, h.street, h.number`,
      [organizationId, houseId, firstDay(month)],
    );
    if (!found) return undefined;
    const { city, street, house, ...bills } = found;
    return { ...bills, organizationId, month, address: houseLine({ city, street, house }) };
  }
}
