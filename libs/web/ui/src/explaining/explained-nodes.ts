import { quantity, quantityOf, quantityText } from '@kvartal/domain';
import {
  type Locale,
  enumText,
  resourceUnit,
  showDate,
  showDays,
  showMonth,
  showNumber,
  showQuantity,
  unitText,
} from '@kvartal/words';
import { explainingWords, filled } from '@kvartal/words/explaining';
import type { ExplainedLine, ExplainedNumber, ExplainedOrigin, ExplainedPart } from './explained-line';

/** A number with where it comes from, and what it was made of. */
export interface ExplainedNode {
  readonly label: string;
  readonly value: string;
  readonly sources: readonly string[];
}

/** Numbers that are nothing say nothing; neither does an average that was not taken. */
const SILENT_AT_ZERO: ReadonlySet<ExplainedNumber['name']> = new Set([
  'CARRY_IN',
  'AVERAGE',
  'ESTIMATED_SINCE',
]);

/** A formula as people read it: «61,4 × 31,77 × 14 / 30». */
export const expressionText = (expression: string): string =>
  expression.replace(/-?\d+(\.\d+)?/g, (number) => showNumber(number));

/** «с 1 по 14 октября» as «01.10.2026 – 14.10.2026»; nothing where it is the whole month. */
export function daysText(from: string | null, to: string | null, locale: Locale): string {
  if (!from || !to || isWholeMonth(from, to)) return '';
  return showDays(from, to, locale);
}

