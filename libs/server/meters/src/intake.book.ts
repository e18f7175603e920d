import {
  type CivilDate,
  civilDate,
  type Month,
  type Quantity,
  quantity,
  type ReadingCheck,
} from '@kvartal/domain';
import type { RefusalDetail } from '@kvartal/platform';
import { refusalOfKey } from './client-key';
import { judge, type SentValue } from './intake.rules';
import type { KnownIntake, KnownReading, KnownRegister } from './intake.state';
import { readingView } from './intake.view';
import type { ReadingSource } from './meters.enums';
import type { Reading } from './meters.types';
import { standing } from './standing';

/** One value as it is sent, whoever sends it. */
export interface Entry extends SentValue {
  registerId: string;
  clientKey: string;
}

/** A reading that is new, and who sends it where that is a person. */
export interface FreshReading {
  registerId: string;
  houseId: string;
  createdBy: string | null;
  reading: KnownReading;
}

/** What has to be written: readings that are new, and those that no longer stand as they did. */
export interface IntakeChanges {
  entered: readonly FreshReading[];
  changed: readonly KnownReading[];
}

/** The number that was typed, or undefined where it is none. */
function numberIn(text: string): Quantity | undefined {
  try {
    return quantity(text.trim().replace(',', '.'));
  } catch {
    return undefined;
  }
}

/** Names a reading before it has an id. */
export const readingKey = (registerId: string, of: string, version: number): string =>
  `${registerId} ${of} ${version}`;

/** What becomes of an entry: a reading (perhaps one that its key entered before), or the reasons why not. */
export interface Verdict {
  registerId: string;
  /** Names the reading among those of its register: month and version are never given twice. */
  month?: Month;
  version?: number;
  refusals: readonly RefusalDetail[];
}

/**
 * Takes entries one after another, each seeing what the ones before it left, and changes nothing: what has to be
 * written is the difference between `registers` before and after.
 */
export class IntakeBook {
  private readonly registers: Map<string, KnownRegister>;

  constructor(
    private readonly known: KnownIntake,
    private readonly by: { source: ReadingSource; now: Date; person: string | null },
  ) {
    this.registers = new Map(known.registers.map((register) => [register.id, register]));
  }

  /** All registers as the entries so far leave them. */
  all(): KnownRegister[] {
    return [...this.registers.values()];
  }

  /** Whether anything has to be written. */
  hasFresh(): boolean {
    return this.all().some(({ readings }) => readings.some(({ id }) => id === null));
  }

  /** The difference between what was known and what the book holds now. */
  changes(): IntakeChanges {
    const createdBy = this.by.person;
    return {
      entered: this.all().flatMap(({ id: registerId, houseId, readings }) =>
        readings
          .filter(({ id }) => id === null)
          .map((reading) => ({ registerId, houseId, createdBy, reading })),
      ),
      changed: this.known.registers.flatMap((before) => changedOf(before, this.registers.get(before.id))),
    };
  }

  /** The reading that a verdict names, with the id that it was `written` under; undefined where it was refused. */
  answer({ registerId, month, version }: Verdict, written: ReadonlyMap<string, string>): Reading | undefined {
    const register = this.registers.get(registerId);
    const reading = register?.readings.find((one) => one.month === month && one.version === version);
    if (!register || !reading) return undefined;
    const id = reading.id ?? written.get(readingKey(registerId, reading.month, reading.version)) ?? null;
    return readingView(this.known, register, { ...reading, id }, this.known.isLinked);
  }

  /** Decides about one entry; `path` leads to it in the input. */
  take(entry: Entry, path: readonly (string | number)[]): Verdict {
    const { registerId, clientKey } = entry;
    const register = this.registers.get(registerId);
    const refuse = (refusals: readonly RefusalDetail[]): Verdict => ({ registerId, refusals });
    if (!register) return refuse([{ code: 'READING_UNKNOWN_METER', path: [...path, 'registerId'] }]);
    const keyRefusal = refusalOfKey(clientKey);
    if (keyRefusal) return refuse([{ ...keyRefusal, path: [...path, 'clientKey'] }]);
    const repeated = register.readings.find((reading) => reading.clientKey === clientKey);
    if (repeated && this.isOther(entry, repeated))
      return refuse([{ code: 'IDEMPOTENCY_KEY_REUSED', path: [...path, 'clientKey'] }]);
    if (repeated) return { registerId, month: repeated.month, version: repeated.version, refusals: [] };
    const dateRefusal = refusalOfDay(entry.takenOn, this.known.today);
    if (dateRefusal) return refuse([{ ...dateRefusal, path: [...path, 'takenOn'] }]);
    const { month, check, refusals } = judge(this.known, register, entry);
    if (check.value === null || refusals.length)
      return refuse(refusals.map((refusal) => ({ ...refusal, path: [...path, fieldOf(refusal)] })));
    return this.enter(register, entry, { month, value: check.value, unusual: isUnusual(check) });
  }

  /** Whether something else comes under a key that was used. A resident's entry is dated by us: only others say a day. */
  private isOther({ value, takenOn }: Entry, entered: KnownReading): boolean {
    return numberIn(value) !== entered.value || (this.by.source !== 'SITE' && takenOn !== entered.takenOn);
  }

  private enter(
    register: KnownRegister,
    { takenOn, clientKey }: Entry,
    accepted: { month: Month; value: Quantity; unusual: boolean },
  ): Verdict {
    const ofMonth = register.readings.filter(({ month }) => month === accepted.month);
    const version = Math.max(0, ...ofMonth.map((reading) => reading.version)) + 1;
    const fresh: KnownReading = {
      ...accepted,
      id: null,
      takenOn,
      source: this.by.source,
      state: 'ACCEPTED',
      settles: false,
      version,
      clientKey,
      createdAt: this.by.now,
    };
    const others = register.readings.filter(({ month }) => month !== accepted.month);
    this.registers.set(register.id, { ...register, readings: [...others, ...standing([...ofMonth, fresh])] });
    return { registerId: register.id, month: accepted.month, version, refusals: [] };
  }
}

/** No calendar of an organisation reaches further back, and none knows the future. */
const EARLIEST = civilDate('2000-01-01');

const refusalOfDay = (takenOn: CivilDate, today: CivilDate): RefusalDetail | undefined =>
  takenOn < EARLIEST || takenOn > today ? { code: 'DATE_OUT_OF_RANGE', params: { to: today } } : undefined;

const fieldOf = ({ code }: RefusalDetail): string => (code === 'DATE_OUT_OF_RANGE' ? 'takenOn' : 'value');

const isUnusual = ({ warnings }: ReadingCheck): boolean =>
  warnings.includes('IMPLAUSIBLE_JUMP') || warnings.includes('ROLLOVER');

function changedOf(before: KnownRegister, after: KnownRegister | undefined): KnownReading[] {
  const were = new Map(before.readings.map((reading) => [reading.id, reading]));
  return (after?.readings ?? []).filter((reading) => reading.id !== null && were.get(reading.id) !== reading);
}
