import { type Price, type Quantity, type Ratio } from './decimal';
import { addMoney, charge, type Money, moneyOf, subtractMoney } from './money';
import { divideHalfAway } from './rounding';

/** A sum with its tax: `gross = net + vat`. */
export interface Taxed {
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

const HUNDRED = 100n * 100_000_000n;

/** The tax inside a sum; the rate in per cent (specification B.4.3). */
export function extractVat(gross: Money, percent: Ratio): Taxed {
  const vat = moneyOf(divideHalfAway(gross * percent, HUNDRED + percent));
  return { net: subtractMoney(gross, vat), vat, gross };
}

/** The tax on top of a sum; the rate in per cent. */
export function addVat(net: Money, percent: Ratio): Taxed {
  const vat = moneyOf(divideHalfAway(net * percent, HUNDRED));
  return { net, vat, gross: addMoney(net, vat) };
}

/** A line at a price without tax: net, tax and gross, each rounded. */
export function taxedLine(quantity: Quantity, netPrice: Price, percent: Ratio): Taxed {
  return addVat(charge(quantity, netPrice), percent);
}
