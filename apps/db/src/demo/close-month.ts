import type { Month } from '@kvartal/domain';
import { type BillIssuing, type ClosingComputing, type ClosingKey, type Closings } from '@kvartal/billing';
import { type Clock, row, rows } from '@kvartal/platform';
import type { DataSource } from 'typeorm';
import { closingOf } from './moments';

/** A month that has been closed: the closing that stands, and the period that takes money from then on. */
export interface ClosedMonth {
  closingId: string;
  openPeriodId: string;
}

/** Does the same for each organisation, one after another or side by side. */
export type Each = (organizationIds: readonly string[], work: (id: string) => Promise<void>) => Promise<void>;

/**
 * Closes a month as staff would, without asking anybody to review it: the product's own closing, computed in this process,
 * on the day on which it was due. The clock is moved there, and stays there. Bills are numbered, mail is not sent.
 */
export class MonthCloser {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly billing: { closings: Closings; computing: ClosingComputing; issuing: BillIssuing },
  ) {}

  /**
   * By organisation. Started and committed in the order given, so that numbers are the same each time. Without `bills`
   * the month has statements, and no numbered documents.
   */
  async close(
    organizationIds: readonly string[],
    month: Month,
    { bills, each }: { bills: boolean; each: Each },
  ): Promise<Map<string, ClosedMonth>> {
    const { starts, commits } = closingOf(month);
    await this.clock.moveTo(starts);
    const keys = new Map<string, ClosingKey>();
    for (const id of organizationIds) keys.set(id, await this.billing.closings.start('system', id, month));
    await each(organizationIds, async (id) => {
      const key = keys.get(id);
      if (key)
        await Promise.all([this.billing.computing.computeAll(key), this.billing.computing.computeAll(key)]);
    });
    await this.clock.moveTo(commits);
    const closed = new Map<string, ClosedMonth>();
    for (const [id, key] of keys) closed.set(id, await this.commit(key, month, bills));
    return closed;
  }

  private async commit(key: ClosingKey, month: Month, bills: boolean): Promise<ClosedMonth> {
    const computed = await row<{ digest: string | null; failure: string | null; openPeriodId: string }>(
      this.db,
      `select c.digest, c.failure, p.id as "openPeriodId" from closing c
       join period p on p.organization_id = c.organization_id and p.state = 'OPEN'
       where c.organization_id = $1 and c.id = $2`,
      [key.organizationId, key.closingId],
    );
    if (!computed?.digest)
      throw new Error(`${month} could not be closed: ${computed?.failure ?? 'houses failed'}`);
    await this.billing.closings.commit('system', key, computed.digest, {
      issue: false,
      chargesUndecided: true,
    });
    if (bills) await this.billing.issuing.issueAll(key, false);
    else await this.withoutBills(key);
    return { closingId: key.closingId, openPeriodId: computed.openPeriodId };
  }

  /** Nobody is to make them later either. */
  private async withoutBills({ organizationId, closingId }: ClosingKey): Promise<void> {
    await rows(
      this.db,
      `update closing_house h set issued_at = c.committed_at from closing c
       where h.organization_id = $1 and h.closing_id = $2 and c.organization_id = $1 and c.id = $2`,
      [organizationId, closingId],
    );
  }
}
