import { type CivilDate, dateOfDayNumber } from '../../civil-date';
import { decimalText, priceText, quantityText, ratioOf, ratioText } from '../../decimal';
import { type Money, moneyOf, moneyText, PRODUCT_PER_MINOR } from '../../money';
import { divideHalfAway } from '../../rounding';
import { type HouseShare } from '../common-area';
import { consumption } from '../consumption';
import { heldLine, type LineKey } from '../held';
import { type PenaltyDebt, type PenaltyPart, type TracedLot, tracedLots } from '../rules/penalty-line';
import { type AccountSnapshot, type DaySpan } from '../snapshot';
import { calculateStatement } from '../statement';
import { type StatementLine } from '../statement-line';
import {
  chargedBy,
  type InputName,
  type LineTrace,
  type TracedAddition,
  type TracedInput,
  TraceRecorder,
  type TracedSegment,
} from '../trace';
import { ADDITION_SOURCES, RULE_SOURCES, type RuleSource } from './rule-sources';

/*
 * What a line answers when somebody asks how it was made: the same function computes it again and tells each step. All
 * values are plain decimals; names and sources are codes and row ids, which the screens put into words.
 */

/** Days as people name them, both ends counted. */
export interface ExplainedDays {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** A value that a rule took, the row that it comes from, and the days on which it counts in the month. */
export interface ExplainedInput {
  readonly name: InputName;
  readonly value: string;
  readonly source: string | null;
  readonly days: ExplainedDays | null;
}

/** A part of a line: the formula with its numbers, the product before rounding, and after. */
export interface ExplainedSegment extends ExplainedDays {
  readonly expression: string;
  readonly exact: string;
  readonly amount: Money;
  readonly tariffId: string | null;
}

/** What another rule adds to a line. */
export interface ExplainedAddition {
  readonly kind: TracedAddition['kind'];
  readonly rule: RuleSource;
  readonly amount: Money;
  /** It with its numbers, where it is a single product, or a sum by months without tax on top. */
  readonly expression: string | null;
  readonly source: string | null;
  /** The row of the law's number: the per cent of an outage, the days of an absence that do not count. */
  readonly law: string | null;
}

/** A debt lot's part of a penalty. */
export interface ExplainedLot {
  readonly id: string;
  readonly due: CivilDate;
  readonly principal: Money;
  /** Each `balance × rate × days × fraction`. */
  readonly parts: readonly (ExplainedDays & { readonly expression: string })[];
  readonly cumulative: Money;
  readonly accrued: Money;
  readonly amount: Money;
}

/** A line, told. `charged` is summed from what is told here, and is the line's own to the kopek. */
export interface Explanation {
  readonly line: StatementLine;
  readonly rule: RuleSource;
  /** One for each part of the month in which the service had other terms; mostly one. */
  readonly formulas: readonly string[];
  readonly inputs: readonly ExplainedInput[];
  readonly segments: readonly ExplainedSegment[];
  readonly additions: readonly ExplainedAddition[];
  readonly lots: readonly ExplainedLot[];
  readonly charged: Money;
}

/** Explains every line of an account's month. Nothing is stored for it: facts and share in, the same lines out. */
export function explainStatement(account: AccountSnapshot, share: HouseShare): Explanation[] {
  const recorder = new TraceRecorder();
  const { lines } = calculateStatement(account, consumption(account, recorder), share, recorder);
  return lines.map((line) => {
    const parts = recorder.lines.filter(
      ({ service: { terms } }) => terms.serviceId === line.serviceId && terms.supplierId === line.supplierId,
    );
    return explainParts(line, parts, account);
  });
}

/** Explains a line that is held: it has its balance, and nothing was charged that could be told. */
export const explainHeld = (account: AccountSnapshot, key: Omit<LineKey, 'accountId'>): Explanation =>
  explainParts(heldLine(account, key), [], account);

/** Explains what debts cost up to, but without, a day: each lot with the days, the rate and what is owed on them. */
export const explainPenalty = (debts: readonly PenaltyDebt[], until: number): ExplainedLot[] =>
  debts.flatMap((debt) => tracedLots(debt, until).map(explainLot));

function explainParts(
  line: StatementLine,
  parts: readonly LineTrace[],
  { period }: AccountSnapshot,
): Explanation {
  const inputs = parts.flatMap((part) => [
    ...part.volumes.flatMap((volume) => volume.inputs),
    ...part.inputs,
  ]);
  return {
    line,
    rule: RULE_SOURCES[line.method],
    formulas: [...new Set(parts.map(({ formula }) => formula).filter((formula) => formula !== ''))],
    inputs: unique(inputs.map((input) => explainInput(input, period))),
    segments: parts.flatMap(({ segments }) => segments.map(explainSegment)),
    additions: parts.flatMap(({ additions }) => additions.map(explainAddition)),
    lots: parts.flatMap(({ lots }) => lots.map(explainLot)),
    charged: moneyOf(parts.reduce((total, part) => total + chargedBy(part), 0n)),
  };
}

/** A fact that several parts took is told once. */
function unique(inputs: readonly ExplainedInput[]): ExplainedInput[] {
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}

const RATIOS: ReadonlySet<InputName> = new Set(['NORM', 'COEFFICIENT', 'USUAL_COEFFICIENT', 'HEAT_NORM']);
const WHOLE_NUMBERS: ReadonlySet<InputName> = new Set(['MISSED', 'HEATING_MONTHS']);
const READINGS: ReadonlySet<InputName> = new Set(['PREVIOUS_READING', 'CURRENT_READING']);
const QUANTITY_DECIMALS = 6;

function explainInput({ name, value, source, days }: TracedInput, period: DaySpan): ExplainedInput {
  return {
    name,
    value: valueText(name, value),
    source: source ?? null,
    days: days ? daysIn(name, days, period) : null,
  };
}

function valueText(name: InputName, value: bigint): string {
  if (RATIOS.has(name)) return ratioText(ratioOf(value));
  if (WHOLE_NUMBERS.has(name)) return value.toString();
  if (name === 'UNUSABLE_SINCE') return dateOfDayNumber(Number(value));
  return decimalText(value, QUANTITY_DECIMALS);
}

/** A reading's own day; of a fact the days that lie in the month. */
function daysIn(name: InputName, days: DaySpan, period: DaySpan): ExplainedDays | null {
  if (READINGS.has(name)) return inclusive(days);
  const from = Math.max(days.from, period.from);
  const to = Math.min(days.to, period.to);
  return from < to ? inclusive({ from, to }) : null;
}

const inclusive = ({ from, to }: DaySpan): ExplainedDays => ({
  from: dateOfDayNumber(from),
  to: dateOfDayNumber(to - 1),
});

function explainSegment(segment: TracedSegment): ExplainedSegment {
  const { numerator, denominator, amount, tariffId } = segment;
  return {
    ...inclusive(segment),
    expression: expressionOf(segment),
    exact: exactText(numerator, denominator),
    amount,
    tariffId: tariffId ?? null,
  };
}

/** `quantity × price`, or `value × price × days / days of the month` where it is charged by days. */
function expressionOf({ from, to, quantity, price, numerator, denominator }: TracedSegment): string {
  const month = denominator / PRODUCT_PER_MINOR;
  const isByDays = denominator % PRODUCT_PER_MINOR === 0n && month > 1n && month <= 31n;
  if (!isByDays || price === 0n) return `${quantityText(quantity)} × ${priceText(price)}`;
  const days = BigInt(to - from);
  const valueDays = numerator / price;
  if (days === 0n || valueDays % days !== 0n)
    return `${decimalText(valueDays, QUANTITY_DECIMALS)} × ${priceText(price)} / ${month}`;
  const value = `${decimalText(valueDays / days, QUANTITY_DECIMALS)} × ${priceText(price)}`;
  return days === month ? value : `${value} × ${days} / ${month}`;
}

const EXACT_DECIMALS = 8;
const PER_MINOR = 10n ** BigInt(EXACT_DECIMALS - 2);

/** A sum before rounding, to eight decimals. */
function exactText(numerator: bigint, denominator: bigint): string {
  return decimalText(divideHalfAway(numerator * PER_MINOR, denominator), EXACT_DECIMALS, 2);
}

function explainAddition({ kind, amount, source, law, expression }: TracedAddition): ExplainedAddition {
  const rule = ADDITION_SOURCES[kind];
  return { kind, rule, amount, expression: expression ?? null, source: source ?? null, law: law ?? null };
}

function explainLot({ id, due, principal, parts, cumulative, accrued, amount }: TracedLot): ExplainedLot {
  return {
    id,
    due: dateOfDayNumber(due),
    principal,
    parts: parts.map((part) => ({ ...inclusive(part), expression: penaltyExpression(part) })),
    cumulative,
    accrued,
    amount,
  };
}

function penaltyExpression({ from, to, balance, rate, numerator, denominator }: PenaltyPart): string {
  return `${moneyText(balance)} × ${ratioText(rate)} % × ${to - from} × ${numerator}/${denominator}`;
}
