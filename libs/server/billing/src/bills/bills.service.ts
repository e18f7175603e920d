import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { AccountAccess } from '@kvartal/accounts';
import type { Month } from '@kvartal/domain';
import { FileStore, NotFound, type Resident, type Staff, requireIds, row } from '@kvartal/platform';
import { showMonth } from '@kvartal/words';
import { DataSource } from 'typeorm';
import { type BillContent, billContent } from './bill.content';
import { billPdf, billsPdf } from './bill.drawing';
import { type BillsToRead, readBillDocuments } from './bill.reading';
import { BillsQueries, type HouseBills } from './bills.queries';
import { houseTitle } from './bill.words.ru';

/** A file of bills, open for reading. */
export interface BillFile {
  /** «kvitanciya_0401287047_2026-10.pdf» */
  name: string;
  content: Readable;
}

interface BillPlace extends BillsToRead {
  billId: string;
  accountId: string;
  number: string;
}

/** So many bills of a house are read and drawn at a time: a few dozen milliseconds, then others have their turn. */
const BILLS_AT_A_TIME = 25;

/** Bills as files: drawn when somebody asks for the first time, then kept. */
@Injectable()
export class BillsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(AccountAccess) private readonly access: AccountAccess,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(BillsQueries) private readonly queries: BillsQueries,
  ) {}

  /** The PDF of a bill, for whoever may see its account. Throws NotFound for anybody else's. */
  async open(viewer: Resident | Staff, organizationId: string, billId: string): Promise<BillFile> {
    requireIds(organizationId, billId);
    const bill = await this.place(organizationId, billId);
    // staff were let in by the organisation that the address names
    if (viewer.kind === 'resident') await this.access.require(viewer, organizationId, bill.accountId);
    const key = `bills/${organizationId}/${billId}.pdf`;
    if (!(await this.files.has(key))) await this.files.write(key, await this.draw(bill));
    return { name: `kvitanciya_${bill.number}_${bill.month}.pdf`, content: this.files.read(key) };
  }

  /**
   * All bills of a house of a closed month as one PDF, in the order of its flats. It is drawn while it is read, so much
   * at a time: no more of it is ever in memory. Throws NotFound where there are none.
   */
  async openHouse(organizationId: string, houseId: string, month: Month): Promise<BillFile> {
    requireIds(organizationId, houseId);
    const house = await this.queries.ofHouse(organizationId, houseId, month);
    if (!house) throw new NotFound();
    const info = {
      title: houseTitle(house.address, showMonth(month, 'ru')),
      author: house.organization,
      createdOn: house.issuedOn,
    };
    return {
      name: `kvitancii_${houseId}_${month}.pdf`,
      content: Readable.from(billsPdf(info, this.contents(house)), { objectMode: false }),
    };
  }

  /** The bytes of a bill: the same whenever they are drawn. */
  async draw({ billId, ...bills }: BillsToRead & { billId: string }): Promise<Buffer> {
    const [bill] = await readBillDocuments(this.db, bills, [billId]);
    if (!bill) throw new NotFound();
    return billPdf(billContent(bill));
  }

  private async *contents({ billIds, ...bills }: HouseBills): AsyncGenerator<BillContent[]> {
    for (let from = 0; from < billIds.length; from += BILLS_AT_A_TIME) {
      const batch = await readBillDocuments(this.db, bills, billIds.slice(from, from + BILLS_AT_A_TIME));
      yield batch.map(billContent);
    }
  }

  private async place(organizationId: string, billId: string): Promise<BillPlace> {
    const found = await row<BillPlace>(
      this.db,
      `select b.organization_id as "organizationId", b.id as "billId", b.account_id as "accountId",
         b.closing_id as "closingId", to_char(p.month, 'YYYY-MM') as month, a.number
       from bill b
       join period p on p.organization_id = b.organization_id and p.id = b.period_id
       join account a on a.organization_id = b.organization_id and a.id = b.account_id
       where b.organization_id = $1 and b.id = $2`,
      [organizationId, billId],
    );
    if (!found) throw new NotFound();
    return found;
  }
}
