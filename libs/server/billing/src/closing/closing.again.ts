import { afterCommit, rows, type Tx } from '@kvartal/platform';
import type { ClosingRow } from './closing.lock';
import { type BillingQueue, COMPUTE_HOUSES } from './closing.queue';

/**
 * Gives houses back to the worker, and with `others` those that failed too. The closing is locked for update; nothing
 * happens where there is nothing to compute.
 */
export async function backToComputing(
  tx: Tx,
  queue: BillingQueue,
  closing: ClosingRow,
  { houseIds, others = true }: { houseIds: readonly string[]; others?: boolean },
): Promise<void> {
  const key = [closing.organizationId, closing.closingId];
  const todo = await rows(
    tx,
    `with todo as (
       update closing_house set state = 'WAITING', failure = null
       where organization_id = $1 and closing_id = $2
         and ((state = 'FAILED' and $4::boolean) or house_id = any($3::bigint[])) returning 1)
     select from todo limit 1`,
    [...key, houseIds, others],
  );
  if (todo.length === 0) return;
  await rows(
    tx,
    `update closing set state = 'COMPUTING', digest = null, failure = null where organization_id = $1 and id = $2`,
    key,
  );
  afterCommit(tx, () => queue.add(COMPUTE_HOUSES, closing));
}
