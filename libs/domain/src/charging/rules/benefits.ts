import { type Quantity, quantityOf, type Ratio } from '../../decimal';
import { charge, moneyOf } from '../../money';
import { divideHalfAway } from '../../rounding';
import { changeAfter, factOn, weightOver } from '../dated';
import { type AccountService, type AccountSnapshot, clip, type Dated, type DaySpan } from '../snapshot';
import { type LineBeingMade } from '../statement-line';
import { type Recorder, type TracedSegment } from '../trace';

/** A right to pay less for a service on some days. What is paid to the person directly makes no right here. */
export interface BenefitRight extends DaySpan {
  /** Of the price, in per cent. */
  readonly percent: Ratio;
  /** Millionths of people who have it, of all who live there; the whole household where left out. */
  readonly beneficiaries?: Quantity;
  /** No more than this counts: a norm for each person by days, or a volume of the month. Days without one have no limit. */
  readonly normsPerPerson?: readonly Dated<Ratio>[];
  readonly normQuantity?: Quantity;
  readonly id?: string;
}

const ONE = 100_000_000n;
const HUNDRED_PERCENT = 100n * ONE;

/**
 * Benefits as reductions: of each part of the line the volume within the norm, by the beneficiaries' share and the
 * days of the right, at the part's price; the volume and the money rounded once a part (specification B.11). The norm is
 * a month's: a service that is charged for some of its days, or in parts, has the norm of those days (specification B.2,
 * B.6). All rights together never take more than is charged; a correction below zero bears no benefit.
 */
export function applyBenefits(
  line: LineBeingMade,
  service: AccountService,
  account: AccountSnapshot,
  { segments, recorder }: { segments: readonly TracedSegment[]; recorder: Recorder | undefined },
): void {
  if (line.quantity <= 0n || line.charged <= 0n) return;
  const parts = partsOf(segments);
  const flowing = parts.reduce((days, { from, to }) => days + to - from, 0);
  const month = { over: BigInt(service.to - service.from), under: BigInt(flowing * account.period.days) };
  let left: bigint = line.charged;
  for (const right of service.benefits ?? []) {
    let amount = 0n;
    for (const part of parts) amount += benefitOf(right, part, account, month);
    if (amount > left) amount = left;
    left -= amount;
    line.benefit = moneyOf(line.benefit - amount);
    if (amount !== 0n && recorder) tell(recorder, { right, amount, parts });
  }
}

function tell(
  recorder: Recorder,
  { right, amount, parts }: { right: BenefitRight; amount: bigint; parts: readonly Part[] },
): void {
  for (const norm of right.normsPerPerson ?? [])
    if (parts.some((part) => isAny(clip(norm, clip(right, part)))))
      recorder.input('NORM', norm.value, norm.id, norm);
  const told = { numerator: -amount, denominator: 1n, amount: moneyOf(-amount), source: right.id };
  recorder.addition({ kind: 'BENEFIT', ...told });
}

const isAny = ({ from, to }: DaySpan): boolean => from < to;

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** What flowed on the same days, whatever the prices: blocks have several. */
interface Part extends DaySpan {
  readonly quantity: bigint;
  readonly segments: readonly TracedSegment[];
}

function partsOf(segments: readonly TracedSegment[]): Part[] {
  const parts = new Map<string, Part>();
  for (const segment of segments) {
    const { from, to, quantity } = segment;
    const days = `${from} ${to}`;
    const part = parts.get(days) ?? { from, to, quantity: 0n, segments: [] };
    const all = [...part.segments, segment];
    parts.set(days, { from, to, quantity: part.quantity + quantity, segments: all });
  }
  return [...parts.values()];
}

function benefitOf(right: BenefitRight, part: Part, account: AccountSnapshot, month: Fraction): bigint {
  const days = daysAlike(right.normsPerPerson, clip(right, part));
  return days.reduce((total, own) => total + benefitOn(own, { right, part, account, month }), 0n);
}

/** Days cut where a norm begins or ceases to be known; nearly always it is on all of them or none. */
function daysAlike(norms: readonly Dated<Ratio>[] | undefined, { from, to }: DaySpan): DaySpan[] {
  if (!norms) return [{ from, to }];
  const alike: DaySpan[] = [];
  for (let at = from; at < to;) {
    const isKnown = factOn(norms, at) !== undefined;
    let end = at;
    while (end < to && (factOn(norms, end) !== undefined) === isKnown) end = changeAfter(norms, end);
    alike.push({ from: at, to: Math.min(end, to) });
    at = end;
  }
  return alike;
}

interface Benefiting {
  readonly right: BenefitRight;
  readonly part: Part;
  readonly account: AccountSnapshot;
  /** What the month's norm is multiplied with for a day that something flowed on. */
  readonly month: Fraction;
}

function benefitOn(days: DaySpan, { right, part, account, month }: Benefiting): bigint {
  const share = shareOf(right, part, days, account);
  if (share.under === 0n) return 0n;
  const covered = coveredOf(right, part, days, { account, month });
  let amount = 0n;
  for (const { quantity, price } of part.segments) {
    const base = quantityOf(
      divideHalfAway(quantity * covered.over * share.over, covered.under * share.under),
    );
    amount += divideHalfAway(charge(base, price) * right.percent, HUNDRED_PERCENT);
  }
  return amount;
}

/** The part of a volume that a right covers: beneficiaries' days of all people's days, or days of days. */
function shareOf(
  { beneficiaries }: BenefitRight,
  part: DaySpan,
  days: DaySpan,
  { residents }: AccountSnapshot,
): Fraction {
  if (beneficiaries === undefined)
    return { over: BigInt(days.to - days.from), under: BigInt(part.to - part.from) };
  const under = weightOver(residents, part.from, part.to);
  const over = beneficiaries * BigInt(days.to - days.from);
  return { over: over > under ? under : over, under };
}

/**
 * How much of what flowed lies within the norm of those days, of which each has the same part of the month's: by the
 * norms of the days of the right, and the people who lived there on them.
 */
function coveredOf(right: BenefitRight, part: Part, span: DaySpan, { account, month }: Living): Fraction {
  const whole = { over: 1n, under: 1n };
  const days = BigInt(part.to - part.from);
  const norm = normOf(right, span, account);
  if (!norm || month.under === 0n) return whole;
  const over = norm.over * days * month.over;
  const under = norm.under * month.under;
  return over < part.quantity * under ? { over, under: part.quantity * under } : whole;
}

type Living = Pick<Benefiting, 'account' | 'month'>;

/** The norm of a month that has the norms and people of some days; none where those have no limit. */
function normOf(
  { normsPerPerson, normQuantity }: BenefitRight,
  { from, to }: DaySpan,
  { residents }: AccountSnapshot,
): Fraction | undefined {
  if (!normsPerPerson) return normQuantity === undefined ? undefined : { over: normQuantity, under: 1n };
  if (!factOn(normsPerPerson, from)) return undefined;
  let over = 0n;
  for (const { value, ...days } of normsPerPerson)
    over += value * weightOver(residents, Math.max(days.from, from), Math.min(days.to, to));
  return { over, under: ONE * BigInt(to - from) };
}
