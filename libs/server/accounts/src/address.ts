/** What an address line is made of. */
export interface AddressParts {
  city: string;
  street: string;
  /** Number of the house as it is written: «12 к. 1». */
  house: string;
  /** Number of the flat, office or room; empty for a house that is one account. */
  flat: string;
  /** FLAT, NON_RESIDENTIAL or ROOM. */
  premisesKind: string;
}

const BEFORE_NUMBER: Readonly<Record<string, string>> = {
  FLAT: 'кв.',
  NON_RESIDENTIAL: 'пом.',
  ROOM: 'комн.',
};

/** «Приреченск, Садовая ул., 12 к. 1» */
export const houseLine = ({ city, street, house }: Pick<AddressParts, 'city' | 'street' | 'house'>): string =>
  [city, street, house].filter(Boolean).join(', ');

/** «Приреченск, Садовая ул., 12 к. 1, кв. 47» */
export function addressLine(parts: AddressParts): string {
  const flat = parts.flat ? `${BEFORE_NUMBER[parts.premisesKind] ?? ''} ${parts.flat}`.trim() : '';
  return [houseLine(parts), flat].filter(Boolean).join(', ');
}
