import { type Money, type Month, barcodeDigits, billQrText } from '@kvartal/domain';
import type { BillRecipient } from './bill.document';

/** Whose bank account takes the money: a supplier's row. */
export interface Recipient {
  id: string;
  name: string;
  taxId: string;
  requisites: Partial<Record<'name' | 'bic' | 'account' | 'correspondent' | 'kpp', string>>;
}

/** Who pays, as the bank's form wants it. */
export interface Payer {
  /** The account's number, by which the payment finds its way. */
  number: string;
  surname: string;
  address: string;
}

/** Whether the numbers have the lengths of the standard: cut, they would name somebody else's money. */
function fit({
  taxId,
  requisites: { bic = '', account = '', correspondent = '', kpp = '' },
}: Recipient): boolean {
  const isShort = (text: string, most: number): boolean => text.trim().length <= most;
  const hasAccount = account.trim().length === 20 && isShort(correspondent, 20);
  return hasAccount && isShort(bic, 9) && isShort(taxId, 12) && isShort(kpp, 9);
}

/** Codes of a bill for several recipients stand one a line: no value of the standard holds a line break. */
const SEPARATOR = '\n';

/** Code of the standard for utilities. */
const UTILITIES = '02';

/** The text of the payment code for one recipient; null where its bank details are not whole. */
export function paymentCode(
  recipient: Recipient,
  payer: Payer,
  due: { month: Month; amount: Money },
): string | null {
  const { name, bic, account, correspondent, kpp } = recipient.requisites;
  if (!recipient.name || !account || !name || !bic || due.amount <= 0n || !fit(recipient)) return null;
  const period = `${due.month.slice(5)}.${due.month.slice(0, 4)}`;
  return billQrText(
    {
      Name: recipient.name,
      PersonalAcc: account,
      BankName: name,
      BIC: bic,
      CorrespAcc: correspondent ?? '',
      PayeeINN: recipient.taxId,
      KPP: kpp ?? '',
      PersAcc: payer.number,
      LastName: payer.surname,
      PayerAddress: payer.address,
      PaymPeriod: period,
      Sum: due.amount.toString(),
      TechCode: UTILITIES,
      Purpose: `Оплата ЖКУ за ${period}, л/с ${payer.number}`,
    },
    'utf-8',
  );
}

/** Several codes as a bill keeps them; null for none. */
export const joinCodes = (codes: readonly string[]): string | null =>
  codes.length === 0 ? null : codes.join(SEPARATOR);

/** The codes that a bill keeps. */
export const codesOf = (qr: string | null): string[] => (qr === null ? [] : qr.split(SEPARATOR));

/**
 * The digits of a recipient's barcode (specification F.4); empty where the organisation prints none, or a part does not
 * fit its place. A recipient to whom nobody gave a code of a payee goes by its id.
 */
export function payeeDigits(
  { id, requisites: { payeeCode = id } }: Pick<BillRecipient, 'id' | 'requisites'>,
  bill: { hasBarcodes: boolean; month: Month; account: { number: string } },
  due: Money,
): string {
  const account = bill.account.number;
  const fits = /^\d{1,4}$/.test(payeeCode) && /^\d{1,12}$/.test(account);
  if (!bill.hasBarcodes || !fits || due >= SUMS_THAT_FIT) return '';
  const mmyy = `${bill.month.slice(5)}${bill.month.slice(2, 4)}`;
  return barcodeDigits({ payeeCode, account, mmyy, sum: due });
}

/** Nine digits of minor units. */
const SUMS_THAT_FIT = 1_000_000_000n;
