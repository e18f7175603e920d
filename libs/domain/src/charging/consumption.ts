import { type Quantity, quantityOf } from '../decimal';
import { divideHalfAway } from '../rounding';
import { cutForPart, type FlowingVolume } from './cut-volume';
import { counted } from '../readings';
import { changeAfter, factOn, isUncovered, weightOver } from './dated';
import { raisedVolume } from './rules/coefficient';
import { peopleCharged } from './rules/people-charged';
import { MeteredSum, recordReadings } from './metered-sum';
import { asUsable } from './rules/register-days';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type DaySpan,
  type Resource,
  type VolumeAct,
  type Zone,
} from './snapshot';
import { type Recorder } from './trace';

/** What an account used of a resource in the month, in one zone, and by which basis that is known. */
export interface Volume extends DaySpan {
  readonly resource: Resource;
  readonly zone: Zone;
  readonly basis: 'METER' | 'NORM_PERSON' | 'ESTIMATE_AVERAGE' | 'ESTIMATE_NORM' | 'ACT';
  /** Millionths. Below zero where earlier estimates were larger than what the meter then showed. */
  readonly quantity: Quantity;
  /** What is charged instead where the norm is raised; it flows into no common volume and no drain. */
  readonly raised?: Quantity;
  /** Whether it is by a norm that some day with people has not: it is too little then. */
  readonly lacksNorm?: true;
  /** The days on which it was used: from one reading to the next, or the month. */
  readonly from: number;
  readonly to: number;
  /** What spreads it over those days; evenly where null. */
  readonly weights: readonly Dated<bigint>[] | null;
  /** The days of the service that it is charged for, where the service came in parts: by a norm, say, and then by a meter. */
  readonly part?: DaySpan;
}

export type Volumes = readonly Volume[];

/** A service that something flows for. */
export type MeasuredService = AccountService & {
  readonly terms: { readonly resource: Resource; readonly zone: Zone };
};

/** Whether something flows that a meter or a norm gives the volume of. */
export function isMeasured(service: AccountService): service is MeasuredService {
  return service.terms.resource !== null && service.terms.zone !== null;
}

const ONE = 100_000_000n;
const LACKS_NORM = { lacksNorm: true } as const;

/**
 * Finds what an account used of each measured resource: by its meters, else by the average of their history, else by
 * the norm (specification B.3, B.7). Each resource and zone is there once, whoever charges it; once a part where the
 * service that it is found by comes in parts (specification B.2).
 */
export function consumption(account: AccountSnapshot, recorder?: Recorder): Volumes {
  const volumes: Volume[] = [];
  for (const service of account.services) {
    if (!isFlowing(service)) continue;
    const { resource, zone } = service.terms;
    if (findVolume(volumes, resource, zone)) continue;
    recorder?.volume(resource, zone);
    const parts = partsOf(service, account);
    if (parts.length === 1) volumes.push(volumeOf(service, account, recorder));
    else volumes.push(...volumesOfParts(parts, account, recorder));
  }
  return volumes;
}

/** The volume of a resource in a zone; the first of them where it was found in parts. */
function findVolume(volumes: Volumes, resource: Resource, zone: Zone): Volume | undefined {
  for (const volume of volumes) if (volume.resource === resource && volume.zone === zone) return volume;
  return undefined;
}

/**
 * The volumes of its resource that a service is charged for: all of them, or what flowed on the days of a part. One that
 * flowed on none of them stands alone or not at all.
 */
export function volumesFor(volumes: Volumes, service: AccountService, account: AccountSnapshot): Volume[] {
  const { resource, zone } = service.terms;
  const own = volumes.filter((volume) => volume.resource === resource && volume.zone === zone);
  const parts = partsOf(service, account);
  if (parts.length < 2) return own;
  const { from, to } = service;
  const ofPart = own.flatMap((volume) => {
    const { part } = volume;
    if (part && (part.to <= from || to <= part.from)) return [];
    const isWhole = part && from <= part.from && part.to <= to;
    return isWhole ? volume : cutTo(volume, service, parts);
  });
  const flowing = ofPart.filter((one) => one.from < one.to);
  return flowing.length > 0 ? flowing : ofPart.slice(-1);
}

/** Whether a service is charged for a volume that flows on some day of the month. */
function isFlowing(service: AccountService): service is MeasuredService {
  if (!isMeasured(service) || service.from >= service.to) return false;
  return service.method === 'METER' || service.method === 'NORM_PERSON';
}

/** The rows of a service, one after the other: it begins to be charged otherwise within the month. */
function partsOf(service: AccountService, { services }: AccountSnapshot): MeasuredService[] {
  const { serviceId, resource, zone } = service.terms;
  const parts: MeasuredService[] = [];
  for (const one of services)
    if (one.terms.serviceId === serviceId && isFlowing(one) && one.terms.resource === resource)
      if (one.terms.zone === zone) parts.push(one);
  return parts;
}

/** The act that sets the volume of a service. */
function actOf({ terms }: MeasuredService, { acts }: AccountSnapshot): VolumeAct | undefined {
  return acts?.find(({ resource, zone }) => resource === terms.resource && zone === terms.zone);
}

