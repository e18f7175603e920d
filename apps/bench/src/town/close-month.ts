import type { Month } from '@kvartal/domain';
import type pg from 'pg';
import type { Engine } from './engine';
import { payBills } from './town';

export interface MonthToClose {
  engine: Engine;
  client: pg.Client;
  month: Month;
  issue: boolean;
  isAnybodyLate: boolean;
}

/** Closes a month through the product, without bills unless `issue`; it is paid then, by most in time. */
export async function closeMonth({
  engine,
  client,
  month,
  issue,
  isAnybodyLate,
}: MonthToClose): Promise<void> {
  const key = await engine.start(month);
  await engine.compute(key);
  const digest = await engine.digest(key);
  if (!digest) throw new Error(`${month} was not computed`);
  await engine.commit(key, digest, false);
  if (issue) await engine.issue(key);
  else
    await client.query('update closing_house set issued_at = now() where closing_id = $1', [key.closingId]);
  await payBills(client, { closingId: key.closingId, isAnybodyLate });
}
