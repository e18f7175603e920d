import { type Quantity } from '../decimal';
import { moneyOf } from '../money';
import { type FlowingVolume } from './cut-volume';
import { heatOf } from './rules/heating';
import { chargePlans } from './rules/plans';
import { flowed } from './rules/register-days';
import { type AccountService, type AccountSnapshot } from './snapshot';
import { type LineBeingMade, newLine } from './statement-line';
import { type Recorder } from './trace';
import { chargeVolume, chargeVolumes } from './volume-charge';

interface FlowContext {
  readonly account: AccountSnapshot;
  readonly recorder: Recorder | undefined;
}

/** Charges a volume of a service: as it flowed or the heat in it, at a price or by plans. Says whether all days had one. */
export function chargeFlow(
  line: LineBeingMade,
  volume: FlowingVolume,
  service: AccountService,
  context: FlowContext,
): boolean {
  const { terms } = service;
  const { recorder } = context;
  if (terms.heatNorms) return chargeVolumes(line, heatOf(volume, terms, recorder), terms.tariffs, recorder);
  if (terms.plans) return chargePlans(line, volume, service, context);
  return chargeVolume(line, volume, terms.tariffs, recorder);
}

/** Charges volumes that flowed one after the other: together, and rounded once a price. */
export function chargeFlows(
  line: LineBeingMade,
  volumes: readonly FlowingVolume[],
  service: AccountService,
  context: FlowContext,
): boolean {
  const { terms } = service;
  const { recorder } = context;
  if (terms.heatNorms) {
    const heats = volumes.flatMap((volume) => heatOf(volume, terms, recorder));
    return chargeVolumes(line, heats, terms.tariffs, recorder);
  }
  if (!terms.plans) return chargeVolumes(line, volumes, terms.tariffs, recorder);
  const days = { from: volumes[0]?.from ?? service.from, to: volumes.at(-1)?.to ?? service.to };
  return chargePlans(line, { ...days, quantity: flowed(volumes), weights: null }, service, context);
}

/** How much of a service a volume is: the heat in it, where that is charged. */
export function flowQuantity(volume: FlowingVolume, { terms }: AccountService): Quantity {
  return terms.heatNorms ? flowed(heatOf(volume, terms)) : volume.quantity;
}

/**
 * What a raised norm costs above the plain one: both rounded, the difference a figure of its own in the line
 * (specification B.3.2). The line's quantity stays the plain one.
 */
export function chargeExcess(
  line: LineBeingMade,
  volume: FlowingVolume,
  { raised, service, context }: { raised: Quantity; service: AccountService; context: FlowContext },
): void {
  const [plain, full] = [volume.quantity, raised].map((quantity) => {
    const scratch = newLine(service);
    chargeFlow(scratch, { ...volume, quantity }, service, { account: context.account, recorder: undefined });
    return scratch.charged;
  });
  const excess = moneyOf((full ?? 0n) - (plain ?? 0n));
  line.excess = moneyOf(line.excess + excess);
  line.charged = moneyOf(line.charged + excess);
  context.recorder?.addition({ kind: 'EXCESS', numerator: excess, denominator: 1n, amount: excess });
}
