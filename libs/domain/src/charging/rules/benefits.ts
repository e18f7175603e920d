import { type Quantity, quantityOf, type Ratio } from '../../decimal';
import { charge, type Money, moneyOf } from '../../money';
import { divideHalfAway } from '../../rounding';
import { weightOver } from '../dated';
import { type AccountSnapshot, clip, type DaySpan } from '../snapshot';
import { type LineBeingMade } from '../statement-line';
import { type Recorder, type TracedSegment } from '../trace';

/** A right to pay less for a service on some days. What is paid to the person directly makes no right here. */
export interface BenefitRight extends DaySpan {
  /** Of the price, in per cent. */
  readonly percent: Ratio;
  /** Millionths of people who have it, of all who live there; the whole household where left out. */
  readonly beneficiaries?: Quantity;
  /** No more than this counts: a norm for each person, or a volume of the month. */
  readonly normPerPerson?: Ratio;
  readonly normQuantity?: Quantity;
  readonly id?: string;
}

const ONE = 100_000_000n;
const HUNDRED_PERCENT = 100n * ONE;

/**
 * Benefits as reductions: of each part of the line the volume within the norm, by the beneficiaries' share and the
 * days of the right, at the part's price; the volume and the money rounded once a part (specification B.11). All
 * rights together never take more than is charged; a correction below zero bears no benefit.
 */
export function applyBenefits(
  line: LineBeingMade,
  rights: readonly BenefitRight[],
  account: AccountSnapshot,
  { segments, recorder }: { segments: readonly TracedSegment[]; recorder: Recorder | undefined },
): void {
  if (line.quantity <= 0n || line.charged <= 0n) return;
  let left: bigint = line.charged;
  for (const right of rights) {
    let amount = 0n;
    for (const segment of segments) amount += benefitOf(right, segment, line.quantity, account);
    if (amount > left) amount = left;
    left -= amount;
    line.benefit = moneyOf(line.benefit - amount);
    const told = { numerator: -amount, denominator: 1n, amount: moneyOf(-amount), source: right.id };
    if (amount !== 0n) recorder?.addition({ kind: 'BENEFIT', ...told });
  }
}

function benefitOf(
  right: BenefitRight,
  segment: TracedSegment,
  quantity: Quantity,
  account: AccountSnapshot,
): Money {
  const days = clip(right, segment);
  if (days.from >= days.to) return moneyOf(0n);
  const { over, under } = shareOf(right, segment, days, account);
  if (under === 0n) return moneyOf(0n);
  const base = quantityOf(
    divideHalfAway(segment.quantity * coveredOf(right, quantity, account) * over, quantity * under),
  );
  return moneyOf(divideHalfAway(charge(base, segment.price) * right.percent, HUNDRED_PERCENT));
}

/** The part of a volume that a right covers: beneficiaries' days of all people's days, or days of days. */
function shareOf(
  { beneficiaries }: BenefitRight,
  segment: DaySpan,
  days: DaySpan,
  { residents }: AccountSnapshot,
): { over: bigint; under: bigint } {
  if (beneficiaries === undefined)
    return { over: BigInt(days.to - days.from), under: BigInt(segment.to - segment.from) };
  const under = weightOver(residents, segment.from, segment.to);
  const over = beneficiaries * BigInt(days.to - days.from);
  return { over: over > under ? under : over, under };
}

function coveredOf(right: BenefitRight, quantity: Quantity, { residents, period }: AccountSnapshot): bigint {
  const norm =
    right.normPerPerson === undefined
      ? right.normQuantity
      : divideHalfAway(
          right.normPerPerson * weightOver(residents, period.from, period.to),
          ONE * BigInt(period.days),
        );
  return norm === undefined || norm > quantity ? quantity : norm;
}
