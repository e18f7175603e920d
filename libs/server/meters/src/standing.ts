import { settlingReading } from '@kvartal/domain';
import type { KnownReading } from './intake.state';
import type { ReadingSource } from './meters.enums';

/** Readings of one kind replace each other; those of another stand beside them. */
const KINDS: Partial<Record<ReadingSource, string>> = {
  CONTROLLER: 'CONTROLLER',
  ASKUE: 'ASKUE',
  ESTIMATE: 'ESTIMATE',
};
const kindOf = ({ source }: KnownReading): string => KINDS[source] ?? 'ORDINARY';

const NOT_WRITTEN_YET = 10n ** 18n;
/** When it was entered, for the domain: ids grow; what is not written yet comes after all of them. */
const entered = ({ id, version }: KnownReading): bigint =>
  id === null ? NOT_WRITTEN_YET + BigInt(version) : BigInt(id);

const latestOf = (readings: readonly KnownReading[]): KnownReading | undefined =>
  settlingReading(readings.map((reading) => ({ ...reading, entered: entered(reading), reading })))?.reading;

/**
 * Readings of one register and month as they stand among each other: of each kind only the latest by its day stays
 * accepted, and one of those settles the month (domain rule I.5). What was deleted or superseded stays so.
 */
export function standing(readings: readonly KnownReading[]): KnownReading[] {
  const accepted = readings.filter(({ state }) => state === 'ACCEPTED');
  const stands = new Set(
    accepted.filter((one) => latestOf(accepted.filter((other) => kindOf(other) === kindOf(one))) === one),
  );
  const settles = latestOf([...stands]);
  return readings.map((reading) => {
    if (reading.state !== 'ACCEPTED') return reading;
    if (!stands.has(reading)) return { ...reading, state: 'SUPERSEDED', settles: false };
    return reading.settles === (reading === settles) ? reading : { ...reading, settles: reading === settles };
  });
}
