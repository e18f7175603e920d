import { barcodeDigits } from '../barcode';
import { billQrText, type QrEncoding } from '../bill-qr';
import { type DueDayRule, dueDates } from '../due-date';
import { parseGisIdentifier } from '../gis-identifiers';
import { checkIdentifier, IDENTIFIER_TYPES } from '../identifiers';
import { month } from '../month';
import { checkReading, isInWindow, readingDays, readingWindow } from '../readings';
import { addMinutes } from '../sla';
import { type Inputs } from './inputs';
import { type VectorRule, volumeText } from './rule';

/** Due days as the laws of the vectors' countries set them (specification C.4). */
const dueDays = (country: 'RU' | 'KZ'): readonly DueDayRule[] =>
  country === 'KZ'
    ? [{ from: month('0001-01'), day: 25 }]
    : [
        { from: month('0001-01'), day: 10 },
        { from: month('2026-03'), day: 15 },
      ];

const due: VectorRule = (given) => {
  const country = given.word('country', ['RU', 'KZ']);
  const daysOff = given.flag('shiftToWorkday') ? new Set(given.dates('holidays')) : undefined;
  const { firstPenaltyDay, firstDay130, ...found } = dueDates(
    given.month('period'),
    dueDays(country),
    daysOff,
  );
  return country === 'RU' ? { ...found, firstPenaltyDay, firstDay130 } : found;
};

const deadline: VectorRule = (given) => {
  const minutes =
    given.wholeOr('minutes', 0) + 60 * given.wholeOr('hours', 0) + 1440 * given.wholeOr('days', 0);
  return { deadline: addMinutes(given.text('registeredAt'), minutes) };
};

const STATUSES = ['INSTALLED', 'REMOVED', 'BROKEN', 'EXPIRED', 'Установлен', 'Снят', 'неисправен'] as const;
const WORKING: readonly string[] = ['INSTALLED', 'EXPIRED', 'Установлен'];

/** What of the device a vector says; what it leaves out stands well. */
const meterOf = (given: Inputs) => {
  const status = given.word('status', STATUSES, given.has('removedAt') ? 'REMOVED' : 'INSTALLED');
  const isVerified =
    !given.has('nextVerificationDate') ||
    given.date('nextVerificationDate') >=
      given.dateOr('date', given.dateOr('today', given.date('nextVerificationDate')));
  return {
    serial: given.isNull('serial') ? null : given.textOr('serial', 'serial') || null,
    works: WORKING.includes(status),
    verified: status !== 'EXPIRED' && isVerified,
  };
};

const windowOf = (given: Inputs) =>
  readingWindow(given.month('period'), {
    fromDay: given.has('window') ? given.object('window').whole('fromDay') : given.wholeOr('fromDay', 1),
    toDay: given.has('window') ? given.object('window').whole('toDay') : given.wholeOr('toDay', 31),
  });

/** The day of entry: the window is about it, the date of the reading about the period. */
const datesOf = (given: Inputs) => {
  if (!given.has('period')) return {};
  const window = windowOf(given);
  const on = given.has('date') ? given.date('date') : given.dateOr('today', undefined);
  const today = given.dateOr('today', on);
  if (on === undefined || today === undefined) return {};
  const hasWindow = given.has('window') || given.has('fromDay');
  return {
    date: { on, today, within: readingDays(given.month('period'), window) },
    ...(hasWindow ? { windowIsOpen: isInWindow(window, today) } : {}),
  };
};

const reading: VectorRule = (given) => {
  const factor = given.has('transformationRatio') ? { factor: given.quantity('transformationRatio') } : {};
  const prevDate = given.has('prevDate') ? { on: given.date('prevDate') } : {};
  const found = checkReading({
    value: given.text('curr'),
    register: { digits: given.count('intDigits'), decimals: given.count('fracDigits'), ...factor },
    ...(given.has('prev') ? { previous: { value: given.quantity('prev'), ...prevDate } } : {}),
    meter: meterOf(given),
    ...datesOf(given),
    ...(given.has('windowOpen') ? { windowIsOpen: given.flag('windowOpen') } : {}),
    ...(given.has('maxPlausible') ? { maxPlausible: given.quantity('maxPlausible') } : {}),
    afterVerification: given.word('acceptReadingsAfterVerification', ['REJECT', 'WARN'], 'REJECT'),
  });
  return {
    errors: found.errors,
    warnings: found.warnings,
    consumption: found.consumption === null ? null : volumeText(found.consumption),
  };
};

const ENCODINGS: readonly QrEncoding[] = ['utf-8', 'windows-1251', 'koi8-r'];

/** The text of a payment code; its bytes need code pages, which the domain has not. */
export const qrText = (given: Inputs): { text: string; encoding: QrEncoding } => {
  const named = given.textOr('encoding', 'utf-8').toLowerCase();
  const encoding = ENCODINGS.find((one) => one === named);
  if (!encoding) throw new RangeError(`encoding: ${JSON.stringify(named)} is unknown`);
  return { text: billQrText(given.record('fields'), encoding), encoding };
};

export const documentRules: Readonly<Record<string, VectorRule>> = {
  'date.due': due,
  'date.sla': deadline,
  'reading.validate': reading,
  'id.check': (given) => ({
    ...checkIdentifier(given.word('type', IDENTIFIER_TYPES), given.text('value'), given.textOr('bic', '')),
  }),
  'id.gis': (given) => ({ ...parseGisIdentifier(given.text('value')) }),
  'barcode.build': (given) => ({
    digits: barcodeDigits({
      payeeCode: given.text('payeeCode'),
      account: given.text('account'),
      mmyy: given.text('mmyy'),
      sum: given.money('sum'),
    }),
  }),
};
