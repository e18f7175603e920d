import { type Price, priceOf, type Quantity, quantityOf, type Ratio, ratioOf } from '../decimal';
import { type Dated, type DaySpan, type PeriodDays } from './snapshot';

/* Values that look random, for houses that do. The same seed gives the same ones. */

/** Numbers that look random, by a seed. */
export class Dice {
  constructor(private state: number) {}

  /** From 0 to below `sides`. */
  roll(sides: number): number {
    this.state = (Math.imul(this.state ^ (this.state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(this.state ^ (this.state >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % sides;
  }

  among<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.roll(choices.length)] ?? choices[0];
  }

  is(oneOf: number): boolean {
    return this.roll(oneOf) === 0;
  }

  volume(upTo: number): Quantity {
    return quantityOf(BigInt(this.roll(upTo * 1000)) * 1000n);
  }
}

/** A value that changes on one day about the month, in one fact of three. */
export function dated<T extends bigint>(dice: Dice, period: DaySpan, value: () => T): Dated<T>[] {
  const ever = { from: period.from - 1000, to: period.to + 1000 };
  if (!dice.is(3)) return [{ ...ever, value: value(), id: 'always' }];
  const on = period.from - 10 + dice.roll(period.to - period.from + 10);
  return [
    { from: ever.from, to: on, value: value(), id: 'before' },
    { from: on, to: ever.to, value: value(), id: 'after' },
  ];
}

export const aPrice = (dice: Dice) => (): Price => priceOf(BigInt(dice.roll(300_000)) * 1000n);
export const aNorm = (dice: Dice) => (): Ratio => ratioOf(BigInt(dice.roll(700_000)) * 1000n);

export function spanIn(dice: Dice, period: PeriodDays): DaySpan {
  const from = period.from - 3 + dice.roll(period.days);
  return { from, to: from + 1 + dice.roll(period.days) };
}
