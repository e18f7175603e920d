import {
  type CivilDate,
  civilDate,
  isInWindow,
  type Month,
  monthOf,
  nextMonth,
  previousMonth,
  type Quantity,
  quantityOf,
  readingWindow,
  type ReadingWindow,
  type RegisterShape,
  type Resource,
  type Zone,
} from '@kvartal/domain';
import type { ReadingSource, ReadingState } from './meters.enums';

/** A reading as the intake reckons with it; `id` is null until it is written. */
export interface KnownReading {
  id: string | null;
  month: Month;
  takenOn: CivilDate;
  value: Quantity;
  source: ReadingSource;
  state: ReadingState;
  settles: boolean;
  version: number;
  unusual: boolean;
  clientKey: string | null;
  createdAt: Date;
}

/** A range of days on which something was true of a meter: [from, until), open where null. */
export interface MeterFact {
  kind: 'METER_WORKING' | 'METER_VERIFIED' | 'METER_LOST' | 'METER_IRRIGATION';
  from: CivilDate | null;
  until: CivilDate | null;
}

export interface KnownRegister {
  id: string;
  organizationId: string;
  accountId: string | null;
  houseId: string;
  meterId: string;
  resource: Resource;
  zone: Zone;
  serial: string | null;
  place: string;
  shape: RegisterShape;
  facts: readonly MeterFact[];
  readings: readonly KnownReading[];
}

/** How an organisation takes readings: its settings `readings`. */
export interface IntakeRules {
  fromDay: number;
  toDay: number;
  /** Whether a meter whose verification has expired is refused or only noted. */
  afterVerification: 'REJECT' | 'WARN';
}

/** Everything that one statement reads to decide about readings. */
export interface KnownIntake {
  organizationId: string;
  today: CivilDate;
  rules: IntakeRules;
  /** The period that takes money now; null where the books are not open at all. */
  open: { id: string; month: Month } | null;
  isLinked: boolean;
  registers: readonly KnownRegister[];
}

type ReadingTuple = readonly [
  id: string,
  month: string,
  takenOn: string,
  value: string,
  source: ReadingSource,
  state: ReadingState,
  settles: boolean,
  version: number,
  unusual: boolean,
  clientKey: string | null,
  createdAt: string,
];

type CorrectionTuple = readonly [
  id: string,
  month: string,
  takenOn: string,
  value: string,
  createdAt: string,
];

/** What the statement answers: JSON made in PostgreSQL, big numbers as text. */
export interface IntakeRow {
  timeZone: string;
  settings: { from?: number; to?: number; afterVerification?: string } | null;
  open: readonly [id: string, month: string] | null;
  isLinked: boolean;
  registers:
    | readonly {
        id: string;
        meterId: string;
        houseId: string;
        accountId: string | null;
        resource: Resource;
        serial: string | null;
        place: string;
        zone: Zone;
        digits: number;
        decimals: number;
        factor: string;
        facts:
          | readonly (readonly [
              kind: MeterFact['kind'],
              is: boolean,
              from: string | null,
              until: string | null,
            ])[]
          | null;
        readings: readonly ReadingTuple[] | null;
        corrections: readonly CorrectionTuple[] | null;
      }[]
    | null;
}

const DEFAULT_DAYS = { from: 10, to: 25 };
const dateOrNull = (text: string | null): CivilDate | null => (text === null ? null : civilDate(text));

function knownReading(tuple: ReadingTuple): KnownReading {
  const [id, of, takenOn, value, source, state, settles, version, unusual, clientKey, createdAt] = tuple;
  return {
    id,
    month: monthOf(civilDate(of)),
    takenOn: civilDate(takenOn),
    value: quantityOf(BigInt(value)),
    source,
    state,
    settles,
    version,
    unusual,
    clientKey,
    createdAt: new Date(createdAt),
  };
}

/**
 * Readings as people are asked to go on from them: a closed month settles by what staff have corrected it to, whether it
 * was read then or not.
 */
