import { LOCALES } from './locale';
import { REFUSAL_CODES, type RefusalCode } from './refusal-codes';
import { type RefusalParams, type RefusalSpeech, refusalsIn } from './refusals';

/** Sentences of the specification, with the values of its examples; spaces between number and word are U+00A0. */
const SAID: readonly [RefusalCode, RefusalParams, string][] = [
  [
    'AUTH_BAD_CREDENTIALS',
    {},
    'Логин или пароль не подходят. Проверьте раскладку и Caps Lock или восстановите доступ.',
  ],
  [
    'AUTH_LOCKED',
    { seconds: 900 },
    'Слишком много попыток. Попробуйте через 15 минут или восстановите пароль.',
  ],
  [
    'AUTH_LOCKED',
    { seconds: 61 },
    'Слишком много попыток. Попробуйте через 2 минуты или восстановите пароль.',
  ],
  ['TOO_MANY_ATTEMPTS', { seconds: 1 }, 'Слишком много попыток. Попробуйте через 1 минуту.'],
  ['TOO_MANY_ATTEMPTS', {}, 'Слишком много попыток. Попробуйте позже.'],
  ['REG_LOGIN_TAKEN', {}, 'Такой логин уже занят. Придумайте другой или войдите, если это вы.'],
  ['REG_LOGIN_FORM', { problem: 'FIRST_LETTER' }, 'Логин начинается с буквы.'],
  [
    'REG_LOGIN_FORM',
    { problem: 'TOO_LONG', maxLength: 30, length: 31 },
    'Логин не длиннее 30 символов. Сейчас 31.',
  ],
  ['REG_LINK_EXPIRED', {}, 'Ссылка устарела. Пройдите регистрацию заново — это займёт минуту.'],
  [
    'LINK_NOT_FOUND',
    {},
    'Не нашли счёт с такими данными. Сверьте платёжный код, фамилию и номер квартиры с квитанцией.',
  ],
  [
    'ACCOUNTS_LIMIT',
    { limit: 10 },
    'На один e-mail можно привязать не более 10 лицевых счетов. Нужен ещё — напишите нам.',
  ],
  [
    'ACCOUNTS_LIMIT',
    { limit: 1 },
    'На один e-mail можно привязать не более 1 лицевого счёта. Нужен ещё — напишите нам.',
  ],
  ['PASSWORD_LENGTH', { min: 8, max: 20, length: 6 }, 'Пароль должен быть от 8 до 20 символов. Сейчас 6.'],
  [
    'PASSWORD_SYMBOL',
    { symbol: '§', allowed: '! @ # $ % ^ _ . - * & ;' },
    'Символ «§» использовать нельзя. Можно буквы, цифры и ! @ # $ % ^ _ . - * & ;',
  ],
  [
    'READING_WINDOW_CLOSED',
    { from: '2026-12-10', to: '2026-12-25' },
    'Приём показаний закрыт. Следующий — с 10 по 25 декабря.',
  ],
  [
    'LESS_THAN_PREVIOUS',
    { value: '154.900', previous: '156.2' },
    'Показание меньше прошлого (154,9 < 156,2). Проверьте цифры. Если счётчик заменили — сообщите об этом.',
  ],
  ['TOO_MANY_DIGITS', { digits: 5, entered: 6 }, 'У этого счётчика 5 цифр до запятой, вы ввели 6.'],
  ['TOO_MANY_DECIMALS', { decimals: 3, entered: 4 }, 'У этого счётчика 3 цифры после запятой, вы ввели 4.'],
  ['TOO_MANY_DECIMALS', { decimals: 0 }, 'У этого счётчика нет цифр после запятой. Введите целое число.'],
  [
    'IMPLAUSIBLE_JUMP',
    { consumption: '48', unit: 'м³', times: 6 },
    'Расход 48 м³ — в 6 раз больше обычного. Проверьте цифры и подтвердите, если всё верно.',
  ],
  ['READING_PARTIAL', { filled: 1, total: 3 }, 'Вы заполнили 1 счётчик из 3. Отправить только его?'],
  ['READING_PARTIAL', { filled: 2, total: 5 }, 'Вы заполнили 2 счётчика из 5. Отправить только их?'],
  [
    'METER_NO_SERIAL',
    { hours: 'пн–пт 8:00–17:00' },
    'Показания на водомер без заводского номера не передаются! Принесите документы на счётчик в абонентский отдел (пн–пт 8:00–17:00).',
  ],
  [
    'METER_REMOVED',
    { removedOn: '2026-03-12' },
    'Невозможно передать показания на не работающий прибор учёта! Он снят 12.03.2026.',
  ],
  [
    'PERIOD_NOT_CLOSED',
    { month: '2026-11', by: '2026-12-05' },
    'Квитанция за ноябрь появится после закрытия месяца, обычно до 5 декабря.',
  ],
  [
    'FILE_TOO_BIG',
    { name: 'video.mov', size: 50331648, max: 20971520 },
    'Файл «video.mov» 48 МБ. Можно до 20 МБ.',
  ],
  [
    'AMOUNT_OUT_OF_RANGE',
    { least: '1.00', most: '100000.00', currency: 'RUB' },
    'Сумма не подходит. Можно от 1,00 ₽ до 100 000,00 ₽.',
  ],
  [
    'AMOUNT_OUT_OF_RANGE',
    { least: '1.00', most: '2.50', currency: 'KZT' },
    'Сумма не подходит. Можно от 1,00 ₸ до 2,50 ₸.',
  ],
  ['AMOUNT_OUT_OF_RANGE', { least: '1.00', most: '2.50' }, 'Сумма не подходит. Можно от 1,00 до 2,50.'],
  [
    'MONTH_OUT_OF_RANGE',
    { from: '2026-01', to: '2026-11' },
    'За этот месяц платёж не принять. Можно за эти месяцы: январь 2026 – ноябрь 2026.',
  ],
  [
    'NO_TARIFF',
    { services: 'Отопление, Газ', month: '2026-11' },
    'Нет тарифа на услуги: Отопление, Газ (ноябрь 2026). Внесите тариф и запустите расчёт снова.',
  ],
  [
    'REQUEST_STATE',
    { state: 'CLOSED' },
    'Это действие с заявкой сейчас недоступно: она в состоянии «Закрыта». Обновите страницу.',
  ],
];

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

