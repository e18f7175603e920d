import { Inject, Injectable } from '@nestjs/common';
import { type AccountScope, AccountAccess } from '@kvartal/accounts';
import type { Month } from '@kvartal/domain';
import { NotFound, type Resident, type Staff, type Viewer, fileUrl, requireIds } from '@kvartal/platform';
import type { Breakdown } from './settlements.types';
import { breakdownContent, breakdownTotals } from './breakdown.content';
import { breakdownPdf } from './breakdown.drawing';
import { BreakdownQueries } from './breakdown.queries';
import { breakdownWorkbook } from './breakdown.sheet';
import type { DocumentFile, Format } from './document-file';

const pathOf = ({ organizationId, accountId }: AccountScope, month: Month, format: Format): string =>
  `/files/breakdowns/${organizationId}/${accountId}/${month}.${format}`;

/** Whose accounts are shown: a person's linked ones, to staff all of the payer. */
const personOf = (viewer: Viewer): string | null => (viewer.kind === 'resident' ? viewer.userId : null);

/** What a payer was charged, account by account: of a month that stands closed, so the same whenever it is asked. */
@Injectable()
export class Breakdowns {
  constructor(
    private readonly queries: BreakdownQueries,
    @Inject(AccountAccess) private readonly access: AccountAccess,
  ) {}

  /** The payer of an account that the viewer has. Null where no month has been closed. */
  async get(viewer: Viewer, scope: AccountScope, month: Month | null): Promise<Breakdown | null> {
    const found = await this.queries.read(scope, { month, userId: personOf(viewer) });
    if (!found) return null;
    const url = (format: Format): string => fileUrl(viewer, pathOf(scope, found.month, format));
    const { rows, payer } = found;
    return {
      month: found.month,
      payer: payer.name,
      taxId: payer.taxId,
      rows,
      ...breakdownTotals(rows),
      pdf: url('pdf'),
      xlsx: url('xlsx'),
    };
  }

  /** The breakdown as a file, for whoever may see the account. Throws NotFound for anybody else's, and for no month. */
  async open(
    viewer: Resident | Staff,
    scope: AccountScope,
    { month, format }: { month: Month; format: Format },
  ): Promise<DocumentFile> {
    requireIds(scope.organizationId, scope.accountId);
    // staff were let in by the organisation that the address names
    if (viewer.kind === 'resident') await this.access.require(viewer, scope.organizationId, scope.accountId);
    const found = await this.queries.read(scope, { month, userId: personOf(viewer) });
    if (!found?.isClosed) throw new NotFound();
    const content = breakdownContent(found);
    return {
      name: `rasshifrovka_${month}`,
      format,
      content: format === 'pdf' ? breakdownPdf(content) : await breakdownWorkbook(content),
    };
  }
}
