import { type Price, type Quantity, quantityOf } from '../decimal';
import { charge, PRODUCT_PER_MINOR } from '../money';
import { cutVolume, type FlowingVolume } from './cut-volume';
import { onlyFact } from './dated';
import { addTariff } from './pro-rata';
import { type Dated, type DaySpan } from './snapshot';
import { type LineBeingMade } from './statement-line';
import { type Recorder } from './trace';

type Tariffs = readonly Dated<Price>[];

/**
 * Charges volumes together: summed first, rounded once a tariff. Where the tariff changes between the first day of one
 * and its last, it is split by days, each part but the last rounded, the last taking the remainder (specification B.6).
 * Days before the first tariff take the first. Answers whether every day had a tariff.
 */
export function chargeVolumes(
  line: LineBeingMade,
  volumes: readonly FlowingVolume[],
  tariffs: Tariffs,
  recorder: Recorder | undefined,
): boolean {
  let quantity = 0n;
  for (const volume of volumes) quantity += volume.quantity;
  line.quantity = quantityOf(quantity);
  const [first] = volumes;
  if (!first) return true;
  const only = onlyTariff(tariffs, first);
  if (!only || volumes.some((volume) => onlyTariff(tariffs, volume) !== only))
    return chargeParts(line, volumes, tariffs, recorder);
  addPart(line, only, { from: first.from, to: first.to, quantity: line.quantity }, recorder);
  return true;
}

function onlyTariff(tariffs: Tariffs, { from, to }: DaySpan): Dated<Price> | undefined {
  const first = tariffs[0];
  if (!first) return undefined;
  return onlyFact(tariffs, Math.max(from, first.from), to);
}

interface TariffPart extends DaySpan {
  readonly tariff: Dated<Price>;
  readonly quantity: bigint;
}

function chargeParts(
  line: LineBeingMade,
  volumes: readonly FlowingVolume[],
  tariffs: Tariffs,
  recorder: Recorder | undefined,
): boolean {
  // a part is known by the day its price ends, whatever day of it a volume begins on
  const parts = new Map<number, TariffPart>();
  let isWhole = true;
  for (const volume of volumes)
    for (const { fact, until, from, to, quantity } of cutVolume(volume, tariffs)) {
      const part = fact && (parts.get(until) ?? { from, to, tariff: fact, quantity: 0n });
      if (!part) isWhole = false;
      else parts.set(until, { ...part, quantity: part.quantity + quantity });
    }
  for (const [, part] of [...parts].sort(([one], [other]) => one - other))
    addPart(
      line,
      part.tariff,
      { from: part.from, to: part.to, quantity: quantityOf(part.quantity) },
      recorder,
    );
  return isWhole;
}

/** Charges a volume at one price, rounded once. */
export function addPart(
  line: LineBeingMade,
  tariff: Dated<Price>,
  { from, to, quantity }: DaySpan & { quantity: Quantity },
  recorder: Recorder | undefined,
): void {
  const amount = charge(quantity, tariff.value);
  addTariff(line, tariff, amount);
  recorder?.segment({
    from,
    to,
    quantity,
    price: tariff.value,
    tariffId: tariff.id,
    numerator: quantity * tariff.value,
    denominator: PRODUCT_PER_MINOR,
    amount,
  });
}
