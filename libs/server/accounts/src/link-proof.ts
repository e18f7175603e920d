import { normaliseSurname } from '@kvartal/domain';

/** What a person typed from the paper bill. */
export interface Proof {
  number: string;
  surname: string;
  flat: string;
}

/** What the books say of an account whose number has the same digits. */
export interface Candidate {
  number: string;
  /** Key of the holder's surname, or of the company's name; null where nobody holds it today. */
  surnameKey: string | null;
  flat: string;
}

/** The digits of an account number: what it is looked up by. */
export const digitsOf = (number: string): string => number.replace(/\D/g, '');

/** The letter index of an account number, if it has one. */
export const lettersOf = (number: string): string => number.replace(/[^\p{L}]/gu, '').toUpperCase();

/** A surname or a company's name as it is compared: quotes are written in too many ways to matter. */
const normaliseHolder = (name: string): string => normaliseSurname(name.replace(/[«»„“”"'’]/g, ' '));

/** A flat number as it is compared: «кв. 012 А» is «12А». */
export const normaliseFlat = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll('Ё', 'Е')
    .replace(/^\s*(КВАРТИРА|КВ|ПОМ|КОМН|ОФИС|ОФ)\.?(?=[\s\d])/, '')
    .replace(/[\s№]/g, '')
    .replace(/^0+(?=\d)/, '');

/**
 * Whether what was typed is right in every field. A letter index of the number may be left out on either side
 * (domain rule 0.2a.14); where both have one, it decides.
 */
export function proves(typed: Proof, { number, surnameKey, flat }: Candidate): boolean {
  const [ours, theirs] = [lettersOf(number), lettersOf(typed.number)];
  return (
    digitsOf(number) === digitsOf(typed.number) &&
    (!ours || !theirs || ours === theirs) &&
    surnameKey !== null &&
    surnameKey !== '' &&
    normaliseHolder(surnameKey) === normaliseHolder(typed.surname) &&
    normaliseFlat(flat) === normaliseFlat(typed.flat)
  );
}
