import { type Quantity } from '../../decimal';
import { type Money, moneyOf, PRODUCT_PER_MINOR } from '../../money';
import { divideHalfAway } from '../../rounding';
import { rowsFinding, takersOf } from '../consumption';
import { changeAfter, factOn } from '../dated';
import { type AccountService, type AccountSnapshot, clip, type DaySpan, type Dated } from '../snapshot';
import { type Ratio } from '../../decimal';

/** People away: the full days strictly between departure and arrival, millionths of people. */
export interface Absence extends DaySpan {
  readonly people: Quantity;
  /** How many full days in a row do not count yet: the law's number on the first of them (PP 354, part VIII). */
  readonly moreThan: number;
  /** The application that says so. */
  readonly id?: string;
  /** The row of the law's number. */
  readonly law?: string;
}

const ONE = 100_000_000n;
const WATERS = ['COLD_WATER', 'HOT_WATER'] as const;

/**
 * What temporary absence takes off a service in the month: norm × price × people away × days, cut where norm or price
 * changes and rounded a part (specification B.9.1). Only what is charged by norm without a meter bears it; drainage by
 * the norms of its waters. Never more than is charged. Positive.
 */
export function absenceReduction(
  service: AccountService,
  account: AccountSnapshot,
  away: Absence,
  charged: Money,
): Money {
  if (away.to - away.from <= away.moreThan) return moneyOf(0n);
  let total = 0n;
  for (const row of rowsByNorm(service, account)) {
    const { from, to } = clip(clip(away, service), row);
    total += reductionBy(row.terms.norms, service, { from, to, away, account });
  }
  return moneyOf(total > charged ? (charged > 0n ? charged : 0n) : total);
}

/**
 * The rows by whose norms a service is charged, on the days that they are: its own, or of each water that it drains those
 * that it is found by.
 */
function rowsByNorm(service: AccountService, account: AccountSnapshot): AccountService[] {
  if (service.method === 'NORM_PERSON') return [service];
  if (service.method !== 'SUM_OF_WATER') return [];
  return WATERS.flatMap((resource) => rowsFinding(takersOf({ resource, zone: 'SINGLE' }, account))).filter(
    ({ method }) => method === 'NORM_PERSON',
  );
}

function reductionBy(
  norms: readonly Dated<Ratio>[],
  { terms }: AccountService,
  { from, to, away, account }: DaySpan & { away: Absence; account: AccountSnapshot },
): bigint {
  const month = BigInt(account.period.days);
  let total = 0n;
  for (let at = from; at < to;) {
    const end = Math.min(to, changeAfter(norms, at), changeAfter(terms.tariffs, at));
    const price = factOn(terms.tariffs, at)?.value ?? 0n;
    const exact = (factOn(norms, at)?.value ?? 0n) * price * away.people * BigInt(end - at);
    total += divideHalfAway(exact, PRODUCT_PER_MINOR * ONE * month);
    at = end;
  }
  return total;
}
