import { showDate, showMoney, showMonth, type CurrencyCode } from '@kvartal/words';
import type { Letter, RequestNews } from './letter';

const NOT_ME = 'Если это были не вы, просто удалите письмо: ничего не произойдёт.';

const NEWS: Readonly<Record<RequestNews, string>> = {
  CREATED: 'принята',
  CLARIFICATION: 'нужен ваш ответ',
  ASSIGNED: 'назначен исполнитель',
  MESSAGE: 'новый ответ',
};

/** The letters in Russian: what happened, why, what to do. */
export const ru = {
  frame: {
    copy: 'Если кнопка не открывается, скопируйте адрес:',
    automatic: 'Письмо отправлено автоматически, отвечать на него не нужно.',
  },
  requestNews: (news: RequestNews): string => NEWS[news],
  confirmRegistration: (told: { login: string; url: string; until: string }): Letter => ({
    template: 'confirm-registration',
    subject: 'Подтвердите регистрацию',
    heading: 'Подтвердите регистрацию',
    paragraphs: [
      `Вы зарегистрировались в личном кабинете с логином ${told.login}. Осталось подтвердить, что эта почта ваша.`,
    ],
    button: { label: 'Подтвердить почту', url: told.url },
    note: `Ссылка действует до ${told.until} и срабатывает один раз. ${NOT_ME}`,
  }),
  emailTaken: (told: { login: string; url: string }): Letter => ({
    template: 'email-taken',
    subject: 'На вашу почту пытались зарегистрироваться',
    heading: 'Вы уже зарегистрированы',
    paragraphs: [
      `Кто-то — возможно, вы сами — пытался завести ещё одну учётную запись на эту почту. У вас уже есть кабинет с логином ${told.login}.`,
      'Если вы забыли пароль, задайте новый: это займёт минуту.',
    ],
    button: { label: 'Восстановить доступ', url: told.url },
    note: NOT_ME,
  }),
  recovery: (told: { login: string; url: string; until: string }): Letter => ({
    template: 'recovery',
    subject: 'Новый пароль для личного кабинета',
    heading: 'Задайте новый пароль',
    paragraphs: [`Для учётной записи ${told.login} попросили новый пароль.`],
    button: { label: 'Задать новый пароль', url: told.url },
    note: `Ссылка действует до ${told.until} и срабатывает один раз. ${NOT_ME}`,
  }),
  passwordChanged: (told: { login: string; at: string; url: string }): Letter => ({
    template: 'password-changed',
    subject: 'Пароль изменён',
    heading: 'Пароль изменён',
    paragraphs: [
      `Пароль учётной записи ${told.login} изменён ${told.at}. На всех устройствах нужно войти заново.`,
    ],
    button: { label: 'Это был не я', url: told.url },
    note: 'Если пароль сменили не вы, нажмите кнопку и задайте свой.',
  }),
  accountLinked: (told: { number: string; address: string; url: string }): Letter => ({
    template: 'account-linked',
    subject: `Лицевой счёт ${told.number} добавлен`,
    heading: 'Лицевой счёт добавлен',
    paragraphs: [
      `В ваш кабинет добавлен счёт ${told.number}, ${told.address}. Теперь здесь видны начисления, показания и платежи.`,
    ],
    button: { label: 'Открыть кабинет', url: told.url },
  }),
  accountLinkedByOther: (told: { number: string; address: string; url: string }): Letter => ({
    template: 'account-linked-by-other',
    subject: `К счёту ${told.number} подключился ещё один человек`,
    heading: 'К счёту подключился ещё один человек',
    paragraphs: [
      `Лицевой счёт ${told.number}, ${told.address} добавил в свой кабинет другой пользователь: он назвал номер счёта, фамилию и номер квартиры.`,
      'Если вы не знаете, кто это, сообщите в свою организацию: доступ можно отозвать.',
    ],
    button: { label: 'Открыть кабинет', url: told.url },
  }),
  billIssued: (told: {
    number: string;
    address: string;
    month: string;
    total: string;
    currency: CurrencyCode;
    payBy: string;
    url: string;
  }): Letter => ({
    template: 'bill-issued',
    subject: `Квитанция за ${showMonth(told.month, 'ru')}: ${showMoney(told.total, told.currency)}`,
    heading: `К оплате ${showMoney(told.total, told.currency)}`,
    paragraphs: [
      `Готова квитанция за ${showMonth(told.month, 'ru')} по счёту ${told.number}, ${told.address}.`,
    ],
    facts: [
      { label: 'К оплате', value: showMoney(told.total, told.currency) },
      { label: 'Оплатить до', value: showDate(told.payBy) },
    ],
    button: { label: 'Посмотреть и оплатить', url: told.url },
  }),
  paymentReceived: (told: {
    number: string;
    amount: string;
    currency: CurrencyCode;
    paidOn: string;
    order: string;
    balance: string;
    url: string;
  }): Letter => ({
    template: 'payment-received',
    subject: `Платёж ${showMoney(told.amount, told.currency)} получен`,
    heading: `Платёж ${showMoney(told.amount, told.currency)} получен`,
    paragraphs: [`Деньги зачислены на лицевой счёт ${told.number}.`],
    facts: [
      { label: 'Сумма', value: showMoney(told.amount, told.currency) },
      { label: 'Дата платежа', value: showDate(told.paidOn) },
      { label: 'Номер заказа', value: told.order },
      {
        label: told.balance.startsWith('-') ? 'Переплата' : 'Осталось оплатить',
        value: showMoney(told.balance.replace('-', ''), told.currency),
      },
    ],
    button: { label: 'Открыть платежи', url: told.url },
  }),
  paymentReversed: (told: {
    number: string;
    amount: string;
    currency: CurrencyCode;
    paidOn: string;
    reason: string;
    balance: string;
    url: string;
  }): Letter => ({
    template: 'payment-reversed',
    subject: `Платёж ${showMoney(told.amount, told.currency)} отменён`,
    heading: `Платёж ${showMoney(told.amount, told.currency)} отменён`,
    paragraphs: [
      `Организация отменила зачисление на лицевой счёт ${told.number}. Если вы платили, сообщите ей номер и дату платежа.`,
    ],
    facts: [
      { label: 'Сумма', value: showMoney(told.amount, told.currency) },
      { label: 'Дата платежа', value: showDate(told.paidOn) },
      { label: 'Причина', value: told.reason },
      {
        label: told.balance.startsWith('-') ? 'Переплата' : 'Осталось оплатить',
        value: showMoney(told.balance.replace('-', ''), told.currency),
      },
    ],
    button: { label: 'Открыть платежи', url: told.url },
  }),
  requestChanged: (told: {
    number: string;
    category: string;
    what: string;
    text: string;
    url: string;
  }): Letter => ({
    template: 'request-changed',
    subject: `Заявка № ${told.number}: ${told.what}`,
    heading: `Заявка № ${told.number}: ${told.what}`,
    paragraphs: [told.category, ...(told.text ? [told.text] : [])],
    button: { label: 'Открыть заявку', url: told.url },
  }),
};
