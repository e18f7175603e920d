import { decimalText, parseDecimal, readDecimal } from '@kvartal/domain';
import type { LegalUnit, TariffDaysFragment } from '../../generated/graphql';

/** A value for its days, whatever it is of: a price, a norm, a legal number. */
export interface DatedValue {
  id: string;
  value: string;
  document: string;
  from: string | null;
  to: string | null;
  knownSince: string;
  knownUntil: string | null;
  /** A price by volume: what is above its limits. */
  plan?: TariffDaysFragment['plan'];
  vatMode?: TariffDaysFragment['vatMode'];
}

const begun = ({ from }: DatedValue, day: string): boolean => from === null || from <= day;

/** What holds on a day. */
export const inForce = <T extends DatedValue>(values: readonly T[], day: string): T | undefined =>
  values.find((one) => begun(one, day) && (one.to === null || one.to >= day));

/** What begins next after a day. */
export const nextAfter = <T extends DatedValue>(values: readonly T[], day: string): T | undefined =>
  values
    .filter((one) => !begun(one, day))
    .sort((one, other) => ((one.from ?? '') < (other.from ?? '') ? -1 : 1))[0];

/** The newest row: whoever has seen it has seen all that stands. Null where nothing does. */
export const newestOf = (values: readonly { id: string }[]): string | null =>
  values.reduce<string | null>((last, { id }) => (last && BigInt(last) > BigInt(id) ? last : id), null);

/** A share of one is shown and typed as a per cent. */
const SHARE_DECIMALS = 8;
const DECIMALS = 6;

/** A legal number as people read it: "0.095" is "9.5" of a share. */
export const shownLegal = (value: string, unit: LegalUnit): string =>
  unit === 'SHARE' ? decimalText(parseDecimal(value, SHARE_DECIMALS), DECIMALS) : value;

/** What was typed as the API takes it; undefined where it is no number, or has more than six decimals. */
export function typedValue(text: string, unit: LegalUnit = 'NUMBER'): string | undefined {
  const typed = readDecimal(text);
  if (typed === undefined || (typed.split('.')[1]?.length ?? 0) > DECIMALS) return undefined;
  return unit === 'SHARE' ? decimalText(parseDecimal(typed, DECIMALS), SHARE_DECIMALS) : typed;
}
