/** An identifier of ГИС ЖКХ taken apart; parts that its kind has not are left out (specification F.5). */
export type GisIdentifier =
  | { readonly valid: false }
  | {
      readonly valid: true;
      /** ЕЛС: the account; ИЖКУ: a provider's services for it; ИПД: one payment document. */
      readonly kind: 'ELS' | 'IZHKU' | 'IPD';
      readonly els: string;
      readonly serviceNo?: string;
      readonly izhku?: string;
      /** The last digit of the year, the month, and the number of the document in it. */
      readonly yearDigit?: number;
      readonly month?: number;
      readonly sequence?: number;
    };

const FORM = /^(\d{2}[А-ЯЁA-Z]{2}\d{6})(?:-(\d{2})(?:-(\d)(\d{2})(\d))?)?$/;

/** Reads an identifier of ГИС ЖКХ; letters become upper case. */
export function parseGisIdentifier(text: string): GisIdentifier {
  const [, els, serviceNo, year, month, sequence] = FORM.exec(text.trim().toUpperCase()) ?? [];
  if (els === undefined) return { valid: false };
  if (serviceNo === undefined) return { valid: true, kind: 'ELS', els };
  const service = { els, serviceNo, izhku: `${els}-${serviceNo}` };
  if (year === undefined) return { valid: true, kind: 'IZHKU', ...service };
  if (Number(month) < 1 || Number(month) > 12) return { valid: false };
  return {
    valid: true,
    kind: 'IPD',
    ...service,
    yearDigit: Number(year),
    month: Number(month),
    sequence: Number(sequence),
  };
}
