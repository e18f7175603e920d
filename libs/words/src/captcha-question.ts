import type { Locale } from './locale';

/** Zero to twelve. */
const NUMBERS: Readonly<Record<Locale, readonly string[]>> = {
  ru: 'ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать'.split(' '),
  kk: [...'нөл бір екі үш төрт бес алты жеті сегіз тоғыз он'.split(' '), 'он бір', 'он екі'],
  en: 'zero one two three four five six seven eight nine ten eleven twelve'.split(' '),
};
const QUESTIONS: Readonly<Record<Locale, (a: string, b: string, c: string) => string>> = {
  ru: (a, b, c) => `Сколько будет ${a} плюс ${b} минус ${c}? Ответьте числом.`,
  kk: (a, b, c) => `${a} қосу ${b} алу ${c} — қанша болады? Санмен жауап беріңіз.`,
  en: (a, b, c) => `How much is ${a} plus ${b} minus ${c}? Answer with a number.`,
};

/** A small sum in words, for whoever cannot see the picture with a code. Each number is between 0 and 12. */
export function captchaQuestion(
  locale: Locale,
  sum: readonly [plus: number, plus: number, minus: number],
): string {
  const [a = '', b = '', c = ''] = sum.map((number) => NUMBERS[locale][number] ?? '');
  const question = QUESTIONS[locale](a, b, c);
  return question.charAt(0).toUpperCase() + question.slice(1);
}
