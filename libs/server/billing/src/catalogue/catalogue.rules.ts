import { type Quantity } from '@kvartal/domain';
import { Refusal, type RefusalDetail } from '@kvartal/platform';
import type {
  HeatingSeasonInput,
  NormInput,
  ServiceTermsInput,
  TariffInput,
  TariffPlanInput,
} from './catalogue.types';

const LONGEST_DOCUMENT = 200;
const MOST_STEPS = 12;
const MONTH = 1_000_000n;
const MONTHS_A_YEAR = 12n;

/** The document's name without spaces around it; throws every refusal at once. */
export function documentOf(
  { document }: { document: string },
  others: readonly RefusalDetail[] = [],
): string {
  const text = document.trim();
  const path = ['input', 'document'];
  const refusals = [...others];
  if (text === '') refusals.push({ code: 'REQUIRED', path });
  if (text.length > LONGEST_DOCUMENT)
    refusals.push({ code: 'TOO_LONG', path, params: { maxLength: LONGEST_DOCUMENT, length: text.length } });
  if (refusals.length > 0) throw new Refusal(refusals);
  return text;
}

/** What is wrong with a price and its plan. */
export function priceRefused({ price, plan }: TariffInput): RefusalDetail[] {
  const refusals: RefusalDetail[] = [];
  if (price < 0n) refusals.push({ code: 'BELOW_ZERO', path: ['input', 'price'] });
  if (plan && !isPlan(plan)) refusals.push({ code: 'TARIFF_PLAN', path: ['input', 'plan'] });
  return refusals;
}

/** Limits ascend from above zero, each with the price above it; a daily limit has a coefficient in place of prices. */
function isPlan({ kind, perPerson, steps, overCoefficient }: TariffPlanInput): boolean {
  const isDaily = kind === 'DAILY_LIMIT';
  const isOfBlocks = kind === 'MARGINAL' || kind === 'WHOLE';
  const ascends = steps.every(({ above }, place) => above > (steps[place - 1]?.above ?? 0n));
  const isPriced = steps.every(({ price }) => (isDaily ? price == null : price != null && price >= 0n));
  const isCounted = steps.length > 0 && steps.length <= (isOfBlocks ? MOST_STEPS : 1);
  const hasCoefficient = isDaily ? overCoefficient != null && overCoefficient >= 0n : overCoefficient == null;
  return ascends && isPriced && isCounted && hasCoefficient && (isOfBlocks || perPerson);
}

/** What is wrong with a season: it ends before it begins. */
export function seasonRefused({ from, to = null }: HeatingSeasonInput): RefusalDetail[] {
  const isBackwards = to !== null && to < from;
  return isBackwards ? [{ code: 'DATE_OUT_OF_RANGE', path: ['input', 'to'], params: { from } }] : [];
}

/** What is wrong with a decision: its month is none of a year. */
export function termsRefused({ trueUpMonth }: ServiceTermsInput): RefusalDetail[] {
  const isMonth = trueUpMonth == null || (trueUpMonth >= 1 && trueUpMonth <= Number(MONTHS_A_YEAR));
  return isMonth ? [] : [{ code: 'MONTH_OF_A_YEAR', path: ['input', 'trueUpMonth'] }];
}

/** What is wrong with a norm: below zero, or no whole number of months of a year. */
export function normRefused({ kind, value }: NormInput): RefusalDetail[] {
  const path = ['input', 'value'];
  if (kind === 'HEATING_MONTHS' && !isMonths(value)) return [{ code: 'HEATING_MONTHS', path }];
  return value < 0n ? [{ code: 'BELOW_ZERO', path }] : [];
}

const isMonths = (value: Quantity): boolean =>
  value % MONTH === 0n && value >= MONTH && value <= MONTHS_A_YEAR * MONTH;
