import { type CivilDate } from './civil-date';
import { parseDecimal, type Quantity, quantityOf } from './decimal';
import { dayIn, firstDay, lastDay, type Month, nextMonth } from './month';
import { divideHalfAway } from './rounding';

/** Why a reading is refused (specification I.2). */
export type ReadingError =
  | 'METER_NO_SERIAL'
  | 'METER_REMOVED'
  | 'READING_WINDOW_CLOSED'
  | 'NOT_A_NUMBER'
  | 'TOO_MANY_DIGITS'
  | 'TOO_MANY_DECIMALS'
  | 'DATE_OUT_OF_RANGE'
  | 'LESS_THAN_PREVIOUS'
  | 'VERIFICATION_EXPIRED';

/** What a person should look at again; the reading is accepted. */
export type ReadingWarning = 'ROLLOVER' | 'IMPLAUSIBLE_JUMP' | 'ZERO_CONSUMPTION' | 'VERIFICATION_EXPIRED';

/** What a counter can show. */
export interface RegisterShape {
  /** Digits before the decimal mark: the register turns over at 10 to this power. */
  readonly digits: number;
  /** Digits behind the decimal mark. */
  readonly decimals: number;
  /** Transformation ratio in millionths; left out where it is 1. */
  readonly factor?: Quantity;
}

/** A reading as it is entered, with all that decides about it. What is left out is not checked. */
export interface ReadingToCheck {
  /** As typed: digits with a point or a comma. */
  readonly value: string;
  readonly register: RegisterShape;
  readonly previous?: { readonly value: Quantity; readonly on?: CivilDate };
  /** The device on the day of the reading. */
  readonly meter?: {
    readonly serial: string | null;
    readonly works: boolean;
    /** Whether a settlement meter: its verification has not expired. */
    readonly verified: boolean;
  };
  /** Whether the window is open to the one who enters. */
  readonly windowIsOpen?: boolean;
  /** The day of the reading, today, and the first and last day that the month takes readings of. */
  readonly date?: { readonly on: CivilDate; readonly today: CivilDate; readonly within: ReadingWindow };
  /** The largest consumption that needs no second look; see `plausibleUpTo`. */
  readonly maxPlausible?: Quantity;
  /** Whether a reading of a meter with an expired verification is refused (default) or only noted. */
  readonly afterVerification?: 'REJECT' | 'WARN';
}

/** What was found out about a reading. With errors there is no consumption. */
export interface ReadingCheck {
  readonly errors: readonly ReadingError[];
  readonly warnings: readonly ReadingWarning[];
  /** The value in millionths, null where it is none. */
  readonly value: Quantity | null;
  /** Since the previous reading, with rollover and transformation ratio; null on errors or without a previous one. */
  readonly consumption: Quantity | null;
}

