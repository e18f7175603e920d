import { type Quantity, quantityOf } from '../decimal';
import { moneyOf } from '../money';
import { type FlowingVolume } from './cut-volume';
import { heatOf } from './rules/heating';
import { chargePlans } from './rules/plans';
import { flowed } from './rules/register-days';
import { type AccountService, type AccountSnapshot } from './snapshot';
import { type LineBeingMade, newLine } from './statement-line';
import { type Recorder } from './trace';
import { chargeVolumes } from './volume-charge';

interface FlowContext {
  readonly account: AccountSnapshot;
  readonly recorder: Recorder | undefined;
}

/**
 * Charges volumes of a service that flowed one after the other, rounded once a price: as they flowed or the heat in them,
 * at a price or by plans. Says whether all days had one.
 */
export function chargeFlow(
  line: LineBeingMade,
  volumes: readonly FlowingVolume[],
  service: AccountService,
  context: FlowContext,
): boolean {
  const { terms } = service;
  const { recorder } = context;
  if (terms.plans && !terms.heatNorms) return chargePlans(line, together(volumes), service, context);
  const flowing = terms.heatNorms ? volumes.flatMap((volume) => heatOf(volume, terms, recorder)) : volumes;
  return chargeVolumes(line, flowing, terms.tariffs, recorder);
}

/** One volume of several that flowed one after the other. */
function together(volumes: readonly FlowingVolume[]): FlowingVolume {
  return volumes.reduce(({ from, quantity }, next) => ({
    from,
    to: next.to,
    quantity: quantityOf(quantity + next.quantity),
    weights: null,
  }));
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
    chargeFlow(scratch, [{ ...volume, quantity }], service, {
      account: context.account,
      recorder: undefined,
    });
    return scratch.charged;
  });
  const excess = moneyOf((full ?? 0n) - (plain ?? 0n));
  line.excess = moneyOf(line.excess + excess);
  line.charged = moneyOf(line.charged + excess);
  context.recorder?.addition({ kind: 'EXCESS', numerator: excess, denominator: 1n, amount: excess });
}
