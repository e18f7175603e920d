import { type Quantity, quantityOf } from '../decimal';
import { averageVolume } from '../estimate';
import { divideHalfAway } from '../rounding';
import { counted } from '../readings';
import { changeAfter, factOn, weightOver } from './dated';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type DaySpan,
  type Resource,
  type SettledReading,
  type Zone,
} from './snapshot';
import { type Recorder } from './trace';

/** What an account used of a resource in the month, in one zone, and by which basis that is known. */
export interface Volume extends DaySpan {
  readonly resource: Resource;
  readonly zone: Zone;
  readonly basis: 'METER' | 'NORM_PERSON' | 'ESTIMATE_AVERAGE' | 'ESTIMATE_NORM';
  /** Millionths. Below zero where earlier estimates were larger than what the meter then showed. */
  readonly quantity: Quantity;
  /** The days on which it was used: from one reading to the next, or the month. */
  readonly from: number;
  readonly to: number;
  /** What spreads it over those days; evenly where null. */
  readonly weights: readonly Dated<bigint>[] | null;
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

/**
 * Finds what an account used of each measured resource: by its meters, else by the average of their history, else by
 * the norm (specification B.3, B.7). Each resource and zone is there once, whoever charges it.
 */
export function consumption(account: AccountSnapshot, recorder?: Recorder): Volumes {
  const volumes: Volume[] = [];
  for (const service of account.services) {
    if (!isMeasured(service) || service.from >= service.to) continue;
    if (service.method !== 'METER' && service.method !== 'NORM_PERSON') continue;
    const { resource, zone } = service.terms;
    if (findVolume(volumes, resource, zone)) continue;
    recorder?.volume(resource, zone);
    volumes.push(
      service.method === 'METER'
        ? metered(account, service, recorder)
        : byNorm(account, service, 'NORM_PERSON', recorder),
    );
  }
  return volumes;
}

/** The volume of a resource in a zone. */
export function findVolume(volumes: Volumes, resource: Resource, zone: Zone): Volume | undefined {
  for (const volume of volumes) if (volume.resource === resource && volume.zone === zone) return volume;
  return undefined;
}

/** Volume by norm: people times days times the norm, over the days of the month, rounded once. */
function byNorm(
  account: AccountSnapshot,
  service: MeasuredService,
  basis: 'NORM_PERSON' | 'ESTIMATE_NORM',
  recorder?: Recorder,
): Volume {
  const { terms, from, to } = service;
  const coefficient = (basis === 'ESTIMATE_NORM' ? terms.estimateCoefficient : undefined) ?? ONE;
  let exact = 0n;
  for (let at = from; at < to;) {
    const norm = factOn(terms.norms, at);
    const end = Math.min(to, changeAfter(terms.norms, at));
    if (norm) exact += norm.value * weightOver(account.residents, at, end);
    if (norm) recorder?.input('NORM', norm.value, norm.id);
    at = end;
  }
  if (recorder) {
    for (const fact of account.residents) recorder.input('RESIDENTS', fact.value, fact.id);
    recorder.input('COEFFICIENT', coefficient);
  }
  const quantity = quantityOf(divideHalfAway(exact * coefficient, ONE * ONE * BigInt(account.period.days)));
  return {
    resource: terms.resource,
    zone: terms.zone,
    basis,
    quantity,
    from,
    to,
    weights: account.residents,
  };
}

/**
 * Volume by all meters of the resource. Where one has neither a reading nor enough history, the norm stands for all
 * of them, unless the others alone have counted more.
 */
function metered(account: AccountSnapshot, service: MeasuredService, recorder?: Recorder): Volume {
  const { resource, zone } = service.terms;
  let { from, to } = service;
  let total = 0n;
  let registers = 0;
  let basis: Volume['basis'] = 'METER';
  for (const register of account.registers) {
    if (register.resource !== resource || register.zone !== zone) continue;
    registers += 1;
    const { previous, current } = register;
    if (previous && current) {
      total += byReadings(register, previous, current);
      if (recorder) recordReadings(recorder, register);
      // what estimates have been charged for is spread over this month, all else over the days between the readings
      if (registers === 1 && register.estimatedSince === 0n && previous.on < current.on) {
        from = previous.on + 1;
        to = current.on + 1;
      }
      continue;
    }
    const average = averageVolume(register.history, register.missed);
    if (average === undefined) basis = 'ESTIMATE_NORM';
    else if (basis === 'METER') basis = 'ESTIMATE_AVERAGE';
    total += divideHalfAway((average ?? 0n) * BigInt(service.to - service.from), BigInt(account.period.days));
    recorder?.input('AVERAGE', average ?? 0n, register.registerId);
    recorder?.input('MISSED', BigInt(register.missed), register.registerId);
  }
  if (registers === 0 || basis === 'ESTIMATE_NORM') {
    const norm = byNorm(account, service, 'ESTIMATE_NORM', recorder);
    return norm.quantity >= total ? norm : { ...norm, quantity: quantityOf(total) };
  }
  if (basis === 'ESTIMATE_AVERAGE') ({ from, to } = service);
  return { resource, zone, basis, quantity: quantityOf(total), from, to, weights: null };
}

/** What the meter counted since the previous reading, less what estimates have been charged for meanwhile. */
function byReadings(register: AccountRegister, previous: SettledReading, current: SettledReading): bigint {
  return counted(previous.value, current.value, register.shape) - register.estimatedSince;
}

function recordReadings(recorder: Recorder, register: AccountRegister): void {
  const { previous, current } = register;
  if (previous) recorder.input('PREVIOUS_READING', previous.value, previous.id);
  if (current) recorder.input('CURRENT_READING', current.value, current.id);
  if (register.shape.factor !== undefined)
    recorder.input('FACTOR', register.shape.factor, register.registerId);
  if (register.estimatedSince !== 0n)
    recorder.input('ESTIMATED_SINCE', register.estimatedSince, register.registerId);
}
