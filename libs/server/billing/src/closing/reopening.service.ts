import { Inject, Injectable } from '@nestjs/common';
import type { Month } from '@kvartal/domain';
import { Clock, Refusal, type Staff, audit, requireIds, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { requireReason } from './closing.decisions';
import { holdingLedger } from './closing.lock';
import { readMonths } from './closing.start';

/** What is opened again. */
export interface Reopening {
  organizationId: string;
  month: Month;
  reason: string;
}

/**
 * Opens a closed month again, so that its readings and facts may be corrected and another closing of it be made. What
 * stands stays in force, untouched, until that one is committed; money goes on posting to the open month.
 */
@Injectable()
export class PeriodReopenings {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Refuses REQUIRED and TOO_LONG (reason), PERIOD_STILL_OPEN for a month that is not closed, LATER_PERIOD_CLOSED where a
   * later one is closed or being closed, and CLOSING_IN_PROGRESS while the month's bills are still being made.
   */
  async reopen(viewer: Staff, { organizationId, month, reason }: Reopening): Promise<string> {
    requireIds(organizationId);
    const why = requireReason(reason);
    return holdingLedger(this.db, organizationId, async (tx) => {
      const { periods } = await readMonths(tx, organizationId);
      const period = periods.find((one) => one.month === month);
      if (period?.state !== 'CLOSED') throw new Refusal('PERIOD_STILL_OPEN', { params: { month } });
      const later = periods.find((one) => one.month > month && one.state !== 'OPEN');
      if (later) throw new Refusal('LATER_PERIOD_CLOSED', { params: { month: later.month } });
      const at = await this.clock.now();
      const stood = await row<{ closingId: string; isIssued: boolean }>(
        tx,
        `select p.closing_id as "closingId", not exists (
           select from closing_house h where h.organization_id = p.organization_id and h.closing_id = p.closing_id
             and h.issued_at is null) as "isIssued"
         from period p where p.organization_id = $1 and p.id = $2 for update of p`,
        [organizationId, period.id],
      );
      if (!stood?.isIssued) throw new Refusal('CLOSING_IN_PROGRESS', { params: { month } });
      await rows(
        tx,
        `insert into period_reopening (organization_id, period_id, closing_id, reason, reopened_by, created_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [organizationId, period.id, stood.closingId, why, viewer.userId, at],
      );
      await rows(tx, `update period set state = 'CLOSING' where organization_id = $1 and id = $2`, [
        organizationId,
        period.id,
      ]);
      await audit(tx, viewer, {
        at,
        action: 'period.reopen',
        organizationId,
        objectKind: 'period',
        objectId: period.id,
        details: { month, closingId: stood.closingId, reason: why },
      });
      return period.id;
    });
  }
}
