import { type Month, firstDay, nextMonth } from '@kvartal/domain';
import { Refusal, type RefusalDetail, row, rows, type Tx } from '@kvartal/platform';
import type { PeriodState } from '../billing.enums';
import type { ClosingKey } from './closing.lock';

/** What a start looks at: every month of the books, and whether a computation is alive. */
export interface Months {
  periods: readonly { id: string; month: Month; state: PeriodState }[];
  isComputing: boolean;
}

/** How many accounts one job computes: large enough for set-based reads, small enough to lose to a crash. */
export const ACCOUNTS_A_BATCH = 2000;
const MOST_JOBS_AT_FIRST = 16;
/** Batches run side by side already; and the lines of one are checked in memory, not in a file. */
export const BATCH_SETTINGS = `select set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', '16MB', true)`;

/** What stands in the way of closing a month; empty where nothing does. Months are closed in order, one at a time. */
export function obstacles({ periods, isComputing }: Months, month: Month): RefusalDetail[] {
  const period = periods.find((one) => one.month === month);
  if (!period || period.state === 'CLOSED') return [{ code: 'PERIOD_NOT_OPEN', params: { month } }];
  if (isComputing) return [{ code: 'CLOSING_IN_PROGRESS', params: { month } }];
  const earlier = periods.find((one) => one.month < month && one.state !== 'CLOSED');
  return earlier ? [{ code: 'EARLIER_PERIOD_OPEN', params: { month: earlier.month } }] : [];
}

/** The months of an organisation, earliest first. */
export async function readMonths(tx: Pick<Tx, 'query'>, organizationId: string): Promise<Months> {
  const periods = await rows<Months['periods'][number]>(
    tx,
    `select id, to_char(month, 'YYYY-MM') as month, state from period where organization_id = $1 order by period.month`,
    [organizationId],
  );
  const alive = await rows(
    tx,
    `select from closing where organization_id = $1 and state in ('COMPUTING', 'READY', 'FAILED')`,
    [organizationId],
  );
  return { periods, isComputing: alive.length > 0 };
}

/** Throws the obstacles, or says which period it is. */
export function admitStart(months: Months, month: Month): Months['periods'][number] {
  const refusals = obstacles(months, month);
  const period = months.periods.find((one) => one.month === month);
  if (refusals.length || !period) throw new Refusal(refusals);
  return period;
}

/**
 * The cut: from here on money posts to the next month. A month whose computation was discarded has been cut before
 * and stays as it is.
 */
export async function cut(tx: Tx, organizationId: string, period: Months['periods'][number]): Promise<void> {
  if (period.state === 'CLOSING') return;
  await rows(tx, `update period set state = 'CLOSING' where organization_id = $1 and id = $2`, [
    organizationId,
    period.id,
  ]);
  await rows(tx, `insert into period (organization_id, month, state) values ($1, $2, 'OPEN')`, [
    organizationId,
    firstDay(nextMonth(period.month)),
  ]);
}

/** The closing's row, its empty preview and the list of its houses. Returns how many jobs to begin with. */
export async function openClosing(
  tx: Tx,
  {
    organizationId,
    periodId,
    starter,
    now,
  }: { organizationId: string; periodId: string; starter: string | null; now: Date },
): Promise<ClosingKey & { jobs: number }> {
  const added = await row<{ id: string }>(
    tx,
    `insert into closing (organization_id, period_id, revision, state, knew_at, houses, started_by, created_at)
     select $1, $2, 1 + (select count(*) from closing where organization_id = $1 and period_id = $2), 'COMPUTING',
       $4, (select count(*) from house where organization_id = $1), $3, $4
     returning id`,
    [organizationId, periodId, starter, now],
  );
  if (!added) throw new RangeError('The closing was not written');
  await rows(tx, 'select closing_make_preview($1, $2)', [organizationId, added.id]);
  const listed = await row<{ accounts: string }>(
    tx,
    `with listed as (
       insert into closing_house (organization_id, closing_id, house_id, accounts)
       select h.organization_id, $2, h.id,
         (select count(*) from account a where a.organization_id = h.organization_id and a.house_id = h.id)
       from house h where h.organization_id = $1 returning accounts)
     select coalesce(sum(accounts), 0) as accounts from listed`,
    [organizationId, added.id],
  );
  return { organizationId, closingId: added.id, jobs: jobsFor(Number(listed?.accounts ?? 0)) };
}

/** How many jobs to begin with, each of which adds the next: at least one, at most what workers may take at once. */
export const jobsFor = (accounts: number): number =>
  Math.min(Math.max(1, Math.ceil(accounts / ACCOUNTS_A_BATCH)), MOST_JOBS_AT_FIRST);
