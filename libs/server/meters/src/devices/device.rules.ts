import { type CivilDate, addDays, civilDate } from '@kvartal/domain';
import type { RefusalDetail } from '@kvartal/platform';
import type { NewFact } from './device.facts';
import type { MeterState } from './device.types';

const LONGEST_DOCUMENT = 200;
const EARLIEST = civilDate('2000-01-01');
const DAYS_AHEAD = 366;

/** What is wrong with the name of an act. */
export function documentRefused(document: string): RefusalDetail[] {
  const { length } = document.trim();
  if (length === 0) return [{ code: 'REQUIRED', path: ['document'] }];
  if (length <= LONGEST_DOCUMENT) return [];
  return [{ code: 'TOO_LONG', path: ['document'], params: { maxLength: LONGEST_DOCUMENT, length } }];
}

/** What is wrong with the days of a state: a verification has a last day, and nothing ends before it begins. */
export function daysRefused(
  { state, from, to = null }: { state: MeterState; from: CivilDate; to?: CivilDate | null },
  today: CivilDate,
): RefusalDetail[] {
  const latest = addDays(today, DAYS_AHEAD);
  if (from < EARLIEST || from > latest)
    return [{ code: 'DATE_OUT_OF_RANGE', path: ['from'], params: { from: EARLIEST, to: latest } }];
  if (state === 'VERIFIED' && to === null) return [{ code: 'REQUIRED', path: ['to'] }];
  return to !== null && to < from ? [{ code: 'DAYS_ORDER', path: ['to'] }] : [];
}

type Put = Pick<NewFact, 'kind' | 'value' | 'from' | 'to'>;

/** Which facts a state puts on which days (docs/decisions/003): in this order. */
export function factsOf(
  state: MeterState,
  { from, to = null }: { from: CivilDate; to?: CivilDate | null },
  wasEverVerified: boolean,
): readonly Put[] {
  switch (state) {
    case 'WORKING':
      return [
        { kind: 'METER_LOST', value: null, from },
        { kind: 'METER_WORKING', value: 1, from },
      ];
    case 'BROKEN':
      return [{ kind: 'METER_WORKING', value: 0, from, to }];
    case 'LOST':
      return [{ kind: 'METER_LOST', value: 1, from, to }];
    case 'REMOVED':
      return [
        { kind: 'METER_LOST', value: null, from },
        { kind: 'METER_WORKING', value: null, from },
      ];
    case 'VERIFIED':
      return [
        { kind: 'METER_VERIFIED', value: null, from },
        { kind: 'METER_VERIFIED', value: 1, from, to },
      ];
    case 'UNVERIFIED':
      // a meter of which no verification was ever recorded counts as verified: the days before are said to be so
      return wasEverVerified
        ? [{ kind: 'METER_VERIFIED', value: null, from }]
        : [{ kind: 'METER_VERIFIED', value: 1, from: null, to: addDays(from, -1) }];
    case 'IRRIGATION':
      return [{ kind: 'METER_IRRIGATION', value: 1, from, to }];
    case 'INDOORS':
      return [{ kind: 'METER_IRRIGATION', value: null, from }];
  }
}
