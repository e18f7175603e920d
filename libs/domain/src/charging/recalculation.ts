import { type Quantity, quantityOf } from '../decimal';
import { type Money, moneyOf, ZERO } from '../money';
import { type Month } from '../month';
import { consumption } from './consumption';
import { type ChargedMonth } from './explain/difference';
import { type AccountService, type AccountSnapshot } from './snapshot';
import { calculateStatement } from './statement';
import { netOf, type StatementLine } from './statement-line';

/** What stands on the books for a service's closed month: its line, and every recalculation posted for it since. */
export interface BookedLine {
  readonly serviceId: string;
  readonly supplierId: string;
  readonly quantity: Quantity;
  /** Charged, reduced and recalculated for this month. */
  readonly amount: Money;
}

/** A closed month with its facts as they are known now, what its house shared then, and what was booked for it. */
export interface ClosedMonth extends ChargedMonth {
  readonly booked: readonly BookedLine[];
}

/** A correction of a closed month, to be posted in the open one. */
export interface Recalculation {
  readonly serviceId: string;
  readonly supplierId: string;
  readonly forMonth: Month;
  readonly quantity: Quantity;
  readonly amount: Money;
  /** What the price alone charges for the month now: without tax on top and what a raised norm adds. */
  readonly net: Money;
}

/**
 * Recalculates closed months after a fact of theirs was corrected: a reading, a resident, an area, an absence, an act, a
 * tariff (specification B.8, B.9). Each month is charged anew by the closing's own functions with that month's prices
 * and tax; what differs from the books is the correction, so that doing it twice corrects nothing twice. What the house
 * shared stays, and a penalty corrects itself by its lots.
 *
 * @throws RangeError where no tariff covers a day of such a month
 */
export function recalculate(months: readonly ClosedMonth[]): Recalculation[] {
  return months.flatMap((month) => {
    const { account, share, booked } = month;
    const services = account.services.map(unmoved).filter(({ method }) => method !== 'PENALTY');
    const facts = { ...account, services };
    const { lines, missingTariffs, missingNorms } = calculateStatement(facts, consumption(facts), share);
    if (missingTariffs.length > 0)
      throw new RangeError(`No tariff covers ${account.period.month}: ${missingTariffs.join(', ')}`);
    if (missingNorms.length > 0)
      throw new RangeError(`No norm covers ${account.period.month}: ${missingNorms.join(', ')}`);
    const anew = lines.map((line) => corrected(line, booked.find(isOf(line)), account));
    const gone = booked.filter((one) => !lines.some(isOf(one)));
    return [...anew, ...gone.map((one) => taken(one, account.period.month))].filter(
      ({ amount, quantity }) => amount !== 0n || quantity !== 0n,
    );
  });
}

const isOf =
  (one: { readonly serviceId: string; readonly supplierId: string }) =>
  (other: { readonly serviceId: string; readonly supplierId: string }): boolean =>
    one.serviceId === other.serviceId && one.supplierId === other.supplierId;

/** A service without the money that moved on it: only what the month itself makes counts. */
const unmoved = (service: AccountService): AccountService => ({
  ...service,
  opening: ZERO,
  recalculated: ZERO,
  underdelivered: ZERO,
  benefit: ZERO,
  adjusted: ZERO,
  paid: ZERO,
});

function corrected(
  line: StatementLine,
  booked: BookedLine | undefined,
  { period, services }: AccountSnapshot,
): Recalculation {
  const { serviceId, supplierId, quantity, charged, recalculated, underdelivered, benefit } = line;
  const amount = charged + recalculated + underdelivered + benefit - (booked?.amount ?? 0n);
  return {
    serviceId,
    supplierId,
    forMonth: period.month,
    quantity: quantityOf(quantity - (booked?.quantity ?? 0n)),
    amount: moneyOf(amount),
    net: netOf(line, services.findLast(({ terms }) => isOf(line)(terms))?.terms),
  };
}

/** A service that the month should not have had. */
const taken = ({ serviceId, supplierId, quantity, amount }: BookedLine, forMonth: Month): Recalculation => ({
  serviceId,
  supplierId,
  forMonth,
  quantity: quantityOf(-quantity),
  amount: moneyOf(-amount),
  net: ZERO,
});