function isWholeMonth(from: string, to: string): boolean {
  const next = new Date(`${to}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return (
    from.endsWith('-01') && next.toISOString().slice(8, 10) === '01' && from.slice(0, 7) === to.slice(0, 7)
  );
}

/** Where a record says that it comes from: the document and its days, or the day and way of a reading. */
export function originText(origin: ExplainedOrigin, locale: Locale): string {
  const words = explainingWords(locale);
  if (origin.kind === 'READING') {
    // a correction came by no way of readings: its document stands for that
    const way = origin.source ? enumText('ReadingSource', origin.source, locale) : origin.document;
    return [origin.takenOn && showDate(origin.takenOn), way].filter(Boolean).join(', ');
  }
  const { validFrom, validTo } = origin;
  const days =
    validFrom &&
    (origin.kind === 'ACT' && validTo
      ? `${showDate(validFrom)} – ${showDate(validTo)}`
      : filled(words.since, { day: showDate(validFrom) }));
  return [origin.document, days, enteredText(origin, locale)].filter(Boolean).join(', ');
}

const ENTERED: ReadonlySet<ExplainedOrigin['kind']> = new Set(['ACT', 'BENEFIT', 'FACT']);

/** «внесено 12.11.2026, Соколова А. А.»: who entered a paper is told to staff. */
function enteredText({ kind, recordedAt, author }: ExplainedOrigin, locale: Locale): string {
  if (!ENTERED.has(kind) || !recordedAt) return '';
  const entered = filled(explainingWords(locale).entered, { day: showDate(recordedAt.slice(0, 10)) });
  return [entered, author].filter(Boolean).join(', ');
}

function meterText({ resource, zone, place, serial }: ExplainedOrigin, locale: Locale): string {
  const words = explainingWords(locale);
  const what = resource ? enumText('Resource', resource, locale) : '';
  const of = zone && zone !== 'SINGLE' ? enumText('Zone', zone, locale) : '';
  const number = serial ? filled(words.meter, { serial }) : '';
  return [what, place, of, number].filter(Boolean).join(', ');
}

/** What moved a balance, and on what day; a charge of a month that was held says which month. */
export function movementTexts(
  { kind, on, forMonth, document, recordedAt, author }: ExplainedLine['movements'][number],
  locale: Locale,
): { label: string; source: string } {
  const what = enumText('LineMovementKind', kind, locale);
  if (kind === 'LATE' && forMonth) return { label: `${what}: ${showMonth(forMonth, locale)}`, source: '' };
  const entered = filled(explainingWords(locale).entered, { day: showDate(recordedAt.slice(0, 10)) });
  return {
    label: `${what}, ${showDate(on)}`,
    source: [document, entered, author].filter(Boolean).join(', '),
  };
}

/** «460,083334 × 53,33 / 4 547,03»: an account's share of what a house used, where one area stands all month. */
export function shareNode(
  { inputs, quantity: volume, unit }: ExplainedLine,
  locale: Locale,
): ExplainedNode[] {
  const values = (name: ExplainedNumber['name']) => inputs.filter((input) => input.name === name);
  const [whole, ...others] = values('DISTRIBUTED');
  const [[area, ...areas], [total]] = [values('AREA'), values('TOTAL_AREA')];
  if (!whole || !area || !total || others.length > 0 || areas.length > 0) return [];
  if (daysText(area.from, area.to, locale) !== '') return [];
  const [one, of, by] = [showNumber(whole.value), showNumber(area.value), showNumber(total.value)];
  const label = `${explainingWords(locale).share}: ${one} × ${of} / ${by}`;
  return [{ label, value: showQuantity(volume, unitText(unit, locale)), sources: [] }];
}

/** The numbers of a line in the order in which the rule took them; two readings of a meter are one. */
export function nodesOf(
  { inputs, unit }: Pick<ExplainedLine, 'inputs' | 'unit'>,
  locale: Locale,
): ExplainedNode[] {
  const nodes: ExplainedNode[] = [];
  for (let place = 0; place < inputs.length; place += 1) {
    const [input, next] = [inputs[place], inputs[place + 1]];
    if (!input || (SILENT_AT_ZERO.has(input.name) && isZero(input.value))) continue;
    if (input.name === 'PREVIOUS_READING' && next?.name === 'CURRENT_READING') {
      nodes.push(readingsNode(input, next, locale));
      place += 1;
    } else nodes.push(numberNode(input, unit, locale));
  }
  return nodes;
}

const isZero = (value: string): boolean => /^-?0*(\.0*)?$/.test(value);

/** «Холодная вода, кухня, № 18851987: 54 − 50» and what lies between. */
function readingsNode(before: ExplainedNumber, after: ExplainedNumber, locale: Locale): ExplainedNode {
  const [was] = before.origins;
  const [now] = after.origins;
  const counted = quantityOf(quantity(after.value) - quantity(before.value));
  const unit = now?.resource ? resourceUnit(now.resource, locale) : '';
  const name = now ? meterText(now, locale) : enumText('ChargeInput', 'CURRENT_READING', locale);
  return {
    label: `${name}: ${showNumber(after.value)} − ${showNumber(before.value)}`,
    // a counter that went over its last digit: the difference of what it showed is not what it counted
    value: counted < 0n ? '' : showQuantity(quantityText(counted), unit),
    sources: [now, was].flatMap((origin) => (origin ? [originText(origin, locale)] : [])),
  };
}

function numberNode(input: ExplainedNumber, unit: string, locale: Locale): ExplainedNode {
  const [origin] = input.origins;
  const isMeter = origin?.kind === 'METER';
  const days = daysText(input.from, input.to, locale);
  const from = input.origins.map((one) =>
    input.name === 'HOUSE_METER'
      ? `${meterText(one, locale)}: ${showNumber(one.value ?? '0')}, ${originText(one, locale)}`
      : isMeter
        ? meterText(one, locale)
        : originText(one, locale),
  );
  const service = origin?.kind === 'NORM' && origin.service ? `, ${origin.service}` : '';
  return {
    label: `${enumText('ChargeInput', input.name, locale)}${service}`,
    value: valueText(input, unitText(unit, locale), locale),
    sources: [days, ...from].filter(Boolean),
  };
}

const AREAS: ReadonlySet<ExplainedNumber['name']> = new Set(['AREA', 'TOTAL_AREA']);
const VOLUMES: ReadonlySet<ExplainedNumber['name']> = new Set([
  'ESTIMATED_SINCE',
  'AVERAGE',
  'VOLUME',
  'HOUSE_METER',
  'INDIVIDUAL_TOTAL',
  'CARRY_IN',
  'NORM_VOLUME',
  'DISTRIBUTED',
  'IRRIGATION',
  'ACT',
  'GAP',
]);

function valueText({ name, value }: ExplainedNumber, unit: string, locale: Locale): string {
  if (name === 'UNUSABLE_SINCE') return showDate(value);
  if (AREAS.has(name)) return showQuantity(value, unitText('м²', locale));
  return VOLUMES.has(name) ? showQuantity(value, unit) : showNumber(value);
}

/** Whether a part is rounded at all: «152,18059 → 152,18». */
export const isRounded = ({ exact, amount }: ExplainedPart): boolean => trimmed(exact) !== trimmed(amount);

const trimmed = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;

/** The tariffs of a line, each once, with the price as its formula has it. */
export function tariffsOf(segments: readonly ExplainedPart[]): { price: string; origin: ExplainedOrigin }[] {
  const found = new Map<string, { price: string; origin: ExplainedOrigin }>();
  for (const { tariff, expression } of segments) {
    const price = expression.split(' × ')[1]?.split(' ')[0];
    if (tariff && price)
      found.set(`${price} ${tariff.document} ${tariff.validFrom}`, { price, origin: tariff });
  }
  return [...found.values()];
}

/** Parts that cost something; a line of one whole month is one part. */
export const partsOf = (segments: readonly ExplainedPart[]): ExplainedPart[] =>
  segments.filter(({ amount }) => segments.length === 1 || !isZero(amount));
