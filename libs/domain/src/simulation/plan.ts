import { type Dated, type PeriodDays, periodDays } from '../charging/snapshot';
import { type Price, priceOf, type Quantity, quantityOf } from '../decimal';
import { type Money, moneyOf } from '../money';
import { addMonths, month } from '../month';
import { Dice } from './dice';

/*
 * A house's life, decided by a seed: who lives there, what it costs, and everything that happens month by month. What
 * happens is fixed here; when and how often the books hear of it is not.
 */

/** Water and its supply are charged by one meter. */
export const SERVICES = ['MAINT', 'WASTE', 'INTERCOM', 'WATER', 'SUPPLY', 'DRAIN', 'COMMON'] as const;
export type ServiceId = (typeof SERVICES)[number];

export interface Flat {
  readonly id: string;
  readonly areas: readonly Dated<Quantity>[];
  readonly residents: readonly Dated<Quantity>[];
  readonly hasMeter: boolean;
  /** What the meter showed before the first month. */
  readonly start: Quantity;
}

interface OfFlat {
  /** What makes hearing of it twice harmless. */
  readonly id: string;
  readonly flat: string;
}

/** Something that the books hear of in a month. */
export type Happening =
  | (OfFlat & { readonly kind: 'READING'; readonly of: number; readonly value: Quantity })
  | (OfFlat & { readonly kind: 'CORRECTION'; readonly of: number; readonly value: Quantity })
  | (OfFlat & { readonly kind: 'PAYMENT'; readonly amount: Money; readonly mode: 'SHARED' | 'IN_ORDER' })
  | (OfFlat & { readonly kind: 'REVERSAL'; readonly payment: string })
  | (OfFlat & { readonly kind: 'ADJUSTMENT'; readonly service: ServiceId; readonly amount: Money });

export interface Plan {
  readonly months: readonly PeriodDays[];
  readonly flats: readonly Flat[];
  readonly prices: Readonly<Record<ServiceId, readonly Dated<Price>[]>>;
  /** What the house's meter counted, by month; null where nobody read it. */
  readonly houseMeter: readonly (Quantity | null)[];
  readonly capByNorm: boolean;
  readonly negativePolicy: 'CARRY' | 'ZERO' | 'DISTRIBUTE';
  /** By month. */
  readonly happenings: readonly (readonly Happening[])[];
}

const EVER = 1_000_000;
const UNIT = 1_000_000;
const millionths = (thousandths: number): Quantity => quantityOf(BigInt(thousandths) * 1000n);

/** Decides a whole life. */
export function planOf(seed: number): Plan {
  const dice = new Dice(seed);
  const first = month('2026-01');
  const months = Array.from({ length: dice.between(2, 6) }, (_, at) => periodDays(addMonths(first, at)));
  const flats = Array.from({ length: dice.between(1, 4) }, (_, at) => aFlat(dice, months, String(at + 1)));
  const happenings = months.map((): Happening[] => []);
  for (const flat of flats) {
    if (flat.hasMeter) read(dice, flat, happenings);
    pay(dice, flat, happenings);
  }
  return {
    months,
    flats,
    happenings,
    prices: {
      MAINT: priced(dice, months, 40),
      WASTE: priced(dice, months, 150),
      INTERCOM: priced(dice, months, 90),
      WATER: priced(dice, months, 60),
      DRAIN: priced(dice, months, 45),
      COMMON: priced(dice, months, 60),
      SUPPLY: priced(dice, months, 30),
    },
    houseMeter: months.map(() => (dice.chance(80) ? millionths(dice.between(0, 60_000)) : null)),
    capByNorm: dice.chance(50),
    negativePolicy: dice.pick(['CARRY', 'ZERO', 'DISTRIBUTE'] as const),
  };
}

/** One value, or another from some day on. */
function dated<T extends bigint>(dice: Dice, months: readonly PeriodDays[], value: () => T): Dated<T>[] {
  if (dice.chance(60)) return [{ from: -EVER, to: EVER, value: value(), id: 'ever' }];
  const { from, days } = dice.pick(months);
  const on = from + dice.between(0, days - 1);
  return [
    { from: -EVER, to: on, value: value(), id: 'before' },
    { from: on, to: EVER, value: value(), id: 'after' },
  ];
}

const priced = (dice: Dice, months: readonly PeriodDays[], roubles: number): Dated<Price>[] =>
  dated(dice, months, () => priceOf(BigInt(dice.between(0, roubles * 100)) * 10_000n));

const aFlat = (dice: Dice, months: readonly PeriodDays[], id: string): Flat => ({
  id,
  areas: dated(dice, months, () => millionths(dice.between(12_000, 90_000))),
  residents: dated(dice, months, () => quantityOf(BigInt(dice.between(0, 5) * UNIT))),
  hasMeter: dice.chance(75),
  start: millionths(dice.between(0, 500_000)),
});

/** Readings that grow, some of them missed; some are too high by less than the next month's use and corrected later. */
function read(dice: Dice, flat: Flat, happenings: readonly Happening[][]): void {
  let stands: bigint = flat.start;
  for (const [of, inMonth] of happenings.entries()) {
    stands += millionths(dice.between(1000, 9000));
    if (dice.chance(20)) continue;
    const value = quantityOf(stands);
    const later = happenings[of + dice.between(1, 3)];
    const wrong = later && dice.chance(30) ? BigInt(dice.between(1, 999_000)) : 0n;
    const id = `${flat.id}-reading-${of}`;
    inMonth.push({ kind: 'READING', id, flat: flat.id, of, value: quantityOf(stands + wrong) });
    if (wrong) later?.push({ kind: 'CORRECTION', id: `${id}-right`, flat: flat.id, of, value });
  }
}

/** Payments, some of them taken back in the same month or later, and what staff adjust. */
function pay(dice: Dice, flat: Flat, happenings: readonly Happening[][]): void {
  for (const [at, inMonth] of happenings.entries()) {
    for (let count = dice.between(0, 3); count > 0; count -= 1) {
      const id = `${flat.id}-payment-${at}-${count}`;
      const amount = moneyOf(BigInt(dice.between(1, 500_000)));
      inMonth.push({
        kind: 'PAYMENT',
        id,
        flat: flat.id,
        amount,
        mode: dice.pick(['SHARED', 'IN_ORDER'] as const),
      });
      const later = happenings[at + dice.between(1, 2)];
      if (later && dice.chance(15))
        later.push({ kind: 'REVERSAL', id: `${id}-back`, flat: flat.id, payment: id });
    }
    if (dice.chance(15)) {
      const amount = moneyOf(BigInt(dice.pick([-1, 1]) * dice.between(1, 90_000)));
      const service = dice.pick(SERVICES);
      inMonth.push({ kind: 'ADJUSTMENT', id: `${flat.id}-adjusted-${at}`, flat: flat.id, service, amount });
    }
  }
}
