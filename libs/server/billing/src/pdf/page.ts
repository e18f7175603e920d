import { BOLD, REGULAR, type Typeface } from './typeface';

/** A4, in points. */
export const PAGE_WIDTH = 595.28;
export const PAGE_HEIGHT = 841.89;

/** How a text looks: black is 0, white is 1. Only greys: a bill is printed on anything. */
export interface TextStyle {
  face: Typeface;
  size: number;
  grey: number;
}

export const styleOf = (size: number, face: Typeface = REGULAR, grey = 0): TextStyle => ({
  face,
  size,
  grey,
});

/** A drawing of black squares, one bit each, rows padded to whole bytes. */
export interface Bitmap {
  side: number;
  bits: Uint8Array;
}

/** Numbers of a drawing to a tenth of a point, which is finer than any printer's dot that matters. */
const TENTHS = Array.from({ length: 8500 }, (_, tenth) => String(tenth / 10));
const number = (value: number): string =>
  TENTHS[Math.round(value * 10)] ?? String(Math.round(value * 10) / 10);

/** The resource names of the two weights. */
const fontOf = (face: Typeface): string => (face === BOLD ? '/B' : '/R');

/** One page as its stream of drawing operators. Distances are points from the upper left corner. */
export class Page {
  readonly images: Bitmap[] = [];
  private operators = '';
  private grey = 0;

  get stream(): string {
    return this.operators;
  }

  /** Writes a line of text whose baseline begins at the point. */
  text(text: string, style: TextStyle, x: number, y: number): void {
    this.fill(style.grey);
    this.operators += `BT${fontOf(style.face)} ${style.size} Tf ${number(x)} ${number(PAGE_HEIGHT - y)} Td<${style.face.encode(text)}>Tj ET\n`;
  }

  /** A filled rectangle; rules are thin ones. */
  box(x: number, y: number, width: number, height: number, grey = 0): void {
    this.fill(grey);
    this.operators += `${number(x)} ${number(PAGE_HEIGHT - y - height)} ${number(width)} ${hundredths(height)} re f\n`;
  }

  /** An outline of a rectangle, half a point within it and half without. */
  frame(x: number, y: number, width: number, height: number): void {
    this.operators += `0 G 1 w ${number(x)} ${number(PAGE_HEIGHT - y - height)} ${number(width)} ${number(height)} re S\n`;
  }

  /** A dashed line across, where paper is torn or cut. */
  tear(x: number, y: number, width: number): void {
    this.operators += `q 0.5 G 0.6 w [2 2] 0 d ${number(x)} ${number(PAGE_HEIGHT - y)} m ${number(x + width)} ${number(PAGE_HEIGHT - y)} l S Q\n`;
  }

  /** Black bars of a height, as offsets and widths in modules of `module` points. */
  bars(
    bars: readonly (readonly [number, number])[],
    x: number,
    y: number,
    height: number,
    module: number,
  ): void {
    this.fill(0);
    const bottom = number(PAGE_HEIGHT - y - height);
    for (const [offset, width] of bars)
      this.operators += `${hundredths(x + offset * module)} ${bottom} ${hundredths(width * module)} ${number(height)} re\n`;
    this.operators += 'f\n';
  }

  /** A bitmap as a square of `side` points. */
  bitmap(bitmap: Bitmap, x: number, y: number, side: number): void {
    this.images.push(bitmap);
    this.fill(0);
    this.operators += `q ${number(side)} 0 0 ${number(side)} ${number(x)} ${number(PAGE_HEIGHT - y - side)} cm/C${this.images.length} Do Q\n`;
  }

  private fill(grey: number): void {
    if (grey === this.grey) return;
    this.grey = grey;
    this.operators += `${grey} g\n`;
  }
}

const hundredths = (value: number): string => String(Math.round(value * 100) / 100);
