import { availableParallelism, totalmem } from 'node:os';

export type Figure = number | string | boolean | null;

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that `percent` of them do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

/** Two figures after the point are enough to compare by. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A ratio far below one keeps the figures that tell it from another. */
const roundedRatio = (ratio: number): number => (ratio < 0.1 ? Number(ratio.toPrecision(3)) : rounded(ratio));

/** Prints a table for people and, as the last line, one JSON object for machines. */
export function report(
  bench: string,
  ratio: number,
  runs: number,
  further: Readonly<Record<string, Figure>>,
): void {
  const figures: Record<string, Figure> = { bench, ratio: roundedRatio(ratio), runs, ...further };
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(width)}  ${String(value)}`);
  const machine = { cores: availableParallelism(), GiB: Math.round(totalmem() / 2 ** 30) };
  console.log(JSON.stringify({ ...figures, machine }));
}
