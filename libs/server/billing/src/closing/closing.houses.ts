import { row, rows, type Tx } from '@kvartal/platform';
import type { PreviewWriter } from './closing.lines';
import type { ClosingKey, ClosingRow } from './closing.lock';
import { previewTable } from './closing.queries';

/*
 * The houses of a closing while they are computed: taken by a worker, cleared of what was written before, marked.
 */

/** A house that cannot be charged, with the reason. */
export interface HouseFailure {
  houseId: string;
  failure: string;
  /** Accounts that it is about: their numbers follow the reason. */
  accounts?: readonly string[];
}

/** As the houses run out batches shrink, to a quarter at least, so that no worker waits long for the last one of another. */
const SHARE_OF_LEFT = 4;

/** The next houses that no other worker holds, about a batch of accounts. */
export async function takeHouses(
  tx: Tx,
  { organizationId, closingId }: ClosingKey,
  accounts: number,
): Promise<string[]> {
  const taken = await rows<{ houseId: string }>(
    tx,
    `select house_id as "houseId" from closing_house
     where organization_id = $1 and closing_id = $2 and state = 'WAITING' order by house_id
     limit (select greatest(1, round(least($3::numeric, greatest($3::numeric / $4,
         sum(accounts) filter (where state = 'WAITING') / $4)) / greatest(1, avg(accounts))))::bigint
       from closing_house where organization_id = $1 and closing_id = $2)
     for update skip locked`,
    [organizationId, closingId, accounts, SHARE_OF_LEFT],
  );
  return taken.map(({ houseId }) => houseId);
}

/** Takes out what an earlier computation of these houses wrote, with the debts that it left for the next month. */
export async function dropLines(
  tx: Tx,
  { organizationId, closingId }: ClosingRow,
  houseIds: readonly string[],
): Promise<void> {
  const before = await row(
    tx,
    `select from closing_house where organization_id = $1 and closing_id = $2 and house_id = any($3::bigint[])
       and lines is not null limit 1`,
    [organizationId, closingId, houseIds],
  );
  if (!before) return;
  await rows(
    tx,
    `delete from ${previewTable(closingId)} where organization_id = $1 and account_id in (
       select id from account where organization_id = $1 and house_id = any($2::bigint[]))`,
    [organizationId, houseIds],
  );
  await rows(
    tx,
    `delete from penalty_debtor where organization_id = $1 and closing_id = $2 and account_id in (
       select id from account where organization_id = $1 and house_id = any($3::bigint[]))`,
    [organizationId, closingId, houseIds],
  );
}

/** Marks the houses whose lines are written, with their sums and digests. */
export async function markDone(
  tx: Tx,
  { organizationId, closingId }: ClosingRow,
  { marks }: PreviewWriter,
): Promise<void> {
  await rows(
    tx,
    `update closing_house h set state = 'DONE', failure = null, snapshot = pg_current_snapshot(), accounts = m.accounts,
       lines = m.lines, opening = m.opening, charged = m.charged, paid = m.paid, closing = m.closing, digest = m.digest,
       commons = m.commons::jsonb
     from jsonb_to_recordset($3::jsonb) as m("houseId" bigint, accounts int, lines int, opening bigint, charged bigint,
       paid bigint, closing bigint, digest text, commons text)
     where h.organization_id = $1 and h.closing_id = $2 and h.house_id = m."houseId"`,
    [
      organizationId,
      closingId,
      JSON.stringify(marks, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    ],
  );
}

/** So many accounts of a house are named in its failure. */
const MOST_NAMED = 20;

/** Marks houses that cannot be charged with the reason and the numbers of the accounts that it is about. */
export async function markFailed(
  tx: Tx,
  { organizationId, closingId }: ClosingRow,
  failures: readonly HouseFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  await rows(
    tx,
    `update closing_house h set state = 'FAILED', lines = null, digest = null, failure = m.failure || coalesce((
         select string_agg(a.number, ', ' order by a.number) from account a
         where a.organization_id = $1 and a.id = any(m.accounts[:${MOST_NAMED}])), '')
         || case when cardinality(m.accounts) > ${MOST_NAMED} then ', …' else '' end
     from jsonb_to_recordset($3::jsonb) as m("houseId" bigint, failure text, accounts bigint[])
     where h.organization_id = $1 and h.closing_id = $2 and h.house_id = m."houseId"`,
    [organizationId, closingId, JSON.stringify(failures)],
  );
}
