import { charge, money, price, quantity, ZERO } from '@kvartal/domain';
import type { Line } from './charges';

const SUMS = [
  'opening',
  'charged',
  'recalculated',
  'underdelivered',
  'benefit',
  'adjusted',
  'paid',
  'closing',
] as const;

/** The line's name in an address: `12.3` of the service and its supplier. */
export const lineId = ({ serviceId, supplierId }: Pick<Line, 'serviceId' | 'supplierId'>): string =>
  `${serviceId}.${supplierId}`;

/** Nothing happened to it and nothing is owed. */
export const isQuiet = (line: Pick<Line, (typeof SUMS)[number]>): boolean =>
  SUMS.every((sum) => money(line[sum]) === ZERO);

/** Whether the line has a price of its own; a penalty or a sum by norm has none. */
export const isPriced = ({ price: tariff }: Pick<Line, 'price'>): boolean => price(tariff) !== 0n;

/** Whether the charge is simply volume × price, so that a reader can recompute it. */
export function isProduct({
  quantity: volume,
  price: tariff,
  charged,
}: Pick<Line, 'quantity' | 'price' | 'charged'>): boolean {
  return (
    isPriced({ price: tariff }) &&
    money(charged) !== ZERO &&
    charge(quantity(volume), price(tariff)) === money(charged)
  );
}

/** Which of the rarer columns have anything to show. */
export const rareColumns = (
  lines: readonly Pick<Line, 'benefit' | 'adjusted'>[],
): ('benefit' | 'adjusted')[] => {
  const rare = ['benefit', 'adjusted'] as const;
  return rare.filter((column) => lines.some((line) => money(line[column]) !== ZERO));
};
