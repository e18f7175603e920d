import {
  checkReading,
  type CivilDate,
  isInWindow,
  type Month,
  parseDecimal,
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
import { isProcessed, type KnownIntake, type KnownRegister, meterOn, windowsOf } from './intake.state';
import { UNITS } from './meters.enums';

const TIMES_WORTH_SAYING = 2n;

/** One value of a register, as it is sent. */
export interface SentValue {
  value: string;
  takenOn: CivilDate;
  confirmUnusual: boolean;
}

interface Judgement {
  month: Month;
  check: ReadingCheck;
  refusals: RefusalDetail[];
}

/** The domain's verdict on one entry, with what the sentence of a refusal needs. */
export function judge(
  known: KnownIntake,
  register: KnownRegister,
  { value, takenOn, confirmUnusual }: SentValue,
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
