import type { Month } from '@kvartal/domain';

/** Closes a month as staff would, without bills by mail. */
export interface MonthCloser {
  close(organizationId: string, month: Month): Promise<{ closingId: string; openPeriodId: string }>;
}
