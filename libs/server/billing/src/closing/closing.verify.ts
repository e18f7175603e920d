import { row, type Tx } from '@kvartal/platform';
import { type ClosingRow } from './closing.lock';
import { previewTable } from './closing.queries';

/** The laws that a preview must obey before it may join the ledger, each with the SQL that says whether it does. */
interface Sums {
  failed: number;
  /** The first houses that failed, with their reasons. */
  reasons: string | null;
  linesAgree: boolean;
  openingsAgree: boolean;
  paymentsAgree: boolean;
  orphans: string;
}

/**
 * What is wrong with a computed preview, or null: houses that failed, lines that are not what the houses' marks say,
 * openings that are not last month's closings, payments that were lost or doubled, lines that point nowhere.
 */
export async function brokenSums(
  tx: Tx,
  closing: ClosingRow,
  closedBefore: string | null,
): Promise<string | null> {
  const sums = await row<Sums>(
    tx,
    `with marks as (
       select count(*) filter (where state = 'FAILED')::int as failed, coalesce(sum(lines), 0) as lines,
         coalesce(sum(opening), 0) as opening, coalesce(sum(charged), 0) as charged, coalesce(sum(paid), 0) as paid,
         coalesce(sum(closing), 0) as closing
       from closing_house where organization_id = $1 and closing_id = $2),
     preview as (
       select count(*) as lines, coalesce(sum(opening), 0) as opening, coalesce(sum(charged), 0) as charged,
         coalesce(sum(paid), 0) as paid, coalesce(sum(closing), 0) as closing
       from ${previewTable(closing.closingId)})
     select m.failed,
       (select string_agg(f.failure, '; ') from (
         select distinct failure from closing_house
         where organization_id = $1 and closing_id = $2 and state = 'FAILED' order by failure limit 3) f) as reasons,
       (m.lines, m.opening, m.charged, m.paid, m.closing) = (p.lines, p.opening, p.charged, p.paid, p.closing) as "linesAgree",
       p.opening = coalesce((select sum(closing) from statement_line
         where organization_id = $1 and closing_id = $3), 0) as "openingsAgree",
       p.paid = coalesce((select -sum(m.amount) from movement m
         left join movement r on r.organization_id = m.organization_id and r.id = m.reverses
         where m.organization_id = $1 and m.period_id = $4
           and coalesce(r.kind, m.kind) in ('PAYMENT', 'REFUND')), 0) as "paymentsAgree",
       closing_orphans($1, $2) as orphans
     from marks m, preview p`,
    [closing.organizationId, closing.closingId, closedBefore, closing.periodId],
  );
  if (!sums) return 'NOTHING_COMPUTED';
  if (sums.failed > 0) return `HOUSES_FAILED ${sums.failed}: ${sums.reasons ?? ''}`;
  if (!sums.linesAgree) return 'LINES_DISAGREE';
  if (!sums.openingsAgree) return 'OPENINGS_DISAGREE';
  if (!sums.paymentsAgree) return 'PAYMENTS_DISAGREE';
  return sums.orphans === '0' ? null : `ORPHANS ${sums.orphans}`;
}
