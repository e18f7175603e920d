/** One month of a chart: decimals as the API writes them. */
export interface ChartMonth {
  month: string;
  value: string;
  /** The same month a year ago, where it is known. */
  previous?: string;
  /** Reckoned, not measured. */
  estimated?: boolean;
}

interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface MonthBars {
  month: string;
  middle: number;
  labelled: boolean;
  current: Bar;
  last?: Bar;
  estimated: boolean;
}

export interface Drawing {
  width: number;
  height: number;
  left: number;
  base: number;
  grid: readonly { y: number; label: string }[];
  months: readonly MonthBars[];
}

const TOP = 18;
const FOOT = 26;
/** Where this year's bar stands in the slot of its month, and how wide: beside last year's, or alone over its name. */
const BESIDE = { from: 0.48, width: 0.42 } as const;
const ALONE = { from: 0.22, width: 0.56 } as const;

/** A round step, 1, 2 or 5 times a power of ten, so that three of them reach over `top`. */
export function gridStep(top: number): number {
  const raw = top > 0 ? top / 3 : 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = [1, 2, 5, 10].find((digit) => digit * power >= raw) ?? 10;
  return lead * power;
}

/** A tick as a decimal of at most three places: pixels may be floating, what is read may not. */
const tick = (value: number): string => String(Number(value.toFixed(3)));

/**
 * Zero-based bars by month, last year left of this one. `size` is in SVG units, which are pixels of the drawing; every
 * n-th month is labelled so that labels keep about 34 units each.
 */
export function drawBars(months: readonly ChartMonth[], size: { width: number; height: number }): Drawing {
  const values = months.flatMap((one) => [Number(one.value), Number(one.previous ?? 0)]);
  const step = gridStep(Math.max(0, ...values));
  const lines = Math.max(1, Math.ceil(Math.max(0, ...values) / step));
  const left = 14 + 6 * Math.max(...Array.from({ length: lines + 1 }, (_, at) => tick(at * step).length));
  const base = size.height - FOOT;
  const scale = (base - TOP) / (lines * step);
  const slot = (size.width - left) / Math.max(1, months.length);
  const every = Math.max(1, Math.ceil(34 / slot));
  const place = months.some(({ previous }) => previous !== undefined) ? BESIDE : ALONE;
  const bar = (value: number, x: number, width: number): Bar => {
    const height = Math.max(0, value) * scale;
    return { x, y: base - height, width, height };
  };
  return {
    ...size,
    left,
    base,
    grid: Array.from({ length: lines + 1 }, (_, at) => ({
      y: base - at * step * scale,
      label: tick(at * step),
    })),
    months: months.map((one, at) => {
      const start = left + at * slot;
      return {
        month: one.month,
        middle: start + slot / 2,
        labelled: (months.length - 1 - at) % every === 0,
        current: bar(Number(one.value), start + slot * place.from, slot * place.width),
        last:
          one.previous === undefined ? undefined : bar(Number(one.previous), start + slot * 0.1, slot * 0.36),
        estimated: one.estimated ?? false,
      };
    }),
  };
}
