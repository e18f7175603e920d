import { type Price, type Quantity, quantityOf, type Ratio, ratioOf } from '../../decimal';
import { moneyOf, PRODUCT_PER_MINOR } from '../../money';
import { divideHalfAway } from '../../rounding';
import { chargeBlocks, chargeBlocksWhole, priceTimes, type TariffBlock } from '../../tariff-plans';
import { cutVolume, type FlowingVolume } from '../cut-volume';
import { weightOver } from '../dated';
import { addTariff } from '../pro-rata';
import { type AccountService, type AccountSnapshot, type Dated, type DaySpan } from '../snapshot';
import { type LineBeingMade } from '../statement-line';
import { type Recorder } from '../trace';

/**
 * A price that depends on the volume of the month (specification B.4). Limits are those of a whole month; where a plan
 * begins or ends in the middle of the volume's days, or an account is charged for a part of the month, they shrink
 * with the days, rounded once to a millionth.
 */
export type TariffPlan =
  | { readonly kind: 'FLAT'; readonly price: Price }
  | {
      readonly kind: 'BLOCKS';
      /** MARGINAL: each slice at its block's price; WHOLE: all at the price of the block that the volume falls into. */
      readonly application: 'MARGINAL' | 'WHOLE';
      /** Whether the limits are for each person. */
      readonly perPerson: boolean;
      readonly blocks: readonly TariffBlock[];
    }
  | {
      readonly kind: 'SOCIAL_NORM';
      readonly normPerPerson: Ratio;
      readonly price: Price;
      readonly priceOver: Price;
    }
  | {
      readonly kind: 'DAILY_LIMIT';
      readonly limitPerPersonAndDay: Ratio;
      readonly price: Price;
      /** What the price above the limit is multiplied with; the product is not rounded. */
      readonly overCoefficient: Ratio;
    };

/** A plan on some days, and the tariff's row that it comes from. */
export interface DatedPlan extends DaySpan {
  readonly plan: TariffPlan;
  readonly id?: string;
}

const ONE = 100_000_000n;
const UNIT = 1_000_000n;

/** Charges a volume by plans. Answers whether every day had one. @throws RangeError where a block is missing above */
export function chargePlans(
  line: LineBeingMade,
  volume: FlowingVolume,
  service: AccountService,
  { account, recorder }: { account: AccountSnapshot; recorder: Recorder | undefined },
): boolean {
  const plans = service.terms.plans ?? [];
  const places = plans.map(({ from, to }, place): Dated<bigint> => ({ from, to, value: BigInt(place) }));
  const limits = limitsOf(service, account, volume);
  line.quantity = volume.quantity;
  let isWhole = true;
  for (const part of cutVolume(volume, places)) {
    const dated = part.fact && plans[Number(part.fact.value)];
    if (!dated) isWhole = false;
    else
      for (const slice of slicesOf(dated.plan, part, limits))
        addSlice(line, slice, { dated, part, recorder });
  }
  return isWhole;
}

/** A part of a volume at a price; the coefficient raises the price without rounding it. */
interface Slice {
  readonly quantity: Quantity;
  readonly price: Price;
  readonly coefficient?: Ratio;
}

/** What limits are multiplied with: person days, or days, of the part's share in a month. */
interface Limits {
  readonly personDays: bigint;
  readonly serviceDays: bigint;
  readonly monthDays: bigint;
  readonly volumeDays: bigint;
}

function limitsOf(service: AccountService, account: AccountSnapshot, volume: DaySpan): Limits {
  return {
    personDays: weightOver(account.residents, service.from, service.to),
    serviceDays: BigInt(service.to - service.from),
    monthDays: BigInt(account.period.days),
    volumeDays: BigInt(volume.to - volume.from),
  };
}

function slicesOf(plan: TariffPlan, part: FlowingVolume, limits: Limits): readonly Slice[] {
  const { quantity } = part;
  const share = BigInt(part.to - part.from);
  switch (plan.kind) {
    case 'FLAT':
      return [{ quantity, price: plan.price }];
    case 'BLOCKS':
      return blockSlices(plan, quantity, (upTo) => blockLimit(upTo, plan.perPerson, share, limits));
    case 'SOCIAL_NORM': {
      const exact = plan.normPerPerson * limits.personDays * share;
      const norm = quantityOf(divideHalfAway(exact, ONE * limits.monthDays * limits.volumeDays));
      return cutAt(quantity, norm, [{ price: plan.price }, { price: plan.priceOver }]);
    }
    case 'DAILY_LIMIT': {
      const exact = plan.limitPerPersonAndDay * limits.personDays * share;
      const limit = quantityOf(divideHalfAway(exact, ONE * limits.volumeDays));
      const { price, overCoefficient } = plan;
      return cutAt(quantity, limit, [{ price }, { price, coefficient: overCoefficient }]);
    }
  }
}

function blockLimit(upTo: Quantity, perPerson: boolean, share: bigint, limits: Limits): Quantity {
  const { personDays, serviceDays, monthDays, volumeDays } = limits;
  return quantityOf(
    perPerson
      ? divideHalfAway(upTo * personDays * share, UNIT * monthDays * volumeDays)
      : divideHalfAway(upTo * serviceDays * share, monthDays * volumeDays),
  );
}

function blockSlices(
  { application, blocks }: Extract<TariffPlan, { kind: 'BLOCKS' }>,
  quantity: Quantity,
  limitOf: (upTo: Quantity) => Quantity,
): readonly Slice[] {
  const [first] = blocks;
  // a correction below zero belongs to the first block
  if (first && quantity <= 0n) return [{ quantity, price: first.price }];
  const scaled = blocks.map(({ upTo, price }) => ({ upTo: upTo === null ? null : limitOf(upTo), price }));
  if (application === 'WHOLE') return [chargeBlocksWhole(quantity, scaled)];
  return chargeBlocks(quantity, scaled).lines.filter((line) => line.quantity !== 0n);
}

function cutAt(
  quantity: Quantity,
  limit: Quantity,
  [within, over]: readonly [Omit<Slice, 'quantity'>, Omit<Slice, 'quantity'>],
): readonly Slice[] {
  if (quantity <= limit) return [{ ...within, quantity }];
  const above = { ...over, quantity: quantityOf(quantity - limit) };
  return limit === 0n ? [above] : [{ ...within, quantity: limit }, above];
}

interface SlicePlace {
  readonly dated: DatedPlan;
  readonly part: DaySpan;
  readonly recorder: Recorder | undefined;
}

function addSlice(line: LineBeingMade, slice: Slice, { dated, part, recorder }: SlicePlace): void {
  const { quantity, price, coefficient = ratioOf(ONE) } = slice;
  const { from, to, id } = dated;
  const numerator = quantity * price * coefficient;
  const denominator = PRODUCT_PER_MINOR * ONE;
  const amount = moneyOf(divideHalfAway(numerator, denominator));
  addTariff(line, { from, to, value: price, ...(id === undefined ? {} : { id }) }, amount);
  recorder?.segment({
    from: part.from,
    to: part.to,
    quantity,
    price: priceTimes(price, coefficient),
    tariffId: id,
    numerator,
    denominator,
    amount,
  });
}
