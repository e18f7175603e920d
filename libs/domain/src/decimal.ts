import { divideHalfAway } from './rounding';

declare const unit: unique symbol;

/** A volume in millionths of its unit (m³, kWh, m², persons). */
export type Quantity = bigint & { readonly [unit]: 'quantity' };
/** A price of one unit in millionths of the currency's main unit. */
export type Price = bigint & { readonly [unit]: 'price' };
/** A norm, coefficient, rate or share in hundred-millionths. */
export type Ratio = bigint & { readonly [unit]: 'ratio' };

export const QUANTITY_DECIMALS = 6;
export const RATIO_DECIMALS = 8;

const PLAIN = /^(-?)(\d{1,15})(?:\.(\d+))?$/;

/** Reads a plain decimal with a point, exactly. Throws RangeError on anything else and on more decimals than `scale`. */
export function parseDecimal(text: string, scale: number): bigint {
  const [, sign, whole, fraction = ''] = PLAIN.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`«${text}» is not a decimal number`);
  const kept = fraction.slice(0, scale);
  if (/[1-9]/.test(fraction.slice(scale))) throw new RangeError(`«${text}» has more than ${scale} decimals`);
  const units = BigInt(whole + kept.padEnd(scale, '0'));
  return sign ? -units : units;
}

/** Writes units of 10^−scale as a plain decimal: trailing zeros are left out down to `atLeast` decimals. */
export function decimalText(units: bigint, scale: number, atLeast = 0): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits
    .slice(digits.length - scale)
    .replace(/0+$/, '')
    .padEnd(atLeast, '0');
  return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Reads what a person typed: comma or point, spaces between groups, leading zeros. Returns a plain decimal with a point,
 * or undefined where it is not a number at all.
 */
export function readDecimal(typed: string): string | undefined {
  const plain = typed
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.')
    .replace('−', '-');
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain) ?? [];
  if (whole === undefined) return undefined;
  return `${sign}${whole.replace(/^0+(?=\d)/, '')}${fraction ? `.${fraction}` : ''}`;
}

export const quantityOf = (millionths: bigint): Quantity => millionths as Quantity;
export const priceOf = (millionths: bigint): Price => millionths as Price;
export const ratioOf = (hundredMillionths: bigint): Ratio => hundredMillionths as Ratio;

/** `quantity('10.418')`. Throws RangeError on garbage and on more than six decimals. */
export const quantity = (text: string): Quantity => quantityOf(parseDecimal(text, QUANTITY_DECIMALS));
export const price = (text: string): Price => priceOf(parseDecimal(text, QUANTITY_DECIMALS));
export const ratio = (text: string): Ratio => ratioOf(parseDecimal(text, RATIO_DECIMALS));

export const quantityText = (value: Quantity, atLeast = 0): string =>
  decimalText(value, QUANTITY_DECIMALS, atLeast);
export const priceText = (value: Price, atLeast = 2): string =>
  decimalText(value, QUANTITY_DECIMALS, atLeast);
export const ratioText = (value: Ratio, atLeast = 0): string => decimalText(value, RATIO_DECIMALS, atLeast);

/** A volume rounded once to its six decimals: `numerator / denominator`, both exact. */
export const roundedQuantity = (numerator: bigint, denominator: bigint): Quantity =>
  quantityOf(divideHalfAway(numerator, denominator));
