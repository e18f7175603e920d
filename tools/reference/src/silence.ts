import { Exact, NONE, r6, sumOf } from './exact';
import { daysOf, holds, quantity, type Register, type SilentLine, type SilentMonth } from './facts';

/** Whoever was charged for the water of a day: of several the one that was charged for the most days. */
const payerOn = (lines: readonly SilentLine[], day: number): SilentLine | undefined =>
  lines
    .filter((line) => holds(line, day))
    .reduce<SilentLine | undefined>(
      (first, line) => (first && first.to - first.from >= line.to - line.from ? first : line),
      undefined,
    );

/**
 * What a register was believed to count in a month without a reading: the water that flowed, each day's once, less what
 * other registers counted, in equal parts for all that were silent; what is left over goes to the first of them.
 */
export function believedOf(month: SilentMonth): Exact {
  const { lines, counted, silent, place } = month;
  const flowed = lines.map((line) => {
    const own = daysOf(month).filter((day) => payerOn(lines, day) === line).length;
    return own === 0
      ? NONE
      : r6(
          quantity(line.quantity)
            .times(own)
            .divided(line.to - line.from),
        );
  });
  const millionths = sumOf(flowed).minus(quantity(counted)).units(6);
  const part = millionths / BigInt(silent);
  const over = millionths - part * BigInt(silent);
  return Exact.scaled(BigInt(place) < over ? part + 1n : part, 6);
}

/** What a register was believed to count since its last reading. */
export const believedSince = ({ estimated, estimatedSince }: Register): Exact =>
  estimated ? sumOf(estimated.map(believedOf)) : quantity(estimatedSince);

/** What the register before it was believed to count since its own last reading but one. */
export const believedOfReplaced = ({ replaced }: Register): Exact => quantity(replaced?.estimatedSince ?? 0n);
