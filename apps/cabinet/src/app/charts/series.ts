import type { ChartMonth } from '@kvartal/ui';

interface MonthVolume {
  month: string;
  quantity: string;
  charged: string;
  estimated: boolean;
}

const yearBefore = (month: string): string => `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;

/** The last twelve months, oldest first, each beside the same month a year ago where that is known. */
export function lastYear(months: readonly MonthVolume[], of: 'quantity' | 'charged'): ChartMonth[] {
  const values = new Map(months.map((one) => [one.month, one[of]]));
  return [...months]
    .sort((one, other) => (one.month < other.month ? -1 : 1))
    .slice(-12)
    .map(({ month, estimated, ...one }) => ({
      month,
      value: one[of],
      previous: values.get(yearBefore(month)),
      estimated,
    }));
}
