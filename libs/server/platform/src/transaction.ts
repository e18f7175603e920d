import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

/** A transaction in hand: everything a service does for one request goes through it. */
export type Tx = EntityManager;

/** Serialisation failure, deadlock, a period that moved on meanwhile: worth running the whole function again. */
const WORTH_A_RETRY = new Set(['40001', '40P01', 'LG001']);
const ATTEMPTS = 5;

/** The SQLSTATE of a failure, or undefined where it did not come from PostgreSQL. */
export function sqlState(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null) return undefined;
  if ('code' in failure && typeof failure.code === 'string') return failure.code;
  return 'driverError' in failure ? sqlState(failure.driverError) : undefined;
}

/** The name of the constraint that refused, or undefined. */
export function violatedConstraint(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null) return undefined;
  if ('constraint' in failure && typeof failure.constraint === 'string') return failure.constraint;
  return 'driverError' in failure ? violatedConstraint(failure.driverError) : undefined;
}

const hooks = new WeakMap<Tx, (() => Promise<unknown>)[]>();

/** Has `work` run once this transaction has committed. A failure there is only logged: what must happen goes to the outbox. */
export function afterCommit(tx: Tx, work: () => Promise<unknown>): void {
  const waiting = hooks.get(tx);
  if (waiting) waiting.push(work);
  else hooks.set(tx, [work]);
}

type Isolation = 'READ COMMITTED' | 'REPEATABLE READ';

async function attempt<T>(db: DataSource, work: (tx: Tx) => Promise<T>, isolation: Isolation): Promise<T> {
  let inside: Tx | undefined;
  const result = await db.transaction(isolation, (tx) => {
    inside = tx;
    return work(tx);
  });
  for (const hook of (inside && hooks.get(inside)) ?? [])
    await hook().catch((failure: Error) => Logger.warn({ err: failure }, 'after commit', 'inTransaction'));
  return result;
}

/**
 * Runs `work` in one transaction, READ COMMITTED unless told otherwise, and, where the database asks for it, the whole
 * of it again. Anything thrown rolls back; side effects belong into the outbox, never into `work`.
 */
export async function inTransaction<T>(
  db: DataSource,
  work: (tx: Tx) => Promise<T>,
  isolation: Isolation = 'READ COMMITTED',
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(db, work, isolation);
    } catch (failure) {
      if (tries === ATTEMPTS || !WORTH_A_RETRY.has(sqlState(failure) ?? '')) throw failure;
      await pause(tries * tries * 5);
    }
  }
}

/** Rows of a hand-written statement; `T` describes what the statement selects (bigint columns arrive as text). */
export async function rows<T>(
  tx: Pick<EntityManager, 'query'>,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<T[]> {
  return tx.query(sql, [...parameters]);
}

/** The first row, or undefined. */
export async function row<T>(
  tx: Pick<EntityManager, 'query'>,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<T | undefined> {
  return (await rows<T>(tx, sql, parameters))[0];
}