function corrected(readings: KnownReading[], corrections: readonly CorrectionTuple[]): KnownReading[] {
  return corrections.reduce((known, [id, month, takenOn, value, createdAt]) => {
    const of = monthOf(civilDate(month));
    const says = { takenOn: civilDate(takenOn), value: quantityOf(BigInt(value)) };
    const settles = known.find((one) => one.month === of && one.settles);
    if (settles) return known.map((one) => (one === settles ? { ...one, ...says } : one));
    const added: KnownReading = {
      ...says,
      id: `correction-${id}`,
      month: of,
      source: 'OFFICE',
      state: 'ACCEPTED',
      settles: true,
      version: 0,
      unusual: false,
      clientKey: null,
      createdAt: new Date(createdAt),
    };
    return [...known, added];
  }, readings);
}

/** The row in the words of the domain. */
export function knownIntake(row: IntakeRow, organizationId: string, today: CivilDate): KnownIntake {
  const { from = DEFAULT_DAYS.from, to = DEFAULT_DAYS.to, afterVerification } = row.settings ?? {};
  return {
    organizationId,
    today,
    rules: {
      fromDay: from,
      toDay: to,
      afterVerification: afterVerification === 'WARN' ? 'WARN' : 'REJECT',
    },
    open: row.open && { id: row.open[0], month: monthOf(civilDate(row.open[1])) },
    isLinked: row.isLinked,
    registers: (row.registers ?? []).map(
      ({ digits, decimals, factor, facts, readings, corrections, ...register }) => ({
        ...register,
        organizationId,
        shape: { digits, decimals, factor: quantityOf(BigInt(factor)) },
        facts: (facts ?? [])
          .filter(([, is]) => is)
          .map(([kind, , since, until]) => ({ kind, from: dateOrNull(since), until: dateOrNull(until) })),
        readings: corrected((readings ?? []).map(knownReading), corrections ?? []),
      }),
    ),
  };
}

/**
 * The month that readings of a day are for: its own, or the one before where that month's window wraps over its end
 * and still takes them.
 */
export function intakeMonth(day: CivilDate, rules: IntakeRules): Month {
  const own = monthOf(day);
  const before = previousMonth(own);
  return isInWindow(readingWindow(before, rules), day) ? before : own;
}

/** Whether the month has been cut off: its period is being closed or is closed, and a later one is open. */
export const isProcessed = (of: Month, { open }: Pick<KnownIntake, 'open'>): boolean =>
  open !== null && of < open.month;

const holdsOn = (fact: MeterFact, day: CivilDate): boolean =>
  (fact.from === null || fact.from <= day) && (fact.until === null || day < fact.until);

/** A meter on a day, by its facts. */
export interface MeterOnDay {
  works: boolean;
  /** The day on which it was removed or stopped working. */
  removedOn: CivilDate | null;
  verified: boolean;
  verifiedOn: CivilDate | null;
  /** The day by which it has to be verified again: from then on it settles nothing. */
  verifyUntil: CivilDate | null;
}

const latest = (
  facts: readonly MeterFact[],
  kind: MeterFact['kind'],
  day: CivilDate,
): MeterFact | undefined =>
  facts
    .filter((fact) => fact.kind === kind && (fact.from === null || fact.from <= day))
    .reduce<MeterFact | undefined>(
      (last, fact) => ((last?.from ?? '') > (fact.from ?? '') ? last : fact),
      undefined,
    );

/** What its facts say of a meter on a day: a lost one does not work. One whose verification nobody recorded counts as verified. */
export function meterOn(facts: readonly MeterFact[], day: CivilDate): MeterOnDay {
  const working = latest(facts, 'METER_WORKING', day);
  const lost = latest(facts, 'METER_LOST', day);
  const isLost = lost !== undefined && holdsOn(lost, day);
  const works = !isLost && working !== undefined && holdsOn(working, day);
  const verification = latest(facts, 'METER_VERIFIED', day);
  return {
    works,
    removedOn: works ? null : isLost ? lost.from : (working?.until ?? null),
    verified: verification === undefined || holdsOn(verification, day),
    verifiedOn: verification?.from ?? null,
    verifyUntil: verification?.until ?? null,
  };
}

/** The window of the intake's month, and the one that a person outside it is told of: this one or the next. */
export function windowsOf(
  day: CivilDate,
  rules: IntakeRules,
): { month: Month; now: ReadingWindow; told: ReadingWindow } {
  const of = intakeMonth(day, rules);
  const now = readingWindow(of, rules);
  const told = day <= now.to ? now : readingWindow(nextMonth(of), rules);
  return { month: of, now, told };
}