function volumeOf(
  service: MeasuredService,
  account: AccountSnapshot,
  recorder: Recorder | undefined,
): Volume {
  const act = actOf(service, account);
  if (act) return byAct(service, act, recorder);
  return service.method === 'METER'
    ? metered(account, service, recorder)
    : byNorm(account, service, 'NORM_PERSON', recorder);
}

/**
 * A volume a part. Parts by a norm have their own days. What meters counted is known of all their parts together, as
 * what an act sets is, and is cut by days where one begins after another.
 */
function volumesOfParts(
  parts: readonly MeasuredService[],
  account: AccountSnapshot,
  recorder: Recorder | undefined,
): Volume[] {
  const isTogether = (part: MeasuredService): boolean =>
    part.method === 'METER' || actOf(part, account) !== undefined;
  const together = parts.filter(isTogether);
  const [first] = together;
  const last = together.at(-1);
  const whole = first && last && volumeOf({ ...first, to: last.to }, account, recorder);
  const byNorms = parts.filter((part) => !isTogether(part));
  return [
    ...byNorms.map((part) => ({ ...volumeOf(part, account, recorder), part })),
    ...(whole ? together.map((part) => ({ ...cutTo(whole, part, together), part })) : []),
  ].sort((one, other) => one.part.from - other.part.from);
}

/** What of a volume, and of what is charged instead of it, falls to one of the rows that a service comes in. */
function cutTo(volume: Volume, row: DaySpan, rows: readonly DaySpan[]): Volume {
  const { raised } = volume;
  const { quantity, from, to } = cutForPart(volume, row, rows);
  const part = { ...volume, quantity, from, to };
  if (raised === undefined) return part;
  return { ...part, raised: cutForPart({ ...volume, quantity: raised }, row, rows).quantity };
}

/** Volume by norm: people times days times the norm, over the days of the month, rounded once. */
function byNorm(
  account: AccountSnapshot,
  service: MeasuredService,
  basis: 'NORM_PERSON' | 'ESTIMATE_NORM',
  recorder?: Recorder,
): Volume {
  const { terms, from, to } = service;
  const people = peopleCharged(account, terms);
  let exact = 0n;
  for (let at = from; at < to;) {
    const norm = factOn(terms.norms, at);
    const end = Math.min(to, changeAfter(terms.norms, at));
    if (norm) exact += norm.value * weightOver(people, at, end);
    if (norm) recorder?.input('NORM', norm.value, norm.id, { from: at, to: end });
    at = end;
  }
  if (recorder) {
    for (const fact of people) recorder.input('RESIDENTS', fact.value, fact.id, fact);
  }
  const quantity = quantityOf(divideHalfAway(exact, ONE * BigInt(account.period.days)));
  const { resource, zone } = terms;
  const lacking = isUncovered(terms.norms, service, people) ? LACKS_NORM : undefined;
  const volume = { resource, zone, basis, quantity, from, to, weights: people, ...lacking };
  const raised = raisedVolume(account, service, { people, isEstimate: basis === 'ESTIMATE_NORM', recorder });
  return raised === undefined ? volume : { ...volume, raised };
}

/** A volume that an act sets, over the days of the service. */
function byAct({ terms, from, to }: MeasuredService, act: VolumeAct, recorder?: Recorder): Volume {
  recorder?.input('ACT', act.quantity, act.id);
  const { resource, zone } = terms;
  return { resource, zone, basis: 'ACT', quantity: act.quantity, from, to, weights: null };
}

/**
 * Volume by all meters of the resource. Where one has neither a reading nor enough history, the norm stands for all
 * of them, unless the others alone have counted more.
 */
function metered(account: AccountSnapshot, service: MeasuredService, recorder?: Recorder): Volume {
  const { resource, zone } = service.terms;
  const sum = new MeteredSum(service);
  for (const given of account.registers) {
    if (given.resource !== resource || given.zone !== zone || given.isIrrigation) continue;
    const register = given.unusable ? asUsable(given, account.period) : given;
    const { previous, current } = register;
    if (previous && current) {
      sum.read(register, { previous, current }, account.period);
      if (recorder) recordReadings(recorder, register, { previous, current });
    } else sum.estimate(register, account.period, recorder);
  }
  if (sum.registers > 0 && sum.basis !== 'ESTIMATE_NORM') return sum.volume(resource, zone);
  const norm = byNorm(account, service, 'ESTIMATE_NORM', recorder);
  if (norm.quantity >= sum.total) return norm;
  const { basis, from, to, weights } = norm;
  const lacking = norm.lacksNorm ? LACKS_NORM : undefined;
  return { resource, zone, basis, quantity: quantityOf(sum.total), from, to, weights, ...lacking };
}

/** Adds what goes to the garden: a volume below zero that drainage takes along (specification B.3, sewerage). */
export function addIrrigation(
  water: FlowingVolume[],
  { previous, current, shape, registerId }: AccountRegister,
  recorder: Recorder | undefined,
): void {
  if (!previous || !current) return;
  const quantity = counted(previous.value, current.value, shape);
  recorder?.input('IRRIGATION', quantity, registerId);
  const from = Math.min(previous.on, current.on - 1) + 1;
  water.push({ from, to: current.on + 1, quantity: quantityOf(-quantity), weights: null });
}
