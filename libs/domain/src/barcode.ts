import { type Money } from './money';

/** What the barcode of a bill says. */
export interface BarcodeContent {
  readonly payeeCode: string;
  readonly account: string;
  /** Month and year, `1026`. */
  readonly mmyy: string;
  readonly sum: Money;
}

/**
 * The 30 digits of a bill's Code 128: payee 4, account 12, month and year 4, minor units 9, Luhn check (specification
 * F.4). @throws RangeError where a part has other signs than digits or more of them than its place
 */
export function barcodeDigits({ payeeCode, account, mmyy, sum }: BarcodeContent): string {
  const body =
    place('payeeCode', payeeCode, 4) +
    place('account', account, 12) +
    place('mmyy', mmyy, 4) +
    place('sum', sum.toString(), 9);
  return body + luhnDigit(body);
}

function place(name: string, text: string, length: number): string {
  if (!/^\d+$/.test(text) || text.length > length)
    throw new RangeError(`${name}: not ${length} digits at most: ${JSON.stringify(text)}`);
  return text.padStart(length, '0');
}

function luhnDigit(body: string): string {
  let total = 0;
  for (let step = 0; step < body.length; step += 1) {
    const digit = Number(body[body.length - 1 - step]);
    const doubled = step % 2 === 0 ? digit * 2 : digit;
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (total % 10)) % 10);
}
