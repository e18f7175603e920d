import { Exact, NONE, r6, sumOf } from './exact';
import { daysOf, runsOf, type Service, type Span } from './facts';

/** What flowed of a resource, on which days, and how much of it each day weighs. */
export interface Flow extends Span {
  readonly amount: Exact;
  readonly weight: (day: number) => Exact;
}

export interface Volume extends Flow {
  readonly resource: string;
  readonly zone: string;
  readonly method: string;
  readonly raised?: Exact;
  /** The row that it is found for, on the days that it is. */
  readonly part: Service;
  /** Whether meters counted more than the norm that stands for those without a reading. */
  readonly isCounted?: boolean;
}

export const evenly = (): Exact => Exact.of(1);

/** A part of a flow. */
export interface Part extends Span {
  readonly amount: Exact;
  readonly days: readonly number[];
}

/** A flow by runs of days: each part but the last rounded, the last with what is left. */
export function partsOf(flow: Flow, told: (day: number) => string): Part[] {
  const runs = runsOf(flow, told);
  const whole = sumOf(daysOf(flow).map((day) => flow.weight(day)));
  let left = flow.amount;
  return runs.map((run, place) => {
    const weight = sumOf(run.days.map((day) => flow.weight(day)));
    const own = whole.isZero() ? NONE : r6(flow.amount.times(weight).divided(whole));
    const amount = place === runs.length - 1 ? left : own;
    left = left.minus(amount);
    return { from: run.from, to: run.to, days: run.days, amount };
  });
}
