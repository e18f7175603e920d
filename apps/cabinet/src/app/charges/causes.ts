import { money, moneyOf, moneyText } from '@kvartal/domain';
import type { ToldFragment } from '../../generated/graphql';

type Told = Pick<ToldFragment, 'service' | 'unit' | 'causes'>;
type Cause = ToldFragment['causes'][number];

/** A cause with its part of the difference, and the lines that it changed. */
export interface CauseRow {
  readonly cause: Cause['cause'];
  readonly amount: string;
  readonly isMore: boolean;
  readonly lines: readonly { readonly service: string; readonly unit: string; readonly told: Cause }[];
  /** Where its bar begins and how long it is, in hundredths of the larger sum. */
  readonly from: number;
  readonly length: number;
}

const HUNDRED = 100;

/** The causes of a difference, each once with all its lines, in the order in which they were told apart. */
export function causeRows(lines: readonly Told[], before: string, after: string): CauseRow[] {
  const found = new Map<Cause['cause'], { service: string; unit: string; told: Cause }[]>();
  for (const { service, unit, causes } of lines)
    for (const told of causes)
      found.set(told.cause, [...(found.get(told.cause) ?? []), { service, unit, told }]);
  let at: bigint = money(before);
  const steps = [...found].map(([cause, of]) => {
    const amount = of.reduce((all, { told }) => all + money(told.amount), 0n);
    const start = at;
    at += amount;
    return { cause, of, amount, start, end: at };
  });
  const all = [money(before), money(after), ...steps.flatMap(({ start, end }) => [start, end])].map(Number);
  const [least, most] = [Math.min(0, ...all), Math.max(1, ...all)];
  return steps.map(({ cause, of, amount, start, end }) => ({
    cause,
    amount: moneyText(moneyOf(amount)),
    isMore: amount > 0n,
    lines: of,
    from: ((Math.min(Number(start), Number(end)) - least) * HUNDRED) / (most - least),
    length: (Math.abs(Number(end) - Number(start)) * HUNDRED) / (most - least),
  }));
}
