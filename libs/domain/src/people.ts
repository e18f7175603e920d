/** A surname or a company's name as it is compared: upper case, ё as е, hyphens and quotes as single spaces. */
export const normaliseSurname = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll('Ё', 'Е')
    .replace(/[-‐–—«»„“"'\s]+/g, ' ')
    .trim();

/** An account number as it is compared: spaces and hyphens left out, upper case. */
export const normaliseAccountNumber = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase();

const masked = (word: string): string => (word.length < 2 ? word : `${word.slice(0, 1)}***${word.slice(-1)}`);
const initial = (word: string): string => (word ? `\u00a0${word.slice(0, 1)}.` : '');

/** «Иванов И. И.» */
export const shortName = (surname: string, given: string, patronymic: string): string =>
  `${surname}${initial(given)}${initial(patronymic)}`;

/** «И***в И. И.»: what somebody who only pays may see. */
export const maskName = (surname: string, given: string, patronymic: string): string =>
  shortName(masked(surname), given, patronymic);
