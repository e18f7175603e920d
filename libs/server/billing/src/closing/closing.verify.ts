import { row, type Tx } from '@kvartal/platform';
import { type ClosingRow } from './closing.lock';
import { previewTable } from './closing.queries';

/** What a preview's lines come to, beside what the houses' marks say of them. */
interface Lines {
  failed: number;
  /** The first houses that failed, with their reasons. */
  reasons: string | null;
  linesAgree: boolean;
  opening: string;
  paid: string;
}

/**
 * What is wrong with a computed preview, or null: houses that failed, lines that are not what the houses' marks say,
 * openings that are not last month's closings, payments that were lost or doubled. Each is one pass over its table, and
 * each a statement by itself: PostgreSQL then shares it out to its processes. That no line points nowhere the table
 * itself has seen to while it was loaded.
 */
export async function brokenSums(
  tx: Tx,
  closing: ClosingRow,
  closedBefore: string | null,
): Promise<string | null> {
  const lines = await addLines(tx, closing);
  if (!lines) return 'NOTHING_COMPUTED';
  if (lines.failed > 0) return `HOUSES_FAILED ${lines.failed}: ${lines.reasons ?? ''}`;
  if (!lines.linesAgree) return 'LINES_DISAGREE';
  if (lines.opening !== (await lastClosings(tx, closing, closedBefore))) return 'OPENINGS_DISAGREE';
  return lines.paid === (await paymentsOf(tx, closing)) ? null : 'PAYMENTS_DISAGREE';
}

function addLines(tx: Tx, { organizationId, closingId }: ClosingRow): Promise<Lines | undefined> {
  return row<Lines>(
    tx,
    `with marks as (
       select count(*) filter (where state = 'FAILED')::int as failed, coalesce(sum(lines), 0) as lines,
         coalesce(sum(opening), 0) as opening, coalesce(sum(charged), 0) as charged, coalesce(sum(paid), 0) as paid,
         coalesce(sum(closing), 0) as closing
       from closing_house where organization_id = $1 and closing_id = $2),
     preview as (
       select count(*) as lines, coalesce(sum(opening), 0) as opening, coalesce(sum(charged), 0) as charged,
         coalesce(sum(paid), 0) as paid, coalesce(sum(closing), 0) as closing
       from ${previewTable(closingId)})
     select m.failed,
       (select string_agg(f.failure, '; ') from (
         select distinct failure from closing_house
         where organization_id = $1 and closing_id = $2 and state = 'FAILED' order by failure limit 3) f) as reasons,
       (m.lines, m.opening, m.charged, m.paid, m.closing) = (p.lines, p.opening, p.charged, p.paid, p.closing) as "linesAgree",
       p.opening, p.paid
     from marks m, preview p`,
    [organizationId, closingId],
  );
}

async function lastClosings(
  tx: Tx,
  { organizationId }: ClosingRow,
  closedBefore: string | null,
): Promise<string | undefined> {
  const found = await row<{ closing: string }>(
    tx,
    `select coalesce(sum(closing), 0) as closing from statement_line where organization_id = $1 and closing_id = $2`,
    [organizationId, closedBefore],
  );
  return found?.closing;
}

/** What was paid less what was paid back; of a reversal it counts what it takes back. */
async function paymentsOf(tx: Tx, { organizationId, periodId }: ClosingRow): Promise<string | undefined> {
  const found = await row<{ paid: string }>(
    tx,
    `select coalesce(-sum(amount), 0) as paid from (
       select amount from movement
       where organization_id = $1 and period_id = $2 and kind in ('PAYMENT', 'REFUND')
       union all
       select m.amount from movement m
       join movement r on r.organization_id = m.organization_id and r.id = m.reverses
       where m.organization_id = $1 and m.period_id = $2 and m.kind = 'REVERSAL' and m.reverses is not null
         and r.kind in ('PAYMENT', 'REFUND')) one`,
    [organizationId, periodId],
  );
  return found?.paid;
}