/** The days on which a month takes readings, both included. */
export interface ReadingWindow {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

const UNIT = 1_000_000n;

/**
 * The window of a month by the organisation's days, 10–25 for instance. A window that ends before it begins wraps
 * over the month's end (25–5: up to the 5th of the next); a day that the month has not is its last one.
 */
export function readingWindow(month: Month, days: { fromDay: number; toDay: number }): ReadingWindow {
  const end = days.toDay < days.fromDay ? nextMonth(month) : month;
  return { from: dayIn(month, days.fromDay), to: dayIn(end, days.toDay) };
}

/** Whether a day lies in a window, both ends included. */
export function isInWindow(window: ReadingWindow, day: CivilDate): boolean {
  return window.from <= day && day <= window.to;
}

/** The days that a reading for a month may be dated: those of the month, and of its window where that wraps. */
export function readingDays(month: Month, window: ReadingWindow): ReadingWindow {
  const last = lastDay(month);
  return { from: firstDay(month), to: window.to > last ? window.to : last };
}

/**
 * Checks a reading by the rules of intake, in their order (specification I.2); the first rule that refuses ends it.
 * Runs in the browser while a person types, and on the server when the reading is submitted.
 */
export function checkReading(reading: ReadingToCheck): ReadingCheck {
  const { meter, register } = reading;
  if (meter && meter.serial === null) return refused(['METER_NO_SERIAL']);
  if (meter && !meter.works) return refused(['METER_REMOVED']);
  if (reading.windowIsOpen === false) return refused(['READING_WINDOW_CLOSED']);
  const format = checkFormat(reading.value, register);
  if (format.length > 0) return refused(format);
  const value = quantityOf(parseDecimal(plain(reading.value), 6));
  if (!isDatedRight(reading)) return refused(['DATE_OUT_OF_RANGE'], value);
  const found = count(reading, value);
  if (found.error) return refused([found.error], value);
  const warnings = [...found.warnings];
  if (meter && !meter.verified) {
    if (reading.afterVerification !== 'WARN') return refused(['VERIFICATION_EXPIRED'], value);
    warnings.push('VERIFICATION_EXPIRED');
  }
  return { errors: [], warnings, value, consumption: found.consumption };
}

/**
 * What a register counted between two readings: their difference, over the zero where the second is smaller, times
 * the transformation ratio. Does not judge whether that is plausible.
 */
export function counted(previous: Quantity, current: Quantity, register: RegisterShape): Quantity {
  const difference = current < previous ? current + capacity(register) - previous : current - previous;
  const { factor } = register;
  return quantityOf(
    factor === undefined || factor === UNIT ? difference : divideHalfAway(difference * factor, UNIT),
  );
}

/** The largest consumption that needs no second look: three times the average, but not below the service's limit. */
export function plausibleUpTo(average: Quantity | undefined, limit: Quantity): Quantity {
  const tripled = average === undefined ? 0n : average * 3n;
  return quantityOf(tripled > limit ? tripled : limit);
}

/** A reading among others of the same register and month. */
export interface SettlingCandidate {
  readonly source: string;
  readonly takenOn: CivilDate;
  /** When it was entered: milliseconds, or an id that grows. */
  readonly entered: number | bigint;
}

/**
 * The one reading that the month is charged by: the controller's, else the automatic one, else the latest by day and
 * then by entry; the system's own estimate only where nothing else is (specification I.5). The caller leaves out what
 * was deleted. Undefined where there is none.
 */
export function settlingReading<T extends SettlingCandidate>(readings: Iterable<T>): T | undefined {
  let settling: T | undefined;
  for (const reading of readings) if (!settling || settlesBefore(reading, settling)) settling = reading;
  return settling;
}

const refused = (errors: ReadingError[], value: Quantity | null = null): ReadingCheck => ({
  errors,
  warnings: [],
  value,
  consumption: null,
});

const plain = (typed: string): string => typed.trim().replace(',', '.');

function checkFormat(typed: string, register: RegisterShape): ReadingError[] {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(plain(typed));
  if (!parts) return ['NOT_A_NUMBER'];
  const [, whole = '', fraction = ''] = parts;
  const errors: ReadingError[] = [];
  if (whole.replace(/^0+(?=\d)/, '').length > register.digits) errors.push('TOO_MANY_DIGITS');
  if (fraction.length > register.decimals) errors.push('TOO_MANY_DECIMALS');
  return errors;
}

function isDatedRight({ date, previous }: ReadingToCheck): boolean {
  if (!date) return true;
  if (date.on > date.today || !isInWindow(date.within, date.on)) return false;
  return previous?.on === undefined || date.on >= previous.on;
}

interface Counted {
  error?: ReadingError;
  warnings: ReadingWarning[];
  consumption: Quantity | null;
}

function count({ previous, register, maxPlausible }: ReadingToCheck, value: Quantity): Counted {
  if (!previous) return { warnings: [], consumption: null };
  const consumption = counted(previous.value, value, register);
  if (value < previous.value) {
    const mayTurnOver = previous.value * 10n >= capacity(register) * 9n;
    // with no bound known only a small step over the zero is believed
    const bound = maxPlausible ?? quantityOf(capacity(register) / 10n);
    if (!mayTurnOver || consumption > bound)
      return { error: 'LESS_THAN_PREVIOUS', warnings: [], consumption: null };
    return { warnings: ['ROLLOVER'], consumption };
  }
  if (consumption === 0n) return { warnings: ['ZERO_CONSUMPTION'], consumption };
  const jumps = maxPlausible !== undefined && consumption > maxPlausible;
  return { warnings: jumps ? ['IMPLAUSIBLE_JUMP'] : [], consumption };
}

const capacity = (register: RegisterShape): bigint => 10n ** BigInt(register.digits) * UNIT;

const rank = (source: string): number =>
  source === 'CONTROLLER' ? 3 : source === 'ASKUE' ? 2 : source === 'ESTIMATE' ? 0 : 1;

function settlesBefore(one: SettlingCandidate, other: SettlingCandidate): boolean {
  const difference = rank(one.source) - rank(other.source);
  if (difference !== 0) return difference > 0;
  return one.takenOn === other.takenOn ? one.entered > other.entered : one.takenOn > other.takenOn;
}
