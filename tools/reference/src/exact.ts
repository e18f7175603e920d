/** An exact fraction. Everything is computed in them and rounded only where the specification says R2 or R6. */
export class Exact {
  private constructor(
    readonly over: bigint,
    readonly under: bigint,
  ) {}

  /** A fraction of whole numbers. @throws RangeError where it is divided by nothing */
  static of(over: bigint | number, under: bigint | number = 1): Exact {
    const [a, b] = [BigInt(over), BigInt(under)];
    if (b === 0n) throw new RangeError('Divided by zero');
    const divisor = greatestCommonDivisor(a < 0n ? -a : a, b < 0n ? -b : b);
    const sign = b < 0n ? -1n : 1n;
    return new Exact((sign * a) / divisor, (sign * b) / divisor);
  }

  /** A whole number of units of which so many decimals make one: 1884 with 2 is 18.84. */
  static scaled(units: bigint, decimals: number): Exact {
    return Exact.of(units, 10n ** BigInt(decimals));
  }

  plus(other: Exact): Exact {
    return Exact.of(this.over * other.under + other.over * this.under, this.under * other.under);
  }

  minus(other: Exact): Exact {
    return this.plus(Exact.of(-other.over, other.under));
  }

  times(other: Exact | number): Exact {
    const factor = typeof other === 'number' ? Exact.of(other) : other;
    return Exact.of(this.over * factor.over, this.under * factor.under);
  }

  divided(other: Exact | number): Exact {
    const divisor = typeof other === 'number' ? Exact.of(other) : other;
    return Exact.of(this.over * divisor.under, this.under * divisor.over);
  }

  isAbove(other: Exact): boolean {
    return this.over * other.under > other.over * this.under;
  }

  equals(other: Exact): boolean {
    return this.over === other.over && this.under === other.under;
  }

  isPositive(): boolean {
    return this.over > 0n;
  }

  isNegative(): boolean {
    return this.over < 0n;
  }

  isZero(): boolean {
    return this.over === 0n;
  }

  negated(): Exact {
    return Exact.of(-this.over, this.under);
  }

  /** Rounded half away from zero to so many decimals, as schools do it: on the digits of the absolute value. */
  rounded(decimals: number): Exact {
    const scale = 10n ** BigInt(decimals);
    const absolute = this.over < 0n ? -this.over : this.over;
    const whole = (absolute * scale) / this.under;
    const rest = absolute * scale - whole * this.under;
    const up = rest * 2n >= this.under ? whole + 1n : whole;
    return Exact.of(this.over < 0n ? -up : up, scale);
  }

  /** As whole units of so many decimals. @throws RangeError where that would round */
  units(decimals: number): bigint {
    const scaled = this.times(Exact.of(10n ** BigInt(decimals)));
    if (scaled.under !== 1n) throw new RangeError(`More than ${decimals} decimals`);
    return scaled.over;
  }
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

export const NONE = Exact.of(0);

export const sumOf = (values: readonly Exact[]): Exact =>
  values.reduce((total, value) => total.plus(value), NONE);

export const least = (one: Exact, other: Exact): Exact => (one.isAbove(other) ? other : one);

/** R2: money. R6: a volume. */
export const r2 = (value: Exact): Exact => value.rounded(2);
export const r6 = (value: Exact): Exact => value.rounded(6);
