/** The encodings of GOST R 56042-2014, by the digit that the header names them with. */
export const QR_ENCODINGS = { 'windows-1251': '1', 'utf-8': '2', 'koi8-r': '3' } as const;
export type QrEncoding = keyof typeof QR_ENCODINGS;

const MANDATORY = ['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc'] as const;
const SEPARATORS = ['|', '~', '^', '#', ';', '*'];

/** Keys in the standard's spelling, with the most signs that each may have; 0 for no limit. */
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

/**
 * The text of a bill's payment code (specification F.3): the mandatory keys first, in the standard's order, the
 * others in the order given; one separator that no value contains. Empty values are left out, but for a bank without
 * a correspondent account, which has `0`.
 *
 * @throws RangeError where a mandatory value is missing, or every separator occurs in a value
 */
export function billQrText(fields: Readonly<Record<string, string>>, encoding: QrEncoding): string {
  const values = new Map(Object.entries(fields).map(([key, value]) => [key, clean(key, value)]));
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

function clean(key: string, value: string): string {
  const line = value.replace(/[\r\n]+/g, ' ').trim();
  const limit = LIMITS[key];
  return limit === undefined ? line : [...line].slice(0, limit).join('').trimEnd();
}
