/** Numbers that a seed decides (mulberry32): the same seed rolls the same dice. For simulations only. */
export class Dice {
  constructor(private state: number) {}

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.roll() * (most - least + 1));
  }

  chance(percent: number): boolean {
    return this.roll() * 100 < percent;
  }

  /** Throws RangeError on an empty list. */
  pick<T>(list: readonly T[]): T {
    const [picked] = list.slice(this.between(0, list.length - 1));
    if (picked === undefined) throw new RangeError('There is nothing to pick from');
    return picked;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const left = [...list];
    return Array.from({ length: list.length }, () => left.splice(this.between(0, left.length - 1), 1)).flat();
  }

  private roll(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
