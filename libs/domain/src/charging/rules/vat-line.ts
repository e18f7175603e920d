import { type Ratio } from '../../decimal';
import { type Money, moneyOf } from '../../money';
import { divideHalfAway } from '../../rounding';
import { addVat, extractVat } from '../../vat';
import { factOn } from '../dated';
import { type Dated, type PeriodDays } from '../snapshot';
import { type LineBeingMade } from '../statement-line';
import { type Recorder } from '../trace';

/** Whether the price of a service holds its tax or the tax comes on top, and the rates by days, in per cent. */
export interface VatTerms {
  readonly mode: 'INCLUSIVE' | 'EXCLUSIVE';
  readonly rates: readonly Dated<Ratio>[];
}

const HUNDRED = 100n * 100_000_000n;

/**
 * The tax of a line, by the rate of the month's last day, which is the day of the turnover (specification B.4.3): on
 * top it is added to what is charged, rounded once a line; inside it is only told apart.
 *
 * @throws RangeError where no rate is known for that day
 */
export function chargeVat(
  line: LineBeingMade,
  vat: VatTerms,
  period: PeriodDays,
  recorder: Recorder | undefined,
): void {
  const rate = rateOf(vat, period);
  if (vat.mode === 'INCLUSIVE') {
    line.vat = extractVat(line.charged, rate.value).vat;
    return;
  }
  const numerator = line.charged * rate.value;
  const taxed = addVat(line.charged, rate.value);
  line.vat = taxed.vat;
  line.charged = taxed.gross;
  line.benefit = grossOf(line.benefit, vat, period);
  recorder?.addition({ kind: 'VAT', numerator, denominator: HUNDRED, amount: taxed.vat, source: rate.id });
}

/** A reduction at the price without tax, with the tax that it takes away as well. */
export function grossOf(net: Money, vat: VatTerms | undefined, period: PeriodDays): Money {
  if (vat?.mode !== 'EXCLUSIVE') return net;
  return moneyOf(net + divideHalfAway(net * rateOf(vat, period).value, HUNDRED));
}

function rateOf({ rates }: VatTerms, { month, to }: PeriodDays): Dated<Ratio> {
  const rate = factOn(rates, to - 1);
  if (!rate) throw new RangeError(`No VAT rate is known for ${month}`);
  return rate;
}
