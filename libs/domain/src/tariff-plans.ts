import { type Price, priceOf, type Quantity, quantityOf, type Ratio } from './decimal';
import { addMoney, charge, type Money, moneyOf, PRODUCT_PER_MINOR, sum } from './money';
import { divideHalfAway } from './rounding';

/** A block of a tariff: volume up to a limit, which belongs to it; null for the last. Limits ascend. */
export interface TariffBlock {
  readonly upTo: Quantity | null;
  readonly price: Price;
}

/** A volume at a price inside a plan. */
export interface PlanLine {
  readonly quantity: Quantity;
  readonly price: Price;
  readonly amount: Money;
}

const ONE = 100_000_000n;
const NOTHING = quantityOf(0n);
const NO_BLOCK = 'No block of the tariff takes this volume';

/**
 * Each slice of a volume at the price of its block, each rounded; empty blocks too (specification B.4.1, MARGINAL). A
 * correction below zero belongs to the first block. `people` multiplies the limits where they are per person, 1 where
 * they are not.
 *
 * @throws RangeError on a volume above the last block
 */
export function chargeBlocks(
  quantity: Quantity,
  blocks: readonly TariffBlock[],
  people = 1n,
): { lines: PlanLine[]; amount: Money } {
  let below = NOTHING;
  const lines = blocks.map(({ upTo, price }, place): PlanLine => {
    const limit = upTo === null || upTo * people > quantity ? quantity : quantityOf(upTo * people);
    const isTaken = limit > below || (place === 0 && quantity < 0n);
    const slice = isTaken ? quantityOf(limit - below) : NOTHING;
    if (isTaken) below = limit;
    return { quantity: slice, price, amount: charge(slice, price) };
  });
  if (below !== quantity) throw new RangeError(NO_BLOCK);
  return { lines, amount: sum(lines.map((line) => line.amount)) };
}

/** The whole volume at the price of the block that it falls into (WHOLE). @throws RangeError above the last block */
export function chargeBlocksWhole(quantity: Quantity, blocks: readonly TariffBlock[], people = 1n): PlanLine {
  const block = blocks.find(({ upTo }) => upTo === null || quantity <= upTo * people);
  if (!block) throw new RangeError(NO_BLOCK);
  return { quantity, price: block.price, amount: charge(quantity, block.price) };
}

/** A volume cut at a limit. */
export interface WithinAndOver {
  readonly within: Quantity;
  readonly over: Quantity;
  readonly withinAmount: Money;
  readonly overAmount: Money;
  readonly amount: Money;
}

/** A daily limit of each person over the days of a month; what is above costs the price times a coefficient. */
export function chargeDailyLimit(given: {
  quantity: Quantity;
  limitPerPersonAndDay: Ratio;
  people: bigint;
  days: number;
  price: Price;
  overCoefficient: Ratio;
}): WithinAndOver & { limit: Quantity } {
  const { quantity, price, overCoefficient } = given;
  const limit = quantityOf(
    divideHalfAway(given.limitPerPersonAndDay * given.people * BigInt(given.days), 100n),
  );
  const { within, over } = cut(quantity, limit);
  const withinAmount = charge(within, price);
  const overAmount = moneyOf(divideHalfAway(over * price * overCoefficient, PRODUCT_PER_MINOR * ONE));
  return { limit, within, over, withinAmount, overAmount, amount: addMoney(withinAmount, overAmount) };
}

/** A social norm for each person: what is above has a price of its own (B.4.2). */
export function chargeSocialNorm(given: {
  quantity: Quantity;
  norm: Ratio;
  people: bigint;
  priceWithin: Price;
  priceOver: Price;
}): WithinAndOver {
  const limit = quantityOf(divideHalfAway(given.norm * given.people, 100n));
  const { within, over } = cut(given.quantity, limit);
  const withinAmount = charge(within, given.priceWithin);
  const overAmount = charge(over, given.priceOver);
  return { within, over, withinAmount, overAmount, amount: addMoney(withinAmount, overAmount) };
}

/** A price times a coefficient, as it is printed: rounded to a millionth; money is never made from it. */
export function priceTimes(price: Price, coefficient: Ratio): Price {
  return priceOf(divideHalfAway(price * coefficient, ONE));
}

function cut(quantity: Quantity, limit: Quantity): { within: Quantity; over: Quantity } {
  const within = quantity < limit ? quantity : limit;
  return { within, over: quantityOf(quantity - within) };
}
