/** The encodings of GOST R 56042-2014, by the digit that the header names them with. */
export const QR_ENCODINGS = { 'windows-1251': '1', 'utf-8': '2', 'koi8-r': '3' } as const;
export type QrEncoding = keyof typeof QR_ENCODINGS;

const MANDATORY = ['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc'] as const;
const SEPARATORS = ['|', '~', '^', '#', ';', '*'];

/** Keys in the standard's spelling, with the most signs that each may have. */
const LIMITS: Readonly<Record<string, number>> = {
  Name: 160,
  PersonalAcc: 20,
  BankName: 45,
  BIC: 9,
  CorrespAcc: 20,
  Sum: 18,
  Purpose: 210,
  PayeeINN: 12,
  PayerINN: 12,
  DrawerStatus: 2,
  KPP: 9,
  CBC: 20,
  OKTMO: 11,
  PaytReason: 2,
  TaxPeriod: 10,
  DocNo: 15,
  DocDate: 10,
  TaxPaytKind: 2,
};

/** Further keys of the standard, of any length. */
const UNLIMITED =
  'LastName FirstName MiddleName PayerAddress PersonalAccount DocIdx PensAcc Contract PersAcc Flat Phone PayerIdType ' +
  'PayerIdNum ChildFio BirthDate PaymTerm PaymPeriod Category ServiceName CounterId CounterVal QuittId QuittDate ' +
  'InstNum ClassNum SpecFio AddAmount RuleId ExecId RegType UIN TechCode';

/** The standard's spelling by a key in small letters: banks read keys in any case, we write them in this one. */
const SPELLING = new Map(
  [...Object.keys(LIMITS), ...UNLIMITED.split(' ')].map((key) => [key.toLowerCase(), key]),
);
// one library writes the key without a t
SPELLING.set('taxpaykind', 'TaxPaytKind');

/** A word may be cut to its limit; where the money goes and how much of it may not. */
const NEVER_CUT = new Set(['PersonalAcc', 'BIC', 'CorrespAcc', 'Sum', 'PayeeINN', 'PayerINN', 'KPP']);
const ACCOUNT_LENGTH = 20;
const MINOR_UNITS = /^\d+$/;

/**
 * The text of a bill's payment code (specification F.3): the mandatory keys first, in the standard's order, the
 * others in the order given; one separator that no value contains. Empty values are left out, but for a bank without
 * a correspondent account, which has `0`. `Sum` and `AddAmount` are whole minor units.
 *
 * @throws RangeError where a mandatory value is missing, the account has not its 20 signs, a number is longer than its
 * place, a sum is not in minor units, or every separator occurs in a value
 */
export function billQrText(fields: Readonly<Record<string, string>>, encoding: QrEncoding): string {
  const values = new Map(Object.entries(fields).map(([key, value]) => cleaned(spelt(key), value)));
  const mandatory = MANDATORY.map((key) => {
    const value = values.get(key) || (key === 'CorrespAcc' ? '0' : '');
    if (value === '') throw new RangeError(`The payment code lacks ${key}`);
    values.delete(key);
    return `${key}=${value}`;
  });
  const others = [...values].filter(([, value]) => value !== '').map(([key, value]) => `${key}=${value}`);
  const parts = [...mandatory, ...others];
  const separator = SEPARATORS.find((sign) => parts.every((part) => !part.includes(sign)));
  if (separator === undefined) throw new RangeError('Every separator occurs in a value');
  return [`ST0001${QR_ENCODINGS[encoding]}`, ...parts].join(separator);
}

const spelt = (key: string): string => SPELLING.get(key.toLowerCase()) ?? key;

function cleaned(key: string, value: string): [key: string, value: string] {
  const line = value.replace(/[\r\n]+/g, ' ').trim();
  const signs = [...line];
  const limit = LIMITS[key] ?? signs.length;
  const isSum = key === 'Sum' || key === 'AddAmount';
  if (isSum && line !== '' && !MINOR_UNITS.test(line))
    throw new RangeError(`${key}: not a whole number of minor units: ${JSON.stringify(line)}`);
  if (key === 'PersonalAcc' && line !== '' && signs.length !== ACCOUNT_LENGTH)
    throw new RangeError(`${key}: not ${ACCOUNT_LENGTH} signs: ${JSON.stringify(line)}`);
  if (NEVER_CUT.has(key) && signs.length > limit)
    throw new RangeError(`${key}: longer than ${limit} signs: ${JSON.stringify(line)}`);
  return [key, signs.slice(0, limit).join('').trimEnd()];
}
