import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { AccountAccess } from '@kvartal/accounts';
import type { Month } from '@kvartal/domain';
import { FileStore, NotFound, type Resident, type Staff, requireIds, row } from '@kvartal/platform';
import pdfmake from 'pdfmake';
import { DataSource } from 'typeorm';
import { readBillDocument } from './bill.document';
import { billLayout } from './bill.layout';

/** A bill's file, open for reading. */
export interface BillFile {
  /** «kvitanciya_0401287047_2026-10.pdf» */
  name: string;
  content: Readable;
}

interface BillPlace {
  organizationId: string;
  billId: string;
  accountId: string;
  closingId: string;
  month: Month;
  number: string;
}

const FONTS = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);
pdfmake.setFonts({
  Roboto: {
    normal: join(FONTS, 'Roboto-Regular.ttf'),
    bold: join(FONTS, 'Roboto-Medium.ttf'),
  },
});
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS));

/** Bills as files: drawn when somebody asks for the first time, then kept. */
@Injectable()
export class BillsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(AccountAccess) private readonly access: AccountAccess,
    @Inject(FileStore) private readonly files: FileStore,
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

  /** The bytes of a bill: the same whenever they are drawn. */
  async draw(bill: Omit<BillPlace, 'number' | 'accountId'>): Promise<Buffer> {
    return pdfmake.createPdf(billLayout(await readBillDocument(this.db, bill))).getBuffer();
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
