import { splitByDays } from '../days-share';
import { type Quantity, quantityOf } from '../decimal';
import { counted, type RegisterShape } from '../readings';
import { divideHalfAway, split } from '../rounding';
import { type DaySpan } from './snapshot';

/** What a service was charged for a resource in a month, on the days that it was charged for; nothing that a house shared. */
export interface ChargedVolume extends DaySpan {
  readonly quantity: bigint;
}

/**
 * What each of the registers that were silent in a month was taken to have counted in it (specification B.7): what
 * flowed, less what the others counted, evenly. Services of one resource are charged for the same water: a day's counts
 * once, by the service of the most days, whoever else was charged for it. None where the others counted more than all.
 */
export function silentVolumes(
  lines: readonly ChargedVolume[],
  { counted, silent }: { counted: bigint; silent: number },
): Quantity[] {
  const left = flowedBy(lines) - counted;
  if (lines.length === 0 || silent === 0 || left < 0n) return [];
  return split(
    left,
    Array.from({ length: silent }, () => 1n),
  ).map(quantityOf);
}

/**
 * What a register counted since its last reading, given by days to the months that were silent since then, the oldest
 * first, and the remainder to the month of the reading (specification B.7, REDISTRIBUTE).
 */
export function redistribute(
  quantity: Quantity,
  { silent, own }: { silent: readonly DaySpan[]; own: DaySpan },
): { silent: Quantity[]; own: Quantity } {
  const shares = splitByDays(quantity, [...silent, own].map(daysOf));
  return { silent: shares.slice(0, -1), own: shares.at(-1) ?? quantity };
}

/** A reading of an earlier month, by the month's number. */
export interface EarlierReading {
  readonly month: number;
  readonly value: Quantity;
  /**
   * All that it counted was charged in its own month, also where that redistributes: it was the last of a register that
   * was replaced, or the first of the one in its place.
   */
  readonly isJoined?: boolean;
}

/** A register by its readings of earlier months, the latest last. */
export interface ReadRegister {
  readonly earlier: readonly EarlierReading[];
  readonly shape: RegisterShape;
}

/** A month that registers were silent in, or read, by its number. */
export interface GuessedMonth extends DaySpan {
  readonly number: number;
  /** What was charged by estimate; none where it was charged otherwise: by an act, say. */
  readonly lines: readonly ChargedVolume[];
  /** A reading that came in it was spread over the estimated months before. */
  readonly redistributes: boolean;
}

/** What registers were taken to have counted in a silent month, and what their readings gave it in place of that. */
export interface SettledVolume {
  readonly estimated: Quantity;
  readonly counted: Quantity;
}

/** What a register was taken to have counted in a month: one of those that the others left for the silent. */
export interface SilentShare<M extends GuessedMonth> {
  readonly month: M;
  readonly quantity: Quantity;
  /** What the others were charged for, how many were silent, and which of these it was, from 0. */
  readonly counted: Quantity;
  readonly silent: number;
  readonly place: number;
  /** Of those that were silent with it, what readings have settled since: those that were spread over their months. */
  readonly settled?: SettledVolume;
}

/**
 * What each of the registers of one water was taken to have counted in the months since its last reading. Who was silent
 * in a month is who was so then, whatever was read since: the month is divided as it was charged, and a register that was
 * read meanwhile counts in that month for what it was charged there.
 *
 * @param months the oldest first, from the one on that any reading among them reaches back to: those that were charged by
 *   estimate, and those of a reading, however charged
 */
export function silentShares<M extends GuessedMonth>(
  registers: readonly ReadRegister[],
  months: readonly M[],
): SilentShare<M>[][] {
  const all = registers.map((register) => ({ register, shares: new Array<SilentShare<M>>() }));
  const settled = new Map<M, SettledVolume>();
  for (const month of months) {
    let known = 0n;
    const silent: SilentShare<M>[][] = [];
    for (const { register, shares } of all) {
      const place = register.earlier.findLastIndex((one) => one.month <= month.number);
      const reading = register.earlier[place];
      if (reading && reading.month < month.number) silent.push(shares);
      else if (reading) {
        const charged = chargedBy(register, place, { month, shares });
        known += charged.own;
        for (const { month: of, ...part } of charged.settled)
          settled.set(of, together(settled.get(of), part));
      }
    }
    const told = { counted: quantityOf(known), silent: silent.length };
    for (const [place, quantity] of silentVolumes(month.lines, told).entries())
      silent[place]?.push({ month, quantity, ...told, place });
  }
  return all.map(({ register, shares }) =>
    sharesSince(register.earlier.at(-1), shares).map((share) => {
      const already = settled.get(share.month);
      return already ? { ...share, settled: already } : share;
    }),
  );
}

const sharesSince = <M extends GuessedMonth>(
  reading: EarlierReading | undefined,
  shares: readonly SilentShare<M>[],
): SilentShare<M>[] => shares.filter(({ month }) => month.number > (reading?.month ?? month.number));

/**
 * Of all that a register counted since the reading before: what was charged in the reading's own month, and what settled
 * the months between.
 */
function chargedBy<M extends GuessedMonth>(
  { earlier, shape }: ReadRegister,
  place: number,
  { month, shares }: { month: M; shares: readonly SilentShare<M>[] },
): { own: bigint; settled: (SettledVolume & { month: M })[] } {
  const [reading, before] = [earlier[place], earlier[place - 1]];
  if (!reading || !before) return { own: 0n, settled: [] };
  const total = counted(before.value, reading.value, shape);
  const guessed = sharesSince(before, shares);
  if (!month.redistributes || reading.isJoined)
    return { own: guessed.reduce<bigint>((left, { quantity }) => left - quantity, total), settled: [] };
  const { silent, own } = redistribute(total, { silent: guessed.map((one) => one.month), own: month });
  const settled = guessed.map((one, place) => ({
    month: one.month,
    estimated: one.quantity,
    counted: silent[place] ?? NONE,
  }));
  return { own, settled };
}

const NONE = quantityOf(0n);

const together = (one: SettledVolume | undefined, other: SettledVolume): SettledVolume => ({
  estimated: quantityOf((one?.estimated ?? 0n) + other.estimated),
  counted: quantityOf((one?.counted ?? 0n) + other.counted),
});

function flowedBy(lines: readonly ChargedVolume[]): bigint {
  const known = new Set<number>();
  let total = 0n;
  for (const { from, to, quantity } of [...lines].sort((one, other) => daysOf(other) - daysOf(one))) {
    let own = 0n;
    for (let day = from; day < to; day += 1) {
      if (!known.has(day)) own += 1n;
      known.add(day);
    }
    if (own > 0n) total += divideHalfAway(quantity * own, BigInt(to - from));
  }
  return total;
}

const daysOf = ({ from, to }: DaySpan): number => to - from;
