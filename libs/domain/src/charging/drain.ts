import { quantityOf } from '../decimal';
import { counted } from '../readings';
import {
  type MeasuredService,
  rowsFinding,
  takersOf,
  type Volume,
  type Volumes,
  volumesOn,
} from './consumption';
import { cutAmong, type FlowingVolume } from './cut-volume';
import { boundsOf, portionOf, rowOf } from './own-days';
import { rowsOf } from './rules/whole-months';
import { type AccountRegister, type AccountService, type AccountSnapshot, type Resource } from './snapshot';
import { type Recorder } from './trace';

export function isWater(resource: Resource | null): boolean {
  return resource === 'COLD_WATER' || resource === 'HOT_WATER';
}

/**
 * What went down the drain on the days of its service: of the account's waters, of the house's that stands in its rows,
 * less what went to the garden.
 */
export function drained(
  service: AccountService,
  shared: readonly FlowingVolume[],
  {
    account,
    volumes,
    recorder,
  }: { account: AccountSnapshot; volumes: Volumes; recorder: Recorder | undefined },
): FlowingVolume[] {
  const rows = rowsOf(service, account.services);
  const row = rowOf(service, account.services);
  const flows = watersOf(volumes, recorder).flatMap((own) => volumesOn(own, { row, rows, account }));
  return [
    ...flows,
    ...shared.flatMap((flow) => portionOf(flow, flow, { row, bounds: boundsOf([flow, ...rows]) }) ?? []),
    ...account.registers.flatMap((register) => {
      const volume = irrigationOf(register, recorder);
      return volume ? ofGarden(volume, takersOf(register, account), { row, rows }) : [];
    }),
  ].filter(({ from, to }) => from < to);
}

/** What of the garden's water belongs to a row: as that of the rows which its resource is found by. */
function ofGarden(
  volume: FlowingVolume,
  takers: readonly MeasuredService[],
  { row, rows }: { row: AccountService; rows: readonly AccountService[] },
): FlowingVolume[] {
  const parts = takers.length > 0 ? rowsFinding(takers) : rows;
  const taking = { row, bounds: boundsOf([...takers, ...rows]) };
  return cutAmong(volume, parts).flatMap((flow, place) => portionOf(flow, parts[place] ?? row, taking) ?? []);
}

/** The volumes of each water, in the order in which they were found. */
function watersOf(volumes: Volumes, recorder: Recorder | undefined): Volume[][] {
  const waters = new Map<string, Volume[]>();
  for (const volume of volumes) {
    const { resource, zone } = volume;
    if (!isWater(resource)) continue;
    recorder?.uses(resource, zone);
    const key = `${resource} ${zone}`;
    const own = waters.get(key);
    if (own) own.push(volume);
    else waters.set(key, [volume]);
  }
  return [...waters.values()];
}

/** What goes to the garden: a volume below zero that drainage takes along (specification B.3, sewerage). */
function irrigationOf(
  { previous, current, shape, registerId, isIrrigation }: AccountRegister,
  recorder: Recorder | undefined,
): FlowingVolume | undefined {
  if (!isIrrigation || !previous || !current) return undefined;
  const quantity = counted(previous.value, current.value, shape);
  recorder?.input('IRRIGATION', quantity, registerId);
  const from = Math.min(previous.on, current.on - 1) + 1;
  return { from, to: current.on + 1, quantity: quantityOf(-quantity), weights: null };
}
