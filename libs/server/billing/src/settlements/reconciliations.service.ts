import { Inject, Injectable } from '@nestjs/common';
import { type AccountScope, AccountAccess } from '@kvartal/accounts';
import type { CivilDate } from '@kvartal/domain';
import { Clock, type Resident, type Staff, type Viewer, fileUrl, requireIds } from '@kvartal/platform';
import type { Reconciliation } from './settlements.types';
import type { DocumentFile, Format } from './document-file';
import { actContent, actMonths, actTotals } from './reconciliation.content';
import { actPdf } from './reconciliation.drawing';
import { ReconciliationQueries } from './reconciliation.queries';
import { actWorkbook } from './reconciliation.sheet';

/** Both ends are among the days. */
export interface DayRange {
  from: CivilDate;
  to: CivilDate;
}

const pathOf = (
  { organizationId, accountId }: AccountScope,
  { from, to }: DayRange,
  format: Format,
): string => `/files/reconciliations/${organizationId}/${accountId}/${from}_${to}.${format}`;

/** Reconciliation statements: drawn up whenever somebody asks, from the ledger as it is. */
@Injectable()
export class Reconciliations {
  constructor(
    private readonly queries: ReconciliationQueries,
    @Inject(AccountAccess) private readonly access: AccountAccess,
    private readonly clock: Clock,
  ) {}

  /** Sums of an account that the viewer has, and where its statement is. */
  async get(viewer: Pick<Viewer, 'kind'>, scope: AccountScope, days: DayRange): Promise<Reconciliation> {
    const ledger = await this.queries.ledger(scope, days.to);
    const { opening, debit, credit, closing } = actTotals(ledger, days);
    const url = (format: Format): string => fileUrl(viewer, pathOf(scope, days, format));
    const months = actMonths(ledger, days);
    return { ...days, opening, debit, credit, closing, months, pdf: url('pdf'), xlsx: url('xlsx') };
  }

  /** The statement as a file, for whoever may see the account. Throws NotFound for anybody else's. */
  async open(
    viewer: Resident | Staff,
    scope: AccountScope,
    { format, ...days }: DayRange & { format: Format },
  ): Promise<DocumentFile> {
    requireIds(scope.organizationId, scope.accountId);
    // staff were let in by the organisation that the address names
    if (viewer.kind === 'resident') await this.access.require(viewer, scope.organizationId, scope.accountId);
    const ledger = await this.queries.ledger(scope, days.to);
    const act = actContent(ledger, { ...days, madeOn: await this.clock.today(ledger.timeZone) });
    return {
      name: `akt_sverki_${ledger.accountNumber}_${days.from}_${days.to}`,
      format,
      content: format === 'pdf' ? actPdf(act) : await actWorkbook(act),
    };
  }
}
