import type { Month } from '@kvartal/domain';
import { type BillIssuing, type ClosingComputing, type Closings } from '@kvartal/billing';
import { row } from '@kvartal/platform';
import type { DataSource } from 'typeorm';

export interface ClosedMonth {
  closingId: string;
  openPeriodId: string;
}

/** Closes a month as staff would, without asking anybody to review it. */
export interface MonthCloser {
  /**
   * Returns the closing that stands, and the period that takes money from now on. Without `bills` the month has
   * statements, and no numbered documents.
   */
  close(organizationId: string, month: Month, bills: boolean): Promise<ClosedMonth>;
}

/** The product's own closing, computed in this process; bills are numbered, mail is not sent. */
export class EngineCloser implements MonthCloser {
  constructor(
    private readonly db: DataSource,
    private readonly closings: Closings,
    private readonly computing: ClosingComputing,
    private readonly issuing: BillIssuing,
  ) {}

  async close(organizationId: string, month: Month, bills: boolean): Promise<ClosedMonth> {
    const key = await this.closings.start('system', organizationId, month);
    await Promise.all([this.computing.computeAll(key), this.computing.computeAll(key)]);
    const computed = await row<{ digest: string | null; failure: string | null; openPeriodId: string }>(
      this.db,
      `select c.digest, c.failure, p.id as "openPeriodId" from closing c
       join period p on p.organization_id = c.organization_id and p.state = 'OPEN'
       where c.organization_id = $1 and c.id = $2`,
      [organizationId, key.closingId],
    );
    if (!computed?.digest)
      throw new Error(`${month} could not be closed: ${computed?.failure ?? 'houses failed'}`);
    await this.closings.commit('system', key, computed.digest, false);
    if (bills) await this.issuing.issueAll(key, false);
    else await this.withoutBills(organizationId, key.closingId);
    return { closingId: key.closingId, openPeriodId: computed.openPeriodId };
  }

  /** Nobody is to make them later either. */
  private async withoutBills(organizationId: string, closingId: string): Promise<void> {
    await this.db.query(
      `update closing_house h set issued_at = c.committed_at from closing c
       where h.organization_id = $1 and h.closing_id = $2 and c.organization_id = $1 and c.id = $2`,
      [organizationId, closingId],
    );
  }
}
