import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, moneyOf } from '@kvartal/domain';
import { row } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { Bill } from './bills.types';

/** Where a bill's PDF is served. */
export const billUrl = (organizationId: string, billId: string): string =>
  `/files/bills/${organizationId}/${billId}.pdf`;

interface BillRow {
  id: string;
  number: string;
  issuedOn: CivilDate;
  payBy: CivilDate;
  total: string;
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
}
