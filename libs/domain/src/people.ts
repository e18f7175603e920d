/** A surname for comparing: upper case, ё as е, a hyphen as a space, single spaces (specification G.3). */
export function normaliseSurname(surname: string): string {
  return surname
    .toUpperCase()
    .replaceAll('Ё', 'Е')
    .replace(/[-\u2010-\u2015\s\u00a0]+/g, ' ')
    .trim();
}

/**
 * An account's number for comparing: without spaces and hyphens, and without the letter index in front or behind,
 * which people may omit. Leading zeros stay: a number is a string.
 */
export function normaliseAccountNumber(number: string): string {
  const joined = number.replace(/[-\u2010-\u2015\s\u00a0]+/g, '').toUpperCase();
  const digits = joined.replace(/^\p{L}+/u, '').replace(/\p{L}+$/u, '');
  return digits === '' ? joined : digits;
}

/** «И***в И. И.» of «Иванов Иван Иванович»: enough to recognise oneself, too little to learn a name. */
export function maskName(fullName: string): string {
  const [surname = '', ...rest] = words(fullName);
  const letters = [...surname];
  const last = letters.length > 2 ? letters.at(-1) : '';
  return [`${letters[0] ?? ''}***${last ?? ''}`, ...rest.map(initial)].join(' ');
}

/** «Иванов И. И.» of «Иванов Иван Иванович». */
export function shortName(fullName: string): string {
  const [surname = '', ...rest] = words(fullName);
  return [surname, ...rest.map(initial)].join(' ');
}

function words(fullName: string): string[] {
  return fullName.split(/[\s\u00a0]+/).filter((word) => word !== '');
}

function initial(name: string): string {
  return `${([...name][0] ?? '').toUpperCase()}.`;
}
