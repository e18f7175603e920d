import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, NotFound, requireIds } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BooksKeeper } from '../books';
import { ClosingQueries } from '../closing/closing.queries';
import { StatementsQueries } from '../statements/statements.queries';
import { billContent } from './bill.content';
import type { BillDocument } from './bill.document';
import { billPdf } from './bill.drawing';
import { readDraft } from './bill.reading';
import { payByOf } from './bills.issuing';
import type { BillFile } from './bills.service';

/** Bills of a closing under review: as they would be, marked as drafts, without codes to pay by. Nothing is kept. */
@Injectable()
export class DraftBills {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(ClosingQueries) private readonly closings: ClosingQueries,
    @Inject(StatementsQueries) private readonly statements: StatementsQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** An account's bill as a closing would issue it. Throws NotFound where the closing has ended or has no line of it yet. */
  async open(organizationId: string, closingId: string, accountId: string): Promise<BillFile> {
    const draft = await this.read(organizationId, closingId, accountId);
    const name = `predvaritelnyj_${draft.account.number}_${draft.month}.pdf`;
    return { name, content: Readable.from([billPdf(billContent(draft))]) };
  }

  /** What it prints. */
  async read(organizationId: string, closingId: string, accountId: string): Promise<BillDocument> {
    requireIds(organizationId, closingId, accountId);
    const { state, month } = await this.closings.getAlive({ organizationId, closingId });
    if (state === 'COMMITTED') throw new NotFound();
    const at = { organizationId, closingId, month };
    const { toPay } = await this.statements.preview({ ...at, accountId });
    const books = await this.books.read(organizationId);
    return {
      ...(await readDraft(this.db, at, accountId)),
      total: toPay,
      issuedOn: await this.clock.today(books.timeZone),
      payBy: await payByOf(this.db, books, month, await this.clock.now()),
    };
  }
}
