import {
  checkReading,
  type CivilDate,
  civilDate,
  isInWindow,
  type Month,
  parseDecimal,
  type Quantity,
  quantityOf,
  quantityText,
  readDecimal,
  readingDays,
  type ReadingCheck,
  type ReadingError,
  readingWindow,
} from '@kvartal/domain';
import type { RefusalDetail } from '@kvartal/platform';
import { plausibleSince, previousOf, settled, usualOf } from './consumption';
import {
  isProcessed,
  type KnownIntake,
  type KnownReading,
  type KnownRegister,
  meterOn,
  windowsOf,
} from './intake.state';
import { UNITS, type ReadingSource } from './meters.enums';
import { standing } from './standing';

/** One value as it is sent, whoever sends it. */
export interface Entry {
  registerId: string;
  value: string;
  takenOn: CivilDate;
  clientKey: string;
  confirmUnusual: boolean;
}

/** What becomes of an entry: a reading (perhaps one that its key entered before), or the reasons why not. */
export interface Verdict {
  registerId: string;
  /** Names the reading among those of its register: month and version are never given twice. */
  month?: Month;
  version?: number;
  refusals: readonly RefusalDetail[];
}

const KEY_LENGTH = 100;
const TIMES_WORTH_SAYING = 2n;

/**
 * Takes entries one after another, each seeing what the ones before it left, and changes nothing: what has to be
 * written is the difference between `registers` before and after.
 */
export class IntakeBook {
  private readonly registers: Map<string, KnownRegister>;

  constructor(
    private readonly known: KnownIntake,
    readonly by: { source: ReadingSource; now: Date },
  ) {
    this.registers = new Map(known.registers.map((register) => [register.id, register]));
  }

  /** The register as the entries so far leave it. */
  registerOf(id: string): KnownRegister | undefined {
    return this.registers.get(id);
  }

