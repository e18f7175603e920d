import { captchaQuestion } from './captcha-question';
import { LOCALES } from './locale';

describe('a question in words', () => {
  it('is asked in each language', () => {
    expect(LOCALES.map((locale) => captchaQuestion(locale, [7, 12, 3]))).toEqual([
      'Сколько будет семь плюс двенадцать минус три? Ответьте числом.',
      'Жеті қосу он екі алу үш — қанша болады? Санмен жауап беріңіз.',
      'How much is seven plus twelve minus three? Answer with a number.',
    ]);
  });

  it('holds no digit that a program would pick out', () => {
    for (const locale of LOCALES)
      for (let n = 0; n <= 12; n += 1)
        expect(captchaQuestion(locale, [n, n, n])).not.toMatch(/\d|undefined| {2}/);
  });
});