/** Everything a sentence could ask for, at once. */
const EVERYTHING = {
  seconds: 61,
  min: '1',
  max: '20',
  length: 21,
  limit: 2,
  maxLength: 30,
  symbol: '§',
  problem: 'SYMBOL',
  allowed: '!',
  month: '2026-11',
  by: '2026-12-05',
  from: '2026-11-25',
  to: '2026-12-03',
  removedOn: '2026-03-12',
  until: '2026-01-01',
  value: '1.5',
  previous: '2',
  digits: 5,
  decimals: 3,
  entered: 4,
  consumption: '4.750000',
  times: 6,
  usualTo: '8',
  unit: 'м³',
  filled: 2,
  total: 3,
  done: 1,
  houses: 4,
  services: 'Вода',
  name: 'a.mov',
  size: 5_000_000,
  state: 'DONE',
  hours: 'пн–пт',
  currency: 'RUB',
  least: '1.00',
  most: '2.00',
};

describe('refusalsIn', () => {
  let russian: RefusalSpeech;
  beforeAll(async () => {
    russian = await refusalsIn('ru');
  });

  it.each(SAID)('%s %j', (code, params, sentence) => {
    expect(plainSpaces(russian(code, params))).toBe(sentence);
  });

  it('takes the values as the API lists them', async () => {
    const english = await refusalsIn('en');
    const params = [{ name: 'limit', value: '3' }];
    expect(plainSpaces(english('ACCOUNTS_LIMIT', params))).toBe(
      'At most 3 accounts can be linked to one e-mail. If you need more, write to us.',
    );
  });

  it.each(LOCALES)('says every code in %s with whatever values came, and never a hole', async (locale) => {
    const say = await refusalsIn(locale);
    for (const code of REFUSAL_CODES)
      for (const params of [{}, EVERYTHING]) {
        const sentence = say(code, params);
        expect(sentence).toMatch(/[.;?!]$|жарайды$/);
        expect(sentence).not.toMatch(/undefined|NaN|\$\{|«»| {2}|“”| [.,]/);
      }
  });

  it('blames nobody and does not shout, but for the two sentences that the offices know by heart', () => {
    const shouting = REFUSAL_CODES.filter((code) => russian(code, {}).includes('!'));
    expect(shouting).toEqual(['METER_NO_SERIAL', 'METER_REMOVED']);
    for (const code of REFUSAL_CODES)
      expect(russian(code, EVERYTHING)).not.toMatch(/Произошла ошибка|Некорректн|Упс/);
  });
});
