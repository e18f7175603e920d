import { type Price, type Quantity, quantityOf, type Ratio } from './decimal';
import { normVolume } from './estimate';
import { charge, type Money, subtractMoney, addMoney } from './money';
import { type RegisterShape } from './readings';
import { divideHalfAway } from './rounding';

/*
 * The formulas of specification B.3, each for a whole month of unchanged facts. Quantities are rounded once to a
 * millionth, money once to the minor unit.
 */

const UNIT = 1_000_000n;
const ONE = 100_000_000n;
const MONTHS_PER_YEAR = 12n;

/** A volume and what it costs. */
export interface Charged {
  readonly quantity: Quantity;
  readonly amount: Money;
}

/** A volume at a price. */
export function chargedAt(quantity: Quantity, price: Price): Charged {
  return { quantity, amount: charge(quantity, price) };
}

/** Norm with a raised coefficient: the part above the plain norm is a figure of its own (B.3.2). */
export function normWithCoefficient(given: {
  norm: Ratio;
  people: bigint;
  coefficient: Ratio;
  price: Price;
}): { quantity: Quantity; baseAmount: Money; coefficientExcess: Money; amount: Money } {
  const { norm, people, coefficient, price } = given;
  const quantity = normVolume(norm, people);
  const baseAmount = charge(quantity, price);
  const amount = charge(normVolume(norm, people, coefficient), price);
  return { quantity, baseAmount, coefficientExcess: subtractMoney(amount, baseAmount), amount };
}

/**
 * Consumption between two values of a register. Over the zero only where the caller says that the register turned
 * over; without that, a smaller second value gives a negative volume.
 */
export function meterVolume(
  previous: Quantity,
  current: Quantity,
  register: Pick<RegisterShape, 'digits' | 'factor'>,
  turnedOver: boolean,
): Quantity {
  const passed = turnedOver ? 10n ** BigInt(register.digits) * UNIT : 0n;
  return quantityOf(divideHalfAway((current - previous + passed) * (register.factor ?? UNIT), UNIT));
}

/** Heat by norm of a square metre: in the season, or evenly over the year for so many months of heating. */
export function heatingNormVolume(area: Quantity, norm: Ratio, heatingMonths?: number): Quantity {
  if (heatingMonths === undefined) return quantityOf(divideHalfAway(area * norm, ONE));
  return quantityOf(divideHalfAway(area * norm * BigInt(heatingMonths), ONE * MONTHS_PER_YEAR));
}

/** A part of the house's volume by area. @throws RangeError where the house has no area */
export function areaShare(whole: Quantity, area: Quantity, totalArea: Quantity): Quantity {
  return quantityOf(divideHalfAway(whole * area, totalArea));
}

/** Hot water of two parts: the cold water in it, and its heating by volume or by heat (B.3.1). */
export function twoComponentWater(given: {
  volume: Quantity;
  coldPrice: Price;
  heatPrice: Price;
  /** Gigacalories for a cubic metre; undefined where the price of heat is for a cubic metre already. */
  heatNorm: Ratio | undefined;
}): { cold: Charged; heat: Charged; amount: Money } {
  const { volume, heatNorm } = given;
  const heatVolume = heatNorm === undefined ? volume : quantityOf(divideHalfAway(volume * heatNorm, ONE));
  const cold = chargedAt(volume, given.coldPrice);
  const heat = chargedAt(heatVolume, given.heatPrice);
  return { cold, heat, amount: addMoney(cold.amount, heat.amount) };
}

/** What flows into the drain: all water but what went to the garden. */
export function drainageVolume(cold: Quantity, hot: Quantity, irrigation: Quantity): Quantity {
  return quantityOf(cold + hot - irrigation);
}