  /** All registers as the entries so far leave them. */
  all(): KnownRegister[] {
    return [...this.registers.values()];
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
    if (repeated) return { registerId, month: repeated.month, version: repeated.version, refusals: [] };
    const dateRefusal = refusalOfDay(entry.takenOn, this.known.today);
    if (dateRefusal) return refuse([{ ...dateRefusal, path: [...path, 'takenOn'] }]);
    const { month, check, refusals } = judge(this.known, register, entry);
    if (check.value === null || refusals.length)
      return refuse(refusals.map((refusal) => ({ ...refusal, path: [...path, fieldOf(refusal)] })));
    return this.enter(register, entry, { month, value: check.value, unusual: isUnusual(check) });
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

interface Judgement {
  month: Month;
  check: ReadingCheck;
  refusals: RefusalDetail[];
}

/** The domain's verdict on one entry, with what the sentence of a refusal needs. */
export function judge(
  known: KnownIntake,
  register: KnownRegister,
  { value, takenOn, confirmUnusual }: Pick<Entry, 'value' | 'takenOn' | 'confirmUnusual'>,
): Judgement {
  const { month, now: window } = windowsOf(takenOn, known.rules);
  const previous = previousOf(register.readings, month);
  const processed = isProcessed(month, known);
  const check = checkReading({
    value,
    register: register.shape,
    previous: previous && { value: previous.value, on: previous.takenOn },
    meter: { serial: register.serial, ...meterOn(register.facts, takenOn) },
    windowIsOpen: isInWindow(window, takenOn) && !processed,
    date: { on: takenOn, today: known.today, within: datesFor(known, register, month) },
    maxPlausible: plausibleSince(register, previous, month),
    afterVerification: known.rules.afterVerification,
  });
  const jumps = check.warnings.includes('IMPLAUSIBLE_JUMP') && !confirmUnusual;
  const refusals = check.errors.map((error) =>
    detailOf(error, { known, register, value, takenOn, month, processed }),
  );
  if (jumps) refusals.push({ code: 'IMPLAUSIBLE_JUMP', params: jumpParams(register, month, check) });
  return { month, check, refusals };
}

/** The days that a reading for the month may be dated: not before one that settles a later month already. */
function datesFor(known: KnownIntake, register: KnownRegister, month: Month) {
  const days = readingDays(month, readingWindow(month, known.rules));
  const last = settled(register.readings).at(-1);
  return last && last.month > month ? { ...days, from: last.takenOn } : days;
}

const isUnusual = ({ warnings }: ReadingCheck): boolean =>
  warnings.includes('IMPLAUSIBLE_JUMP') || warnings.includes('ROLLOVER');

function refusalOfKey(key: string): RefusalDetail | undefined {
  if (key === '') return { code: 'REQUIRED' };
  return key.length > KEY_LENGTH
    ? { code: 'TOO_LONG', params: { max: KEY_LENGTH, length: key.length } }
    : undefined;
}

interface Refused {
  known: KnownIntake;
  register: KnownRegister;
  value: string;
  takenOn: CivilDate;
  month: Month;
  processed: boolean;
}

const DETAILS: Readonly<Record<ReadingError, (refused: Refused) => RefusalDetail>> = {
  METER_NO_SERIAL: () => ({ code: 'METER_NO_SERIAL' }),
  METER_REMOVED: ({ register, takenOn }): RefusalDetail => {
    const { removedOn } = meterOn(register.facts, takenOn);
    return { code: 'METER_REMOVED', params: removedOn ? { removedOn } : {} };
  },
  READING_WINDOW_CLOSED: ({ known, takenOn, month, processed }): RefusalDetail => {
    if (processed) return { code: 'READING_PROCESSED', params: { month } };
    const { from, to } = windowsOf(takenOn, known.rules).told;
    return { code: 'READING_WINDOW_CLOSED', params: { from, to } };
  },
  NOT_A_NUMBER: () => ({ code: 'NOT_A_NUMBER' }),
  TOO_MANY_DIGITS: ({ register, value }) => ({
    code: 'TOO_MANY_DIGITS',
    params: { digits: register.shape.digits, entered: partsOf(value)[0].length },
  }),
  TOO_MANY_DECIMALS: ({ register, value }) => ({
    code: 'TOO_MANY_DECIMALS',
    params: { decimals: register.shape.decimals, entered: partsOf(value)[1].length },
  }),
  DATE_OUT_OF_RANGE: ({ known, register, month }) => {
    const { from, to } = datesFor(known, register, month);
    const previous = previousOf(register.readings, month)?.takenOn;
    return {
      code: 'DATE_OUT_OF_RANGE',
      params: {
        from: previous && previous > from ? previous : from,
        to: to < known.today ? to : known.today,
      },
    };
  },
  LESS_THAN_PREVIOUS: ({ register, value, month }) => {
    const previous = previousOf(register.readings, month);
    const typed = quantityText(quantityOf(parseDecimal(readDecimal(value) ?? '0', 6)));
    return {
      code: 'LESS_THAN_PREVIOUS',
      params: { value: typed, ...(previous && { previous: quantityText(previous.value) }) },
    };
  },
  VERIFICATION_EXPIRED: ({ register, takenOn }): RefusalDetail => {
    const { verifyUntil } = meterOn(register.facts, takenOn);
    return { code: 'VERIFICATION_EXPIRED', params: verifyUntil ? { until: verifyUntil } : {} };
  },
};

const detailOf = (error: ReadingError, refused: Refused): RefusalDetail => DETAILS[error](refused);

/** Digits before and behind the mark, as they count: leading zeros left out. */
function partsOf(typed: string): [whole: string, fraction: string] {
  const [whole = '', fraction = ''] = (readDecimal(typed) ?? '').split('.');
  return [whole, fraction];
}

function jumpParams(
  register: KnownRegister,
  month: Month,
  { consumption }: ReadingCheck,
): Record<string, string> {
  if (consumption === null) return {};
  const usual = usualOf(register, month);
  const params: Record<string, string> = {
    consumption: quantityText(consumption),
    unit: UNITS[register.resource],
  };
  if (!usual) return params;
  params['usualTo'] = quantityText(usual.to);
  const times = usual.average > 0n ? consumption / usual.average : 0n;
  if (times >= TIMES_WORTH_SAYING) params['times'] = times.toString();
  return params;
}
