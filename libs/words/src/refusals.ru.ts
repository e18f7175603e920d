import { daysText, monthNameText, monthText, dayText } from './dates';
import { requestStates } from './enums';
import type { RefusalSentences, Values } from './refusals';

const SYMBOLS = { one: 'символ', few: 'символа', many: 'символов', other: 'символа' };
const DIGITS = { one: 'цифра', few: 'цифры', many: 'цифр', other: 'цифры' };
const minutes = (v: Values) => {
  const count = v.minutes('seconds');
  const word = { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' };
  return `${count}\u00a0${word[count % 10 === 1 && count % 100 !== 11 ? 'one' : count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14) ? 'few' : 'many']}`;
};
