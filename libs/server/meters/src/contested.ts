import { setTimeout as pause } from 'node:timers/promises';
import { sqlState, violatedConstraint } from '@kvartal/platform';

/** What two who enter the same month of a register at once run into: one of them has to look again. */
const CONTESTED = new Set(['reading_one_settles', 'reading_one_per_version', 'reading_sent_once']);
/** Serialisation, deadlock, a period or a reading that changed, books or a month that were closed meanwhile. */
const OVERTAKEN = new Set(['40001', '40P01', 'LG001', 'LG002', 'LG004']);
const ATTEMPTS = 10;

const isOvertaken = (failure: unknown): boolean =>
  OVERTAKEN.has(sqlState(failure) ?? '') || CONTESTED.has(violatedConstraint(failure) ?? '');

/** Runs the whole of `work`, reading and writing, again where somebody else wrote what it had decided upon. */
export async function whileContested<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (failure) {
      if (tries === ATTEMPTS || !isOvertaken(failure)) throw failure;
      await pause(Math.random() * tries * 5);
    }
  }
}
