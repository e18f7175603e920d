import { type Price, type Quantity, quantityOf } from '../decimal';
import { charge, PRODUCT_PER_MINOR } from '../money';
import { divideHalfAway } from '../rounding';
import { changeAfter, factOn, onlyFact, weightOver } from './dated';
import { addTariff } from './pro-rata';
import { type Dated, type DaySpan } from './snapshot';
import { type LineBeingMade } from './statement-line';
import { type Recorder } from './trace';

/** A volume and the days it flowed on: evenly, or by weights (people) where there are some. */
export interface FlowingVolume extends DaySpan {
  readonly quantity: Quantity;
  readonly weights: readonly Dated<bigint>[] | null;
}

type Tariffs = readonly Dated<Price>[];

/**
 * Charges a volume. Where the tariff changes between its first day and its last, the volume is split by days, each
 * part but the last rounded, the last taking the remainder (specification B.6). Days before the first tariff take the
 * first. Answers whether every day had a tariff.
 */
export function chargeVolume(
  line: LineBeingMade,
  volume: FlowingVolume,
  tariffs: Tariffs,
  recorder: Recorder | undefined,
): boolean {
  line.quantity = volume.quantity;
  const only = onlyTariff(tariffs, volume);
  if (!only) return chargeParts(line, [volume], tariffs, recorder);
  addPart(line, only, volume, recorder);
  return true;
}

/** Charges several volumes together: summed first, rounded once a tariff. */
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
  return onlyFact(tariffs, from < first.from ? first.from : from, to);
}

interface TariffPart extends DaySpan {
  readonly tariff: Dated<Price>;
  quantity: bigint;
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
  for (const volume of volumes) isWhole = splitVolume(parts, volume, tariffs) && isWhole;
  for (const [, part] of [...parts].sort(([one], [other]) => one - other))
    addPart(
      line,
      part.tariff,
      { from: part.from, to: part.to, quantity: quantityOf(part.quantity) },
      recorder,
    );
  return isWhole;
}

function splitVolume(parts: Map<number, TariffPart>, volume: FlowingVolume, tariffs: Tariffs): boolean {
  const { from, to, quantity, weights } = volume;
  const whole = weights ? weightOver(weights, from, to) : BigInt(to - from);
  const opens = tariffs[0]?.from ?? to;
  let left: bigint = quantity;
  let isWhole = true;
  for (let at = from; at < to;) {
    const tariff = factOn(tariffs, Math.max(at, opens));
    const change = changeAfter(tariffs, Math.max(at, opens));
    const end = Math.min(to, change);
    const weight = weights ? weightOver(weights, at, end) : BigInt(end - at);
    const share = end === to ? left : whole === 0n ? 0n : divideHalfAway(quantity * weight, whole);
    left -= share;
    if (tariff) {
      const part = parts.get(change) ?? { from: at, to: end, tariff, quantity: 0n };
      part.quantity += share;
      parts.set(change, part);
    } else isWhole = false;
    at = end;
  }
  return isWhole;
}

function addPart(
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
