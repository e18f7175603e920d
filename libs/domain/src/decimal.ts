/** A volume (m³, kWh, Gcal, m²) in millionths. */
export type Quantity = bigint & { readonly unit: 'quantity' };
/** A price of one unit in millionths of the currency. */
export type Price = bigint & { readonly unit: 'price' };
/** A norm, coefficient, rate or share in hundred-millionths. */
export type Ratio = bigint & { readonly unit: 'ratio' };

const QUANTITY_DECIMALS = 6;
const PRICE_DECIMALS = 6;
const RATIO_DECIMALS = 8;
const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a plain decimal (`-12.5`, point, no spaces, no exponent) exactly as an integer of `scale` decimals.
 *
 * @throws RangeError on anything else, and on more decimals than `scale`, because dropping them would round
 */
export function parseDecimal(text: string, scale: number): bigint {
  const parts = PLAIN.exec(text);
  if (!parts) throw new RangeError(`Not a decimal number: ${JSON.stringify(text)}`);
  const [, sign, whole = '', fraction = ''] = parts;
  if (fraction.length > scale) throw new RangeError(`More than ${scale} decimals: ${text}`);
  const value = BigInt(whole + fraction.padEnd(scale, '0'));
  return sign === '-' ? -value : value;
}

/** Writes an integer of `scale` decimals as a plain decimal: shortest, but with `least` decimals at least. */
export function decimalText(value: bigint, scale: number, least = 0): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let fraction = digits.slice(digits.length - scale);
  while (fraction.length > least && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * What a person typed, as a plain decimal: a comma counts as the point, spaces of any kind are dropped.
 * Undefined where it is no number, or where it could be read in two ways (`1,234.5`).
 */
export function readDecimal(text: string): string | undefined {
  const typed = text
    .replace(/[\s\u00a0\u2009\u202f]/g, '')
    .replace(/^[\u2212\u2013]/, '-')
    .replace(',', '.');
  const parts = /^(-?)(\d*)\.?(\d*)$/.exec(typed);
  const [, sign = '', whole = '', fraction = ''] = parts ?? [];
  if (whole === '' && fraction === '') return undefined;
  return `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A volume from a plain decimal of up to 6 decimals. @throws RangeError where it is none */
export function quantity(text: string): Quantity {
  return quantityOf(parseDecimal(text, QUANTITY_DECIMALS));
}

/** Gives an integer of millionths its unit. */
export function quantityOf(millionths: bigint): Quantity;
export function quantityOf(millionths: bigint): bigint {
  return millionths;
}

/** A volume as a plain decimal. */
export function quantityText(value: Quantity, leastDecimals = 0): string {
  return decimalText(value, QUANTITY_DECIMALS, leastDecimals);
}

/** A price from a plain decimal of up to 6 decimals. @throws RangeError where it is none */
export function price(text: string): Price {
  return priceOf(parseDecimal(text, PRICE_DECIMALS));
}

/** Gives an integer of millionths of the currency its unit. */
export function priceOf(millionths: bigint): Price;
export function priceOf(millionths: bigint): bigint {
  return millionths;
}

/** A price as a plain decimal, with two decimals at least unless told otherwise. */
export function priceText(value: Price, leastDecimals = 2): string {
  return decimalText(value, PRICE_DECIMALS, leastDecimals);
}

/** A norm, coefficient, rate or share from a plain decimal of up to 8 decimals. @throws RangeError where it is none */
export function ratio(text: string): Ratio {
  return ratioOf(parseDecimal(text, RATIO_DECIMALS));
}

/** Gives an integer of hundred-millionths its unit. */
export function ratioOf(hundredMillionths: bigint): Ratio;
export function ratioOf(hundredMillionths: bigint): bigint {
  return hundredMillionths;
}

/** A norm, coefficient, rate or share as a plain decimal. */
export function ratioText(value: Ratio, leastDecimals = 0): string {
  return decimalText(value, RATIO_DECIMALS, leastDecimals);
}
