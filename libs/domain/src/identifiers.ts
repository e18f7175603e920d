/** What a check of an identifier found. */
export interface IdentifierCheck {
  readonly valid: boolean;
  /** What kind of number it is, where the number itself tells; null otherwise. */
  readonly kind: string | null;
  /** What the check digit (two of them for SNILS and IBAN) must be; null where none can be. */
  readonly expectedCheckDigit: number | null;
}

export const IDENTIFIER_TYPES = [
  'INN',
  'KPP',
  'OGRN',
  'OGRNIP',
  'SNILS',
  'IIN_BIN',
  'BIC',
  'RS',
  'KS',
  'IBAN_KZ',
] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

const MALFORMED: IdentifierCheck = { valid: false, kind: null, expectedCheckDigit: null };

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const IIN_FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const IIN_SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];
const ACCOUNT_KEY = [7, 1, 3];

/**
 * Checks the form and the check digits of a Russian or Kazakh number (specification H.1). The accounts of a bank need
 * its BIC.
 */
export function checkIdentifier(type: IdentifierType, value: string, bic = ''): IdentifierCheck {
  const text = value.trim();
  switch (type) {
    case 'INN':
      return checkInn(text);
    case 'KPP':
      return { ...MALFORMED, valid: /^\d{4}[0-9A-Z]{2}\d{3}$/.test(text) };
    case 'BIC':
      return { ...MALFORMED, valid: /^\d{9}$/.test(text) };
    case 'OGRN':
      return checkRemainder(text, 13, 11n);
    case 'OGRNIP':
      return checkRemainder(text, 15, 13n);
    case 'SNILS':
      return checkSnils(text);
    case 'IIN_BIN':
      return checkIinBin(text);
    case 'RS':
      return checkBankAccount(text, bic, bic.slice(6));
    case 'KS':
      return checkBankAccount(text, bic, `0${bic.slice(4, 6)}`);
    case 'IBAN_KZ':
      return checkIban(text);
  }
}

function checkInn(text: string): IdentifierCheck {
  if (/^\d{10}$/.test(text)) {
    const expected = (weighted(text, INN_10) % 11) % 10;
    return { valid: digit(text, 9) === expected, kind: 'ORGANIZATION', expectedCheckDigit: expected };
  }
  if (!/^\d{12}$/.test(text)) return MALFORMED;
  const eleventh = (weighted(text, INN_11) % 11) % 10;
  const twelfth = (weighted(text.slice(0, 10) + String(eleventh), INN_12) % 11) % 10;
  const valid = digit(text, 10) === eleventh && digit(text, 11) === twelfth;
  return { valid, kind: 'PERSON', expectedCheckDigit: twelfth };
}

function checkRemainder(text: string, length: number, modulus: bigint): IdentifierCheck {
  if (!new RegExp(`^\\d{${length}}$`).test(text)) return MALFORMED;
  const expected = Number((BigInt(text.slice(0, -1)) % modulus) % 10n);
  return { valid: digit(text, length - 1) === expected, kind: null, expectedCheckDigit: expected };
}

function checkSnils(text: string): IdentifierCheck {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{11}$/.test(digits)) return MALFORMED;
  const total = weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
  const expected = (total % 101) % 100;
  return { valid: Number(digits.slice(9)) === expected, kind: null, expectedCheckDigit: expected };
}

/** The fifth digit tells a БИН (4, 5, 6: kind of company) from an ИИН (0 to 3: tens of the day of birth). */
function checkIinBin(text: string): IdentifierCheck {
  if (!/^\d{12}$/.test(text) || digit(text, 4) > 6) return MALFORMED;
  const kind = digit(text, 4) >= 4 ? 'BIN' : 'IIN';
  let expected = weighted(text, IIN_FIRST) % 11;
  if (expected === 10) expected = weighted(text, IIN_SECOND) % 11;
  // twice ten: such a number is never issued
  if (expected === 10) return { valid: false, kind, expectedCheckDigit: null };
  return { valid: digit(text, 11) === expected, kind, expectedCheckDigit: expected };
}

const KEY_PLACE = 8;

function checkBankAccount(text: string, bic: string, prefix: string): IdentifierCheck {
  if (!/^\d{20}$/.test(text) || !/^\d{9}$/.test(bic)) return MALFORMED;
  const keyless = `${prefix}${text.slice(0, KEY_PLACE)}0${text.slice(KEY_PLACE + 1)}`;
  // the key stands where the weight is 3, and 3 × 7 = 1 modulo 10
  const rest = controlSum(keyless);
  const expected = (((10 - rest) % 10) * keyInverse(prefix.length + KEY_PLACE)) % 10;
  return { valid: digit(text, KEY_PLACE) === expected, kind: null, expectedCheckDigit: expected };
}

function controlSum(digits: string): number {
  let total = 0;
  for (let place = 0; place < digits.length; place += 1)
    total += (digit(digits, place) * (ACCOUNT_KEY[place % 3] ?? 0)) % 10;
  return total % 10;
}

/** What undoes the weight of a place modulo 10. */
function keyInverse(place: number): number {
  const weight = ACCOUNT_KEY[place % 3] ?? 1;
  return weight === 7 ? 3 : weight === 3 ? 7 : 1;
}

function checkIban(text: string): IdentifierCheck {
  const joined = text.replace(/\s/g, '').toUpperCase();
  if (!/^KZ\d{5}[0-9A-Z]{13}$/.test(joined)) return MALFORMED;
  const expected = 98 - Number(ibanNumber(`${joined.slice(4)}KZ00`) % 97n);
  const valid = ibanNumber(joined.slice(4) + joined.slice(0, 4)) % 97n === 1n;
  return { valid, kind: null, expectedCheckDigit: expected };
}

function ibanNumber(text: string): bigint {
  return BigInt([...text].map((sign) => parseInt(sign, 36)).join(''));
}

function weighted(text: string, weights: readonly number[]): number {
  return weights.reduce((total, weight, place) => total + weight * digit(text, place), 0);
}

function digit(text: string, place: number): number {
  return Number(text[place]);
}
