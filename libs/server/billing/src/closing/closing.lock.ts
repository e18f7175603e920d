import { setTimeout as pause } from 'node:timers/promises';
import type { Month } from '@kvartal/domain';
import {
  NotFound,
  Refusal,
  inTransaction,
  requireIds,
  row,
  rows,
  sqlState,
  type Tx,
} from '@kvartal/platform';
import type { DataSource } from 'typeorm';
import type { ClosingState } from '../billing.enums';

/** A closing by its key. */
export interface ClosingKey {
  organizationId: string;
  closingId: string;
}

/** A closing as its protocol sees it. */
export interface ClosingRow extends ClosingKey {
  periodId: string;
  month: Month;
  state: ClosingState;
  digest: string | null;
}

const LOCK_NOT_AVAILABLE = '55P03';
const ATTEMPTS = 5;

/**
 * Runs `work` while no payment, reading or fact of the organisation can be written: writers in flight have committed,
 * new ones wait behind us, at most the two seconds that we wait ourselves. The first lock of the order that all take:
 * organisation, closing, period, closing_house, account.
 */
export async function holdingLedger<T>(
  db: DataSource,
  organizationId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await inTransaction(db, async (tx) => {
        await rows(tx, `set local lock_timeout = '2s'`);
        await rows(tx, 'select pg_advisory_xact_lock(ledger_key($1))', [organizationId]);
        return work(tx);
      });
    } catch (failure) {
      if (tries === ATTEMPTS || sqlState(failure) !== LOCK_NOT_AVAILABLE) throw failure;
      await pause(tries * 200);
    }
  }
}

const CLOSING = `
  select c.organization_id as "organizationId", c.id as "closingId", c.period_id as "periodId",
    to_char(p.month, 'YYYY-MM') as month, c.state, c.digest
  from closing c join period p on p.organization_id = c.organization_id and p.id = c.period_id
  where c.organization_id = $1 and c.id = $2`;

/** The closing as it is, unlocked. Throws NotFound. */
export async function findClosing(tx: Pick<Tx, 'query'>, key: ClosingKey): Promise<ClosingRow> {
  requireIds(key.organizationId, key.closingId);
  const found = await row<ClosingRow>(tx, CLOSING, [key.organizationId, key.closingId]);
  if (!found) throw new NotFound();
  return found;
}

/** The closing, its row locked: `update` waits for the workers that are computing it, `share` lets them be. */
export async function lockClosing(tx: Tx, key: ClosingKey, how: 'share' | 'update'): Promise<ClosingRow> {
  requireIds(key.organizationId, key.closingId);
  const found = await row<ClosingRow>(tx, `${CLOSING} for ${how} of c`, [key.organizationId, key.closingId]);
  if (!found) throw new NotFound();
  return found;
}

/** Refuses what cannot be done to a closing that was committed or discarded. */
export function refuseEnded(closing: ClosingRow): void {
  if (closing.state === 'COMMITTED' || closing.state === 'DISCARDED')
    throw new Refusal('CLOSING_ENDED', { params: { month: closing.month, state: closing.state } });
}

/**
 * Houses whose inputs changed in a transaction that their computation did not see. House 0 of the journal is every
 * house. Money is not an input: since the cut it posts to the next month.
 */
export async function dirtyHouses(tx: Pick<Tx, 'query'>, key: ClosingKey): Promise<string[]> {
  const dirty = await rows<{ houseId: string }>(
    tx,
    `select h.house_id as "houseId" from closing_house h
     where h.organization_id = $1 and h.closing_id = $2 and h.state = 'DONE' and exists (
       select from input_change i where i.organization_id = $1 and i.house_id in (h.house_id, 0)
         and i.xid >= pg_snapshot_xmin(h.snapshot) and not pg_visible_in_snapshot(i.xid, h.snapshot))
     order by h.house_id`,
    [key.organizationId, key.closingId],
  );
  return dirty.map(({ houseId }) => houseId);
}

/** The fingerprint of everything that was computed: houses in order, each with the digest of its lines. */
export async function digestOf(tx: Pick<Tx, 'query'>, key: ClosingKey): Promise<string> {
  const found = await row<{ digest: string }>(
    tx,
    `select encode(sha256(convert_to(coalesce(string_agg(house_id || ':' || digest, ',' order by house_id), ''), 'UTF8')), 'hex')
       as digest
     from closing_house where organization_id = $1 and closing_id = $2`,
    [key.organizationId, key.closingId],
  );
  return found?.digest ?? '';
}
