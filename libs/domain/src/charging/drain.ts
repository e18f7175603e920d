import { quantityOf } from '../decimal';
import { counted } from '../readings';
import { type MeasuredService, rowsFinding, takersOf, type Volumes, volumesOn } from './consumption';
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
  const row = rowOf(service, account.services);
  const flows: FlowingVolume[] = [];
  for (let at = 0; at < volumes.length;) {
    const own = volumesAt(volumes, at);
    at += own.length;
    if (!isWater(own[0]?.resource ?? null)) continue;
    for (const { resource, zone } of own) recorder?.uses(resource, zone);
    flows.push(...volumesOn(own, { row, drain: service, account }));
  }
  for (const flow of shared) {
    const rows = rowsOf(service, account.services);
    const portion = portionOf(flow, flow, { row, bounds: boundsOf([flow, ...rows]) });
    if (portion) flows.push(portion);
  }
  for (const register of account.registers) {
    const volume = irrigationOf(register, recorder);
    const rows = volume ? rowsOf(service, account.services) : [];
    if (volume) flows.push(...ofGarden(volume, takersOf(register, account), { row, rows }));
  }
  return flows.filter(({ from, to }) => from < to);
}

/** The volumes of one resource and zone that begin at a place: they stand together. */
function volumesAt(volumes: Volumes, at: number): Volumes {
  const first = volumes[at];
  let end = at + 1;
  while (volumes[end]?.resource === first?.resource && volumes[end]?.zone === first?.zone) end += 1;
  return volumes.slice(at, end);
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
