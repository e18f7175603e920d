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
  /** Lines whose account, service or supplier there is not: the ledger has no foreign keys, this takes their place. */
  orphans: string;
}

/**
 * What is wrong with a computed preview, or null: houses that failed, lines that are not what the houses' marks say,
 * openings that are not last month's closings, payments that were lost or doubled, lines that point nowhere. Each is
 * one pass over its table, and each a statement by itself: PostgreSQL then shares it out to its processes.
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
  if (lines.paid !== (await paymentsOf(tx, closing))) return 'PAYMENTS_DISAGREE';
  return lines.orphans === '0' ? null : `ORPHANS ${lines.orphans}`;
}

function addLines(tx: Tx, { organizationId, closingId }: ClosingRow): Promise<Lines | undefined> {
  return row<Lines>(
    tx,
    `with marks as (
       select count(*) filter (where state = 'FAILED')::int as failed, coalesce(sum(lines), 0) as lines,
         coalesce(sum(opening), 0) as opening, coalesce(sum(charged), 0) as charged, coalesce(sum(paid), 0) as paid,
         coalesce(sum(closing), 0) as closing
       from closing_house where organization_id = $1 and closing_id = $2),
     taken as (
       select l.service_id, l.supplier_id, count(*) as lines, sum(l.opening) as opening, sum(l.charged) as charged,
         sum(l.paid) as paid, sum(l.closing) as closing, count(*) filter (where a.id is null) as astray
       from ${previewTable(closingId)} l
       left join account a on a.organization_id = $1 and a.id = l.account_id and a.house_id = l.house_id
       group by l.service_id, l.supplier_id),
     preview as (
       select coalesce(sum(t.lines), 0) as lines, coalesce(sum(t.opening), 0) as opening,
         coalesce(sum(t.charged), 0) as charged, coalesce(sum(t.paid), 0) as paid, coalesce(sum(t.closing), 0) as closing,
         coalesce(sum(case when s.id is null or u.id is null then t.lines else t.astray end), 0) as orphans
       from taken t
       left join service s on s.organization_id = $1 and s.id = t.service_id
       left join supplier u on u.organization_id = $1 and u.id = t.supplier_id)
     select m.failed,
       (select string_agg(f.failure, '; ') from (
         select distinct failure from closing_house
         where organization_id = $1 and closing_id = $2 and state = 'FAILED' order by failure limit 3) f) as reasons,
       (m.lines, m.opening, m.charged, m.paid, m.closing) = (p.lines, p.opening, p.charged, p.paid, p.closing) as "linesAgree",
       p.opening, p.paid, p.orphans
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
