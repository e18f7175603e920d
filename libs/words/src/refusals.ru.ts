import { showDay, showDays, showMonth, showMonthName } from './dates';
import { enumTextOf } from './enums';
import type { RefusalSentences, Values } from './refusals';

const MINUTES = { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' };
/** After «до», «более», «от». */
const SYMBOLS = { one: 'символа', other: 'символов' };
const DIGITS = { one: 'цифра', few: 'цифры', many: 'цифр', other: 'цифры' };
const month = (v: Values, name = 'month') => showMonth(v.raw(name), 'ru');
const later = (v: Values) => (v.has('seconds') ? `через ${v.minutes('seconds', MINUTES)}` : 'позже');
const unit = (v: Values) => (v.has('unit') ? `\u00a0${v.raw('unit')}` : '');

const LOGIN_FORM: Readonly<Record<string, (v: Values) => string>> = {
  FIRST_LETTER: () => 'Логин начинается с буквы.',
  TOO_LONG: (v) => `Логин не длиннее ${v.count('maxLength', SYMBOLS)}. Сейчас ${v.number('length')}.`,
  SYMBOL: (v) =>
    `Символ «${v.raw('symbol')}» в логине использовать нельзя. Можно русские и латинские буквы, цифры, дефис и подчёркивание.`,
};

/** What happened → why → what to do. */
export const refusalsRu: RefusalSentences = {
  AUTH_BAD_CREDENTIALS:
    'Логин или пароль не подходят. Проверьте раскладку и Caps Lock или восстановите доступ.',
  AUTH_LOCKED: (v) => `Слишком много попыток. Попробуйте ${later(v)} или восстановите пароль.`,
  AUTH_NOT_CONFIRMED:
    'Вы ещё не подтвердили e-mail. Откройте ссылку из нашего письма; если письма нет, проверьте «Спам» или запросите новое.',
  REG_LOGIN_TAKEN: 'Такой логин уже занят. Придумайте другой или войдите, если это вы.',
  REG_LOGIN_FORM: (v) =>
    LOGIN_FORM[v.raw('problem')]?.(v) ??
    'Логин не подходит. Можно русские и латинские буквы, цифры, дефис и подчёркивание, первой стоит буква.',
  REG_LINK_EXPIRED: 'Ссылка устарела. Пройдите регистрацию заново — это займёт минуту.',
  EMAIL_FORM: 'В адресе e-mail ошибка. Он выглядит так: name@example.ru.',
  PASSWORD_LENGTH: (v) =>
    v.has('min', 'max')
      ? `Пароль должен быть от ${v.number('min')} до ${v.count('max', SYMBOLS)}. Сейчас ${v.number('length')}.`
      : 'Длина пароля не подходит. Придумайте другой.',
  PASSWORD_SYMBOL: (v) =>
    `${v.has('symbol') ? `Символ «${v.raw('symbol')}»` : 'Такие символы'} использовать нельзя.${v.has('allowed') ? ` Можно буквы, цифры и ${v.raw('allowed')}` : ''}`,
  PASSWORD_MISMATCH: 'Пароли не совпадают. Введите один и тот же пароль в оба поля.',
  CAPTCHA_WRONG: 'Код не совпал с картинкой. Введите код с новой картинки.',
  CONSENT_REQUIRED:
    'Без согласия на обработку персональных данных кабинет не создать. Прочитайте согласие и отметьте его.',
  AGREEMENT_REQUIRED: 'Соглашение не принято. Прочитайте его и отметьте, что согласны.',
  RECOVERY_LINK_EXPIRED: 'Ссылка для смены пароля устарела или уже использована. Запросите новую.',
  TOO_MANY_ATTEMPTS: (v) => `Слишком много попыток. Попробуйте ${later(v)}.`,
  LINK_NOT_FOUND:
    'Не нашли счёт с такими данными. Сверьте платёжный код, фамилию и номер квартиры с квитанцией.',
  ACCOUNTS_LIMIT: (v) =>
    v.has('limit')
      ? `На один e-mail можно привязать не более ${v.number('limit')} ${v.form('limit', { one: 'лицевого счёта', other: 'лицевых счетов' })}. Нужен ещё — напишите нам.`
      : 'Больше лицевых счетов на этот e-mail не привязать. Нужен ещё — напишите нам.',
  ALREADY_LINKED: 'Этот лицевой счёт уже привязан. Выберите его в списке счетов.',
  REQUIRED: 'Поле не заполнено. Заполните его и отправьте снова.',
  TOO_LONG: (v) =>
    v.has('max')
      ? `Слишком длинно: можно до ${v.count('max', SYMBOLS)}${v.has('length') ? `, сейчас ${v.number('length')}` : ''}. Сократите текст.`
      : 'Слишком длинно. Сократите текст.',
  METER_NO_SERIAL: (v) =>
    `Показания на водомер без заводского номера не передаются! Принесите документы на счётчик в абонентский отдел${v.has('hours') ? ` (${v.raw('hours')})` : ''}.`,
  METER_REMOVED: (v) =>
    `Невозможно передать показания на не работающий прибор учёта! ${v.has('removedOn') ? `Он снят ${v.date('removedOn')}.` : 'Если он исправен, позвоните нам.'}`,
  READING_WINDOW_CLOSED: (v) =>
    `Приём показаний закрыт. ${v.has('from', 'to') ? `Следующий — ${showDays(v.raw('from'), v.raw('to'), 'ru')}.` : 'Дождитесь следующего месяца.'}`,
  NOT_A_NUMBER: 'Это не число. Введите показание цифрами, дробную часть — после запятой.',
  TOO_MANY_DIGITS: (v) =>
    v.has('digits')
      ? `У этого счётчика ${v.count('digits', DIGITS)} до запятой${v.has('entered') ? `, вы ввели ${v.number('entered')}` : ''}.`
      : 'Цифр до запятой больше, чем у счётчика. Проверьте показание.',
  TOO_MANY_DECIMALS: (v) => {
    if (!v.has('decimals')) return 'Цифр после запятой больше, чем у счётчика. Проверьте показание.';
    if (v.raw('decimals') === '0') return 'У этого счётчика нет цифр после запятой. Введите целое число.';
    return `У этого счётчика ${v.count('decimals', DIGITS)} после запятой${v.has('entered') ? `, вы ввели ${v.number('entered')}` : ''}.`;
  },
  DATE_OUT_OF_RANGE: (v) => {
    if (v.has('from', 'to')) return `Дата не подходит. Можно с ${v.date('from')} по ${v.date('to')}.`;
    if (v.has('from')) return `Дата не подходит. Можно не раньше ${v.date('from')}.`;
    return `Дата не подходит. ${v.has('to') ? `Можно не позже ${v.date('to')}.` : 'Проверьте её.'}`;
  },
  LESS_THAN_PREVIOUS: (v) =>
    `Показание меньше прошлого${v.has('value', 'previous') ? ` (${v.number('value')} < ${v.number('previous')})` : ''}. Проверьте цифры. Если счётчик заменили — сообщите об этом.`,
  VERIFICATION_EXPIRED: (v) =>
    `Срок поверки счётчика истёк${v.has('until') ? ` ${v.date('until')}` : ''}, показания не принимаются. Закажите поверку и передайте нам её результат.`,
  IMPLAUSIBLE_JUMP: (v) => {
    const spent = v.has('consumption') ? `Расход ${v.number('consumption')}${unit(v)}` : 'Расход';
    if (v.has('times')) {
      const times = v.form('times', { one: 'раз', few: 'раза', many: 'раз', other: 'раза' });
      return `${spent} — в ${v.number('times')} ${times} больше обычного. Проверьте цифры и подтвердите, если всё верно.`;
    }
    return `${spent} больше обычного${v.has('usualTo') ? ` (обычно до ${v.number('usualTo')}${unit(v)})` : ''}. Проверьте цифры и подтвердите, если всё верно.`;
  },
  ZERO_CONSUMPTION:
    'Расход нулевой: показание такое же, как в прошлый раз. Если вы не пользовались, всё верно.',
  ROLLOVER: (v) =>
    `Похоже, счётчик прошёл через ноль${v.has('consumption') ? `: расход ${v.number('consumption')}${unit(v)}` : ''}. Проверьте цифры.`,
  READING_PARTIAL: (v) =>
    v.has('filled', 'total')
      ? `Вы заполнили ${v.count('filled', { one: 'счётчик', few: 'счётчика', many: 'счётчиков', other: 'счётчика' })} из ${v.number('total')}. Отправить только ${v.form('filled', { one: 'его', other: 'их' })}?`
      : 'Вы заполнили не все счётчики. Отправить только заполненные?',
  READING_PROCESSED:
    'По этому показанию уже начислено, изменить его нельзя. Если в нём ошибка, напишите нам: исправим перерасчётом.',
  READING_UNKNOWN_METER:
    'У этого лицевого счёта нет такого счётчика. Обновите страницу и введите показание снова.',
  PERIOD_NOT_OPEN: (v) =>
    `${v.has('month') ? `Месяц «${month(v)}»` : 'Этот месяц'} не открыт, менять в нём ничего нельзя. Внесите исправление в открытый месяц.`,
  PERIOD_NOT_CLOSED: (v) =>
    `Квитанция${v.has('month') ? ` за ${showMonthName(v.raw('month'), 'ru')}` : ''} появится после закрытия месяца${v.has('by') ? `, обычно до ${showDay(v.raw('by'), 'ru')}` : ''}.`,
  EARLIER_PERIOD_OPEN: (v) =>
    `Месяцы закрываются по порядку. Сначала закройте ${v.has('month') ? month(v) : 'предыдущий'}.`,
  CLOSING_IN_PROGRESS: 'Закрытие этого месяца уже идёт. Дождитесь его или отмените.',
  CLOSING_NOT_READY: (v) =>
    `Расчёт ещё не готов${v.has('done', 'houses') ? `: посчитано домов ${v.number('done')} из ${v.number('houses')}` : ''}. Дождитесь конца и проверьте итоги.`,
  CLOSING_CHANGED: (v) =>
    `После расчёта изменились показания, тарифы или данные счетов${v.has('houses') ? `; домов: ${v.number('houses')}` : ''}. Пересчитайте изменённое и проверьте итоги снова.`,
  CLOSING_ENDED: 'Это закрытие уже завершено или отменено. Откройте текущее.',
  EXPLANATION_DIFFERS:
    'Эту строку сейчас не удаётся посчитать заново копейка в копейку, поэтому мы не показываем расчёт. Сумма в квитанции прежняя. Мы уже знаем и разберёмся.',
  NO_TARIFF: (v) =>
    `Нет тарифа${v.has('services') ? ` на услуги: ${v.raw('services')}` : ''}${v.has('month') ? ` (${month(v)})` : ''}. Внесите тариф и запустите расчёт снова.`,
  BELOW_ZERO: 'Это число не бывает меньше нуля. Исправьте его.',
  TARIFF_PLAN:
    'Ступени цены заданы неверно. Пределы идут по возрастанию, у каждого своя цена; у социальной и суточной нормы предел один и на человека.',
  HEATING_MONTHS: 'Месяцев отопления в году — целое число от 1 до 12.',
  MONTH_OF_A_YEAR: 'Месяц года — число от 1 до 12.',
  AMOUNT_OUT_OF_RANGE: (v) =>
    v.has('least', 'most')
      ? `Сумма не подходит. Можно от ${v.money('least')} до ${v.money('most')}.`
      : 'Сумма не подходит. Введите другую.',
  PAYMENT_UNAVAILABLE:
    'Оплатить сейчас нельзя: банк не отвечает. Деньги не списаны. Попробуйте через несколько минут.',
  IDEMPOTENCY_KEY_REUSED: 'Это уже отправлено с другими данными. Обновите страницу и начните заново.',
  PHONE_FORM: 'В номере телефона ошибка. Он выглядит так: +7\u00a0912\u00a0345-67-89.',
  FILE_TOO_BIG: (v) =>
    `Файл${v.has('name') ? ` «${v.raw('name')}»` : ''}${v.has('size') ? ` ${v.size('size')}` : ' слишком большой'}.${v.has('max') ? ` Можно до ${v.size('max')}.` : ''}`,
  FILE_KIND: (v) =>
    `Файл${v.has('name') ? ` «${v.raw('name')}»` : ''} такого вида не принимаем. Можно ${v.has('allowed') ? v.raw('allowed') : 'фото, PDF и архив ZIP'}.`,
  TOO_MANY_FILES: (v) =>
    `Файлов слишком много.${v.has('max') ? ` Можно приложить до ${v.count('max', { one: 'файла', other: 'файлов' })}.` : ' Уберите лишние.'}`,
  REQUEST_STATE: (v) =>
    `Это действие с заявкой сейчас недоступно${v.has('state') ? `: она в состоянии «${enumTextOf('RequestState', v.raw('state'), 'ru')}»` : ''}. Обновите страницу.`,
  ALREADY_RATED: 'Вы уже оценили эту заявку. Второй раз оценить её нельзя.',
  BATCH_TOO_LONG: (v) =>
    `В одной отправке слишком много строк${v.has('length') ? `: ${v.number('length')}` : ''}.${v.has('max') ? ` Можно до ${v.number('max')}.` : ''} Разделите её на части.`,
  KEY_SCOPE: 'У ключа нет ни одного права. Отметьте, что ему разрешено.',
};
