import { isCivilDate } from '@kvartal/domain';
import { showDate } from '@kvartal/words';

/** A day as it was typed, «1.12.2026» or «01122026», in the API's form; undefined where it is none. */
export function typedDay(text: string): string | undefined {
  const [, day = '', month = '', year = ''] =
    /^\s*(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})\s*$/.exec(text) ??
    /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(text) ??
    [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCivilDate(date) ? date : undefined;
}

/** A day of the API's form as it is typed; any other text as it is. */
export const dayAsTyped = (value: string): string => (isCivilDate(value) ? showDate(value) : value);
