import { normaliseSurname } from '@kvartal/domain';

/** A condition on account `a` of organisation $1, with the values for its parameters from `$first` on. */
export interface Condition {
  sql: string;
  values: readonly string[];
}

/** Words of an address that name no place. */
const NOISE = new Set(['УЛ', 'УЛИЦА', 'Д', 'ДОМ', 'КВ', 'КВАРТИРА', 'Г', 'ПОМ', 'КОМН', 'Л/С', 'ЛС']);
const MOST_WORDS = 6;

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** The words of a search that say something: «ул. Садовая, 12-47» is «САДОВАЯ», «12», «47». */
export function wordsOf(text: string): string[] {
  return normaliseSurname(text)
    .split(/[\s,.№]+/)
    .filter((word) => word !== '' && !NOISE.has(word))
    .slice(0, MOST_WORDS);
}

/**
 * Each word has to be found somewhere: digits at the beginning of the account's number, or as the number of a house or a
 * flat; letters at the beginning of the holder's surname, in a company's name, or in the street or city.
 */
export function conditionOf(word: string, first: number): Condition {
  const isNumber = /\d/.test(word);
  const at = `$${first}`;
  const like = `$${first + 1}`;
  const sql = isNumber
    ? `(a.number_digits like ${like} or a.number = ${at}
        or a.house_id in (select id from house where organization_id = $1
          and (upper(number) = ${at} or upper(number) like ${at} || ' %'))
        or a.premises_id in (select id from premises where organization_id = $1 and upper(number) = ${at}))`
    : `(a.id in (select account_id from holder where organization_id = $1 and upper_inf(known) and upper_inf(valid)
          and (surname_key like ${like} or (kind = 'LEGAL' and surname_key like '%' || ${like})))
        or a.house_id in (select id from house where organization_id = $1
          and (replace(upper(street), 'Ё', 'Е') like '%' || ${like} or upper(city) = ${at})))`;
  return { sql, values: [word, `${escaped(isNumber ? word.replace(/\D/g, '') : word)}%`] };
}
