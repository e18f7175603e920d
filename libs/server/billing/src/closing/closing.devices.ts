import {
  type AverageTerms,
  type Quantity,
  type SettledReading,
  type UnusableRegister,
  addMonths,
  averageVolume,
  firstDay,
  lastDay,
  quantityOf,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { type SnapshotScope, type Drafts, ofHouses } from './closing.drafts';
import { believed } from './closing.known';
import type { MonthReading, RegisterDraft } from './closing.meters';

/** How long ago a meter may have stopped working to be estimated by its average, or to lend its history to the next one. */
const REMEMBERED_MONTHS = 13;

/** A meter that works no longer, or whose verification ran out. */
interface EndedMeter {
  meter: string;
  kind: 'METER_WORKING' | 'METER_VERIFIED';
  factId: string;
  /** The first day on which it is not so, as a number. */
  since: number;
  /** Meters of the account and resource that began to work then or later, the earliest first, those at its place before. */
  successors: string[];
  /** Whether any other of them works on the month's last day. */
  hasOthers: boolean;
}

/** A meter that was taken down, and the one that took its place. */
interface Replacement {
  meter: number;
  successor: number;
  endedOn: number;
}

/**
 * What is out of the ordinary about meters: those that broke, were lost, are no longer verified, were replaced, or water
 * a garden. A town has few of them, and a batch without any does nothing here.
 */
export class Devices {
  readonly irrigation = new Set<number>();
  private readonly reasons = new Map<number, UnusableRegister>();
  readonly replacements: Replacement[] = [];
  private readonly byMeter = new Map<number, RegisterDraft[]>();
  /** Registers of meters that were taken down before the month, with the day, and of their successors. */
  private readonly gone = new Map<RegisterDraft, Replacement>();

  /** Says since when a meter's readings do not count; of several reasons the earliest stands. */
  unusable(meter: number, reason: UnusableRegister): void {
    const known = this.reasons.get(meter);
    if (!known || reason.since < known.since) this.reasons.set(meter, reason);
  }

  /** Puts what is known of its meter on a register that was just drawn up. */
  mark(meter: number, register: RegisterDraft): void {
    if (this.irrigation.has(meter)) register.isIrrigation = true;
    const reason = this.reasons.get(meter);
    if (reason) register.unusable = reason;
    if (this.replacements.length === 0) return;
    const known = this.byMeter.get(meter);
    if (known) known.push(register);
    else this.byMeter.set(meter, [register]);
    if (this.replacements.some(({ successor }) => successor === meter)) register.isFollower = true;
    const replacement = this.replacements.find((one) => one.meter === meter);
    if (replacement) this.gone.set(register, replacement);
  }

  get isEmpty(): boolean {
    return this.irrigation.size === 0 && this.reasons.size === 0 && this.replacements.length === 0;
  }

  /** Whether the readings of two months do not say all that is needed of a register. */
  lacksHistory(register: RegisterDraft, recent: number): boolean {
    const { current, earlier, unusable } = register;
    const replacement = this.gone.get(register);
    if (replacement) return replacement.endedOn >= recent || this.followerOf(register)?.current === null;
    return !current || earlier.length === 0 || (unusable !== undefined && current.on >= unusable.since);
  }

  /** The register of the same zone on the meter that took this one's place. */
  followerOf(register: RegisterDraft): RegisterDraft | undefined {
    const successor = this.gone.get(register)?.successor;
    const followers = successor === undefined ? [] : (this.byMeter.get(successor) ?? []);
    return followers.find(({ zone }) => zone === register.zone);
  }

  /** Registers of meters that were taken down. */
  taken(): IterableIterator<[RegisterDraft, Replacement]> {
    return this.gone.entries();
  }
}

/** Reads which meters of the batch stopped working or being verified, by one statement over an index of such rows. */
export async function readEndedMeters(
  tx: Tx,
  { period }: Catalogue,
  scope: SnapshotScope,
  { devices, workingMeters }: Drafts,
): Promise<void> {
  const since = firstDay(addMonths(period.month, -REMEMBERED_MONTHS));
  const found = await rows<EndedMeter>(tx, endedMeters(scope, { since, last: lastDay(period.month) }), []);
  const used = new Set<string>();
  for (const { meter, kind, factId, since: endedOn, successors, hasOthers } of found) {
    const id = Number(meter);
    if (kind === 'METER_VERIFIED') {
      devices.unusable(id, { since: endedOn, why: 'VERIFICATION_EXPIRED', id: factId });
      continue;
    }
    const successor = successors.find((one) => !used.has(one));
    if (successor !== undefined) {
      used.add(successor);
      workingMeters.add(id);
      devices.replacements.push({ meter: id, successor: Number(successor), endedOn });
    } else if (!hasOthers) {
      workingMeters.add(id);
      // a last reading is taken on the day on which it is taken down
      devices.unusable(id, { since: endedOn + 1, why: 'BROKEN', id: factId });
    }
  }
}

const endedMeters = (scope: SnapshotScope, { since, last }: { since: string; last: string }): string => `
  select f.subject_id::text as meter, f.kind, f.id::text as "factId", upper(f.valid) - date '1970-01-01' as since,
    array(select n.id::text from meter n
      join fact w on w.organization_id = n.organization_id and w.subject = 'METER' and w.subject_id = n.id
        and w.kind = 'METER_WORKING' and ${believed('w.known', scope.knownAt)} and w.value > 0
      where f.kind = 'METER_WORKING' and n.organization_id = m.organization_id and n.account_id = m.account_id
        and n.resource = m.resource and n.id <> m.id and lower(w.valid) between upper(f.valid) - 1 and date '${last}'
      order by lower(w.valid), n.place <> m.place, n.id) as successors,
    exists (select from meter n
      join fact w on w.organization_id = n.organization_id and w.subject = 'METER' and w.subject_id = n.id
        and w.kind = 'METER_WORKING' and ${believed('w.known', scope.knownAt)} and w.value > 0 and w.valid @> date '${last}'
      where n.organization_id = m.organization_id and n.account_id = m.account_id and n.resource = m.resource
        and n.id <> m.id) as "hasOthers"
  from fact f join meter m on m.organization_id = f.organization_id and m.id = f.subject_id and m.account_id is not null
  where ${ofHouses(scope, 'f')} and f.kind in ('METER_WORKING', 'METER_VERIFIED') and ${believed('f.known', scope.knownAt)}
    and not upper_inf(f.valid) and upper(f.valid) <= date '${last}' and f.subject = 'METER' and f.value > 0
    and (f.kind = 'METER_VERIFIED' or upper(f.valid) >= date '${since}')
    and not exists (select from fact n
      where n.organization_id = f.organization_id and n.subject = 'METER' and n.subject_id = f.subject_id
        and n.kind = f.kind and ${believed('n.known', scope.knownAt)} and n.valid @> date '${last}')
  order by upper(f.valid), f.id`;

interface Linking {
  /** The month that is charged, counted from year 0, and its first day. */
  now: number;
  from: number;
  averages: AverageTerms;
  historyOf: (register: RegisterDraft) => Quantity[];
}

/**
 * Joins what a meter counted until it was taken down, and the days until the next one stood, to the next one's volume
 * (specification B.8); and lends it the history that it has not yet. What was taken down is left out then.
 */
export function joinReplaced(devices: Devices, linking: Linking): Set<RegisterDraft> {
  const leftOut = new Set<RegisterDraft>();
  for (const [register, { endedOn }] of devices.taken()) {
    const follower = devices.followerOf(register);
    const start = follower?.previous ?? null;
    const isFirst = follower?.earlier.length === 1 && start !== null && tookOver(start, endedOn);
    if (follower && isFirst) join(register, { follower, start }, linking);
    if (follower && !follower.current)
      follower.history = [...linking.historyOf(register), ...follower.history];
    if (isFirst || !register.current) leftOut.add(register);
  }
  return leftOut;
}

/** A meter may be put in on the last day of the one before. */
const tookOver = (start: SettledReading, endedOn: number): boolean => start.on >= endedOn - 1;

/**
 * Readings of earlier months that were joined then: those of meters that were taken down, from the month on in which the
 * next one stood until that was read first, and this first one.
 */
export function joinedReadings(devices: Devices): Set<MonthReading> {
  const joined = new Set<MonthReading>();
  for (const [register, { endedOn }] of devices.taken()) {
    const { earlier } = register;
    const [start, first] = devices.followerOf(register)?.earlier ?? [];
    if (!start || !tookOver(start, endedOn) || earlier.length === 0) continue;
    if (first) joined.add(first);
    for (const reading of earlier)
      if (start.month < reading.month && reading.month <= (first ?? reading).month) joined.add(reading);
  }
  return joined;
}

function join(
  register: RegisterDraft,
  { follower, start }: { follower: RegisterDraft; start: SettledReading },
  { now, from, averages, historyOf }: Linking,
): void {
  const last = register.earlier.at(-1);
  const final = register.current ?? (last && heldUntil(last, { start, now, from }));
  if (!final) return;
  const average = averageVolume(historyOf(register), 1, averages) ?? NOTHING;
  follower.replaced = {
    registerId: register.registerId,
    shape: register.shape,
    previous: register.current && last ? last : final,
    final: { ...final, on: Math.min(final.on, start.on) },
    average,
    estimatedSince: register.current ? register.estimatedSince : NOTHING,
  };
}

const NOTHING = quantityOf(0n);

/**
 * A last reading that nothing followed: the days after it were estimated up to this month, but not those of it. They were
 * charged with it where the next meter stood already.
 */
function heldUntil(
  last: MonthReading,
  { start, now, from }: { start: SettledReading; now: number; from: number },
): SettledReading {
  return last.month >= now - 1 && start.on >= from ? last : { ...last, on: Math.max(last.on, from - 1) };
}
