import { create } from 'qrcode';
import type { Bitmap } from '../pdf';

/** Light squares that a QR code needs around it, in modules (ISO/IEC 18004). */
export const QR_QUIET = 4;

/**
 * Of the eight masks any is right. The choice between them is for readability by a rule of thumb and takes most of the
 * time of drawing: it is made once for all, and a spec reads the codes back.
 */
const MASK = 2;

/** A payment code as a drawing without its quiet zone (GOST R 56042-2014: UTF-8 bytes, level M). */
export function qrBitmap(text: string): Bitmap {
  const data = new Uint8Array(Buffer.from(text, 'utf8'));
  const { modules } = create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M', maskPattern: MASK });
  const side = modules.size;
  const stride = Math.ceil(side / 8);
  const bits = new Uint8Array(stride * side);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      if (modules.data[y * side + x])
        bits[y * stride + (x >> 3)] = (bits[y * stride + (x >> 3)] ?? 0) | (128 >> (x & 7));
  return { side, bits };
}

/** Widths of bars and spaces of the values of Code 128 (ISO/IEC 15417), then the stop. */
const PATTERNS = `
  212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122
  123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323
  131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131
  213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122
  141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112
  124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141
  411131 211412 211214 211232 2331112`
  .trim()
  .split(/\s+/);
const START_C = 105;
const STOP = 106;
const MODULUS = 103;

/**
 * Bars of a Code 128 of digits: where each begins and how wide it is, in modules. Takes an even number of digits; wants
 * ten light modules on either side.
 */
export function barcodeBars(digits: string): [offset: number, width: number][] {
  const pairs = (digits.match(/\d\d/g) ?? []).map(Number);
  const check = pairs.reduce((total, pair, at) => total + pair * (at + 1), START_C) % MODULUS;
  const bars: [number, number][] = [];
  let at = 0;
  for (const value of [START_C, ...pairs, check, STOP])
    for (const [place, width] of [...(PATTERNS[value] ?? '')].map(Number).entries()) {
      if (place % 2 === 0) bars.push([at, width]);
      at += width;
    }
  return bars;
}

/** How many modules a barcode of so many digits takes, quiet zones apart. */
export const barcodeModules = (digits: string): number => 11 * (digits.length / 2 + 2) + 13;
