import { Inject, Injectable } from '@nestjs/common';
import type { Month, TotalMode } from '@kvartal/domain';
import { NotFound, row, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { TOTAL_MODES } from './billing.enums';

/** A month that stands closed, and the closing that made it: the ledger is read by closing ids (docs/closing.md). */
export interface ClosedMonth {
  periodId: string;
  month: Month;
  closingId: string;
}

/** Which months of an organisation are closed and which still take money. */
export interface Books {
  organizationId: string;
  timeZone: string;
  currency: 'RUB' | 'KZT';
  country: 'RU' | 'KZ';
  settings: Readonly<Record<string, unknown>>;
  /** Newest first. */
  closed: readonly ClosedMonth[];
  /**
   * The period being closed and the open one: what moved there is in no committed line yet. A month that was opened again
   * keeps the lines that stand.
   */
  unclosedPeriodIds: readonly string[];
  /** The month that takes money now; null where the organisation has no books yet. */
  openMonth: Month | null;
}

/** How the organisation's totals net: its setting `totalToPay`, per recipient unless it says otherwise. */
export const totalModeOf = ({ settings }: Pick<Books, 'settings'>): TotalMode =>
  TOTAL_MODES.find((mode) => mode === settings['totalToPay']) ?? 'PER_RECIPIENT';

interface PeriodRow {
  periodId: string;
  month: Month;
  state: 'OPEN' | 'CLOSING' | 'CLOSED';
  closingId: string | null;
}
type BooksRow = Pick<Books, 'timeZone' | 'currency' | 'country' | 'settings'> & { periods: PeriodRow[] };

const BOOKS = `
  select o.time_zone as "timeZone", o.currency, o.country, o.settings, coalesce((
    select json_agg(json_build_object('periodId', p.id::text, 'month', to_char(p.month, 'YYYY-MM'), 'state', p.state,
      'closingId', p.closing_id::text) order by p.month desc)
    from period p where p.organization_id = o.id), '[]') as periods
  from organization o where o.id = $1`;

const closedOf = (periods: readonly PeriodRow[]): ClosedMonth[] =>
  periods.flatMap(({ periodId, month, closingId }) =>
    closingId === null ? [] : [{ periodId, month, closingId }],
  );

const KEPT_MS = 30_000;

/**
 * Answers which closings stand. A closing's commit is rare and a page view is not, so a copy is kept in the process for
 * half a minute; it is no truth of its own: who reads by a kept copy compares it with what the database says in the same
 * statement and asks again where a month was closed meanwhile.
 */
@Injectable()
export class BooksKeeper {
  private readonly kept = new Map<string, { books: Books; at: number }>();

  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The books as they are now. Throws NotFound where there is no such organisation. */
  async read(organizationId: string, tx: Pick<Tx, 'query'> = this.db): Promise<Books> {
    const found = await row<BooksRow>(tx, BOOKS, [organizationId]);
    if (!found) throw new NotFound();
    const { periods, ...organization } = found;
    return {
      organizationId,
      ...organization,
      closed: closedOf(periods),
      unclosedPeriodIds: periods
        .filter(({ closingId }) => closingId === null)
        .map(({ periodId }) => periodId),
      openMonth: periods.find(({ state }) => state === 'OPEN')?.month ?? null,
    };
  }

  /** The copy of this process, or a fresh one: good for a statement that checks it. */
  async lately(organizationId: string): Promise<Books> {
    const kept = this.kept.get(organizationId);
    return kept && performance.now() - kept.at < KEPT_MS ? kept.books : this.renew(organizationId);
  }

  /** A fresh copy, kept from now on. */
  async renew(organizationId: string): Promise<Books> {
    const books = await this.read(organizationId);
    this.kept.set(organizationId, { books, at: performance.now() });
    return books;
  }
}
