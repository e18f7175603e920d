import { type CivilDate, type Quantity, addDays, monthOf, quantityOf } from '@kvartal/domain';
import type { RefusalDetail } from '@kvartal/platform';
import type { ActInput, ActKind, BenefitInput, TemperatureHoursInput } from './papers.types';

/** A row as it is entered: columns by name, whole numbers as text. */
export type PaperColumns = Readonly<Record<string, unknown>>;

/** What was found out about an input: the row that it makes, or why it makes none. */
export interface CheckedPaper {
  columns: PaperColumns;
  refusals: readonly RefusalDetail[];
}

const LONGEST_DOCUMENT = 200;
const LONGEST_CATEGORY = 100;
/** Coefficients and per cents are kept to hundred-millionths. */
const PER_QUANTITY = 100n;
const HUNDRED_PERCENT = quantityOf(100_000_000n);
const NONE = quantityOf(0n);

type ActNumber = 'people' | 'hours' | 'allowedHours' | 'degreeHours' | 'volume' | 'coefficient';

/** Which numbers an act of a kind has, and its columns. */
const NUMBERS: Readonly<Record<ActKind, readonly ActNumber[]>> = {
  ABSENCE: ['people'],
  INTERRUPTION: ['hours', 'allowedHours'],
  HOT_WATER_TEMPERATURE: [],
  HEATING_TEMPERATURE: ['degreeHours'],
  VOLUME: ['volume'],
  COEFFICIENT: ['coefficient'],
};
const COLUMNS: Readonly<Record<ActNumber, string>> = {
  people: 'people',
  hours: 'hours',
  allowedHours: 'allowed_hours',
  degreeHours: 'degree_hours',
  volume: 'volume',
  coefficient: 'coefficient',
};
/** Numbers that may be nothing. */
const MAY_BE_NOTHING: readonly ActNumber[] = ['allowedHours', 'volume'];
/** What is told a month at a time. */
const OF_A_MONTH: readonly ActKind[] = [
  'INTERRUPTION',
  'HOT_WATER_TEMPERATURE',
  'HEATING_TEMPERATURE',
  'VOLUME',
];
const OF_A_HOUSE: readonly ActKind[] = ['INTERRUPTION', 'HOT_WATER_TEMPERATURE', 'HEATING_TEMPERATURE'];

/**
 * Checks an act and makes its row: an absence holds on the full days between leaving and coming back, quality and volumes
 * are told a month at a time. Refuses REQUIRED, TOO_LONG, NUMBER_OUT_OF_RANGE, DAYS_ORDER, DAYS_ONE_MONTH by field.
 */
export function checkAct(input: ActInput): CheckedPaper {
  const { kind, from } = input;
  const isAbsence = kind === 'ABSENCE';
  const numbers = NUMBERS[kind].map((name) => ({ name, value: input[name] ?? null }));
  const slots = kind === 'HOT_WATER_TEMPERATURE' ? (input.temperatures ?? []) : null;
  const refusals = [
    ...refusalsOfText(input.document, 'document', LONGEST_DOCUMENT),
    ...numbers.flatMap(({ name, value }) => refusalsOfNumber(value, name, MAY_BE_NOTHING.includes(name))),
    ...(slots ? refusalsOfSlots(slots) : []),
    ...(!isAbsence && !input.serviceId ? required('serviceId') : []),
    ...(input.wholeHouse && !OF_A_HOUSE.includes(kind) ? required('wholeHouse') : []),
    ...refusalsOfDays(input, isAbsence, OF_A_MONTH.includes(kind)),
  ];
  const first = isAbsence ? addDays(from, 1) : from;
  const end = input.to && !isAbsence ? addDays(input.to, 1) : (input.to ?? null);
  const columns = {
    kind,
    document: input.document.trim(),
    service_id: isAbsence ? null : (input.serviceId ?? null),
    valid: daysText(first, end),
    slots: slots && slots.map(slotRow),
    ...Object.fromEntries(numbers.map(({ name, value }) => [COLUMNS[name], scaled(name, value)])),
  };
  return { columns, refusals };
}

/** Checks a benefit and makes its row. Refuses REQUIRED, TOO_LONG, NUMBER_OUT_OF_RANGE, DAYS_ORDER by field. */
export function checkBenefit(input: BenefitInput): CheckedPaper {
  const { percent, beneficiaries = null, withinNorm, from, to = null } = input;
  const refusals = [
    ...refusalsOfText(input.document, 'document', LONGEST_DOCUMENT),
    ...refusalsOfText(input.category, 'category', LONGEST_CATEGORY),
    ...(percent > HUNDRED_PERCENT ? outOfRange('percent') : refusalsOfNumber(percent, 'percent', false)),
    ...(beneficiaries === null ? [] : refusalsOfNumber(beneficiaries, 'beneficiaries', false)),
    ...(to && to < from ? [{ code: 'DAYS_ORDER' as const, path: ['to'] }] : []),
  ];
  const columns = {
    document: input.document.trim(),
    category: input.category.trim(),
    service_id: input.serviceId,
    percent: String(percent * PER_QUANTITY),
    beneficiaries: beneficiaries === null ? null : String(beneficiaries),
    within_norm: withinNorm,
    valid: daysText(from, to && addDays(to, 1)),
  };
  return { columns, refusals };
}

const required = (field: string): RefusalDetail[] => [{ code: 'REQUIRED', path: [field] }];
const outOfRange = (field: string): RefusalDetail[] => [{ code: 'NUMBER_OUT_OF_RANGE', path: [field] }];

function refusalsOfText(typed: string, field: string, max: number): RefusalDetail[] {
  const { length } = typed.trim();
  if (length === 0) return required(field);
  return length > max ? [{ code: 'TOO_LONG', path: [field], params: { max, length } }] : [];
}

function refusalsOfNumber(value: Quantity | null, field: string, mayBeNothing: boolean): RefusalDetail[] {
  if (value === null) return required(field);
  return value < NONE || (value === NONE && !mayBeNothing) ? outOfRange(field) : [];
}

function refusalsOfSlots(slots: readonly TemperatureHoursInput[]): RefusalDetail[] {
  if (slots.length === 0) return required('temperatures');
  return slots.some(({ hours, temperature }) => hours <= NONE || temperature < NONE)
    ? outOfRange('temperatures')
    : [];
}

function refusalsOfDays(
  { from, to = null }: { from: CivilDate; to?: CivilDate | null },
  isAbsence: boolean,
  isOfMonth: boolean,
): RefusalDetail[] {
  // of an absence there is at least one full day between
  if (to && to < (isAbsence ? addDays(from, 2) : from)) return [{ code: 'DAYS_ORDER', path: ['to'] }];
  if (!isOfMonth) return [];
  if (!to) return required('to');
  return monthOf(from) === monthOf(to) ? [] : [{ code: 'DAYS_ONE_MONTH', path: ['to'] }];
}

const daysText = (from: CivilDate, end: CivilDate | null): string => `[${from},${end ?? ''})`;

const slotRow = ({ temperature, hours, night }: TemperatureHoursInput) => ({
  temperature: String(temperature),
  hours: String(hours),
  night,
});

const scaled = (name: ActNumber, value: Quantity | null): string | null =>
  value === null ? null : String(name === 'coefficient' ? value * PER_QUANTITY : value);
