import { type Quantity, quantityOf } from '../decimal';
import { divideHalfAway } from '../rounding';
import { cutAmong } from './cut-volume';
import { changeAfter, factOn, isUncovered, onlyFact, weightOver } from './dated';
import { raisedVolume } from './rules/coefficient';
import { peopleCharged } from './rules/people-charged';
import { MeteredSum, recordReadings } from './metered-sum';
import { boundsOf, portionOf, rowOf, spanOf } from './own-days';
import { asUsable } from './rules/register-days';
import { rowsOf } from './rules/whole-months';
import {
  type AccountService,
  type AccountSnapshot,
  clip,
  type Dated,
  type DaySpan,
  type Resource,
  type ServiceTerms,
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
  /** Whether it is what some meters counted though others could not be estimated: more than the norm of them all. */
  readonly isCounted?: true;
  /** The row that it was found by, on its days, where other rows are charged for other days: a meter was put in, say. */
  readonly part?: MeasuredService;
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
 * the norm (specification B.3, B.7). Each resource and zone is there once, whoever charges it: what flowed on a day is
 * found by the first service, in the order of the bill, that is charged for it on that day. It comes in parts where that
 * is not the same service, in the same terms, on all days that somebody is charged for.
 */
export function consumption(account: AccountSnapshot, recorder?: Recorder): Volumes {
  const volumes: Volume[] = [];
  for (const service of account.services) {
    if (!isFlowing(service)) continue;
    const { resource, zone } = service.terms;
    if (findVolume(volumes, resource, zone)) continue;
    recorder?.volume(resource, zone);
    if (isOnSameDays(service, account)) volumes.push(...volumesOf([service], account, recorder));
    else {
      const rows = rowsFinding(takersOf(service.terms, account));
      const found = volumesOf(rows, account, recorder);
      for (const [place, part] of rows.entries()) {
        const volume = found[place];
        if (volume) volumes.push({ ...volume, part });
      }
    }
  }
  return volumes;
}

/** The volume of a resource in a zone; the first of them where it was found in parts. */
function findVolume(volumes: Volumes, resource: Resource, zone: Zone): Volume | undefined {
  for (const volume of volumes) if (volume.resource === resource && volume.zone === zone) return volume;
  return undefined;
}

/**
 * The volumes of its resource that a service is charged for: what flowed on its own days. Where none did, the last of
 * them stands alone, of nothing, or there is none at all.
 */
export function volumesFor(volumes: Volumes, service: AccountService, account: AccountSnapshot): Volume[] {
  const { resource, zone } = service.terms;
  const own = volumes.filter((volume) => volume.resource === resource && volume.zone === zone);
  if (!own.some(({ part }) => part)) return own;
  const row = rowOf(service, account.services);
  const found = volumesOn(own, { row, account });
  const flowing = found.filter((one) => one.from < one.to);
  return flowing.length > 0 ? flowing : found.slice(-1);
}

/**
 * What of the volumes of one resource and zone flowed on the days of a row that takes it: by a norm it is counted anew
 * for them, and rounded once; of what meters counted or an act set the row has its portion.
 *
 * @param drain the service that takes it, where that is not charged for the resource itself
 */
export function volumesOn(
  own: Volumes,
  { row, drain, account }: { row: DaySpan; drain?: AccountService; account: AccountSnapshot },
): Volumes {
  const [first] = own;
  const { services } = account;
  const whole = first && services.find((one) => isFor(first, one));
  if (!first || (whole && !first.part && row.from <= whole.from && whole.to <= row.to)) return own;
  const rows = drain ? rowsOf(drain, services) : [];
  const taking = { row, bounds: boundsOf([...takersOf(first, account), ...rows]) };
  return own.flatMap((volume) => {
    const part = volume.part ?? whole;
    if (!part || !isMeasured(part)) return volume;
    const days = clip(row, part);
    const isNorm = volume.basis === 'NORM_PERSON' || (volume.basis === 'ESTIMATE_NORM' && !volume.isCounted);
    const isCut = days.from < days.to && days.to - days.from < part.to - part.from;
    if (isNorm && isCut) return { ...byNorm(account, { ...part, ...days }, volume.basis), part };
    return portionOf(volume, part, taking) ?? [];
  });
}

/** Whether a service is charged for a volume that flows on some day of the month. */
function isFlowing(service: AccountService): service is MeasuredService {
  if (!isMeasured(service) || service.from >= service.to) return false;
  return service.method === 'METER' || service.method === 'NORM_PERSON';
}

type Key = Pick<ServiceTerms, 'resource' | 'zone'>;

const isFor = ({ resource, zone }: Key, one: AccountService): one is MeasuredService =>
  one.terms.resource === resource && one.terms.zone === zone && isFlowing(one);

/** Whether all that are charged for the resource of a service are so on the same days: nearly always. */
function isOnSameDays({ terms, from, to }: MeasuredService, { services }: AccountSnapshot): boolean {
  for (const one of services) if (isFor(terms, one) && (one.from !== from || one.to !== to)) return false;
  return true;
}

/** The services that are charged for a resource on some day, in the order of the bill; each in its rows. */
export const takersOf = (key: Key, { services }: AccountSnapshot): MeasuredService[] =>
  services.filter((one) => isFor(key, one));

/** The rows that a resource is found by, one after the other: on each day the first of those that take it. */
export function rowsFinding(takers: readonly MeasuredService[]): MeasuredService[] {
  const rows: MeasuredService[] = [];
  let before: MeasuredService | undefined;
  const bounds = boundsOf(takers);
  for (const [place, from] of bounds.entries()) {
    const to = bounds[place + 1] ?? from;
    const finding = takers.find((one) => one.from <= from && to <= one.to && from < to);
    const last = rows.at(-1);
    if (finding && last && finding === before) rows[rows.length - 1] = { ...last, to };
    else if (finding) rows.push({ ...finding, from, to });
    before = finding;
  }
  return rows;
}

/** The act that sets the volume of a service. */
function actOf({ terms }: MeasuredService, { acts }: AccountSnapshot): VolumeAct | undefined {
  return acts?.find(({ resource, zone }) => resource === terms.resource && zone === terms.zone);
}

/**
 * The volume of each of the rows that a resource is found by. Those by a norm have their own days. What meters counted is
 * known of all their rows together, as what an act sets is, and is cut by days where one begins after another.
 */
function volumesOf(
  rows: readonly MeasuredService[],
  account: AccountSnapshot,
  recorder: Recorder | undefined,
): Volume[] {
  const [first] = rows;
  const act = first && actOf(first, account);
  if (act) return byAct(rows, act, recorder);
  if (first && rows.length === 1 && first.method === 'METER') return metered(account, rows, recorder);
  const byNorms = rows.map((row) =>
    row.method === 'METER' ? undefined : byNorm(account, row, 'NORM_PERSON', recorder),
  );
  const counting = rows.filter(({ method }) => method === 'METER');
  const counted = counting.length > 0 ? metered(account, counting, recorder) : [];
  return rows.flatMap((row, place) => byNorms[place] ?? counted[counting.indexOf(row)] ?? []);
}

/** Volume by norm: people times days times the norm, over the days of the month, rounded once. */
function byNorm(
  account: AccountSnapshot,
  service: MeasuredService,
  basis: Volume['basis'],
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
  const weights = onlyFact(terms.norms, from, to) ? people : weighedBy(terms.norms, people, service);
  const volume = { resource, zone, basis, quantity, from, to, weights, ...lacking };
  const raised = raisedVolume(account, service, { people, isEstimate: basis === 'ESTIMATE_NORM', recorder });
  return raised === undefined ? volume : { ...volume, raised };
}

/** What flows on each day by a norm that changes: that day's norm for that day's people. */
function weighedBy(
  norms: readonly Dated<bigint>[],
  people: readonly Dated<bigint>[],
  row: DaySpan,
): Dated<bigint>[] {
  return norms.flatMap((norm) =>
    people.flatMap((fact) => {
      const { from, to } = clip(clip(norm, fact), row);
      return from < to ? [{ from, to, value: norm.value * fact.value }] : [];
    }),
  );
}

/** A volume that an act sets, over the days of the rows that it is for. */
function byAct(rows: readonly MeasuredService[], act: VolumeAct, recorder?: Recorder): Volume[] {
  recorder?.input('ACT', act.quantity, act.id);
  const { resource, zone, quantity } = act;
  return cutAmong({ resource, zone, basis: 'ACT', quantity, ...spanOf(rows), weights: null }, rows);
}

/**
 * Volume by all meters of the resource, for each of the rows that are charged by them. Where one has neither a reading
 * nor enough history, the norm stands for all of them, unless the others alone have counted more.
 */
function metered(
  account: AccountSnapshot,
  rows: readonly MeasuredService[],
  recorder: Recorder | undefined,
): Volume[] {
  const [first] = rows;
  if (!first) return [];
  const { resource, zone } = first.terms;
  const sum = new MeteredSum(first.terms, rows);
  for (const given of account.registers) {
    if (given.resource !== resource || given.zone !== zone || given.isIrrigation) continue;
    const register = given.unusable ? asUsable(given, account.period) : given;
    const { previous, current } = register;
    if (previous && current) {
      sum.read(register, { previous, current }, account.period);
      if (recorder) recordReadings(recorder, register, { previous, current });
    } else sum.estimate(register, account.period, recorder);
  }
  if (sum.registers > 0 && sum.basis !== 'ESTIMATE_NORM') return cutAmong(sum.volume(resource, zone), rows);
  const norms = rows.map((row) => byNorm(account, row, 'ESTIMATE_NORM', recorder));
  const [norm] = norms;
  if (!norm || norms.reduce((total, { quantity }) => total + quantity, 0n) >= sum.total) return norms;
  const { basis } = norm;
  const weights = peopleCharged(account, first.terms);
  const lacking = norms.some(({ lacksNorm }) => lacksNorm) ? LACKS_NORM : undefined;
  const quantity = quantityOf(sum.total);
  const whole = {
    resource,
    zone,
    basis,
    quantity,
    ...spanOf(rows),
    weights,
    isCounted: true,
    ...lacking,
  } as const;
  return cutAmong(whole, rows);
}
