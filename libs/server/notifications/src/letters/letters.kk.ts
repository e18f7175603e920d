import { showDate, showMoney, showMonth } from '@kvartal/words';
import type { RequestNews } from './letter';
import type { Letters } from './letters';

const NOT_ME = 'Егер бұл сіз болмасаңыз, хатты жойып жіберіңіз: ештеңе болмайды.';
const NEWS: Readonly<Record<RequestNews, string>> = {
  CREATED: 'қабылданды',
  CLARIFICATION: 'жауабыңыз керек',
  ASSIGNED: 'орындаушы тағайындалды',
  MESSAGE: 'жаңа жауап',
};

/** The letters in Kazakh. */
export const kk: Letters = {
  frame: {
    copy: 'Түйме ашылмаса, мекенжайды көшіріп алыңыз:',
    automatic: 'Хат автоматты түрде жіберілді, оған жауап берудің қажеті жоқ.',
  },
  requestNews: (news) => NEWS[news],
  confirmRegistration: (told) => ({
    template: 'confirm-registration',
    subject: 'Тіркелуді растаңыз',
    heading: 'Тіркелуді растаңыз',
    paragraphs: [
      `Сіз жеке кабинетке ${told.login} логинімен тіркелдіңіз. Енді бұл пошта сіздікі екенін растау керек.`,
    ],
    button: { label: 'Поштаны растау', url: told.url },
    note: `Сілтеме ${told.until} дейін жарамды және бір рет қана істейді. ${NOT_ME}`,
  }),
  emailTaken: (told) => ({
    template: 'email-taken',
    subject: 'Поштаңызға тіркелмек болды',
    heading: 'Сіз тіркеліп қойғансыз',
    paragraphs: [
      `Біреу — мүмкін, өзіңіз — осы поштаға тағы бір тіркелгі ашпақ болды. Сізде ${told.login} логині бар кабинет бар.`,
      'Құпиясөзді ұмытып қалсаңыз, жаңасын қойыңыз: бұған бір минут жетеді.',
    ],
    button: { label: 'Кіруді қалпына келтіру', url: told.url },
    note: NOT_ME,
  }),
  recovery: (told) => ({
    template: 'recovery',
    subject: 'Жеке кабинетке жаңа құпиясөз',
    heading: 'Жаңа құпиясөз қойыңыз',
    paragraphs: [`${told.login} тіркелгісі үшін жаңа құпиясөз сұралды.`],
    button: { label: 'Жаңа құпиясөз қою', url: told.url },
    note: `Сілтеме ${told.until} дейін жарамды және бір рет қана істейді. ${NOT_ME}`,
  }),
  passwordChanged: (told) => ({
    template: 'password-changed',
    subject: 'Құпиясөз өзгертілді',
    heading: 'Құпиясөз өзгертілді',
    paragraphs: [
      `${told.login} тіркелгісінің құпиясөзі өзгертілді: ${told.at}. Барлық құрылғыда қайта кіру керек.`,
    ],
    button: { label: 'Бұл мен емес', url: told.url },
    note: 'Құпиясөзді өзгерткен сіз болмасаңыз, түймені басып, өз құпиясөзіңізді қойыңыз.',
  }),
  accountLinked: (told) => ({
    template: 'account-linked',
    subject: `${told.number} дербес шоты қосылды`,
    heading: 'Дербес шот қосылды',
    paragraphs: [
      `Кабинетіңізге ${told.number} шоты қосылды, ${told.address}. Енді мұнда есептеулер, көрсеткіштер мен төлемдер көрінеді.`,
    ],
    button: { label: 'Кабинетті ашу', url: told.url },
  }),
  accountLinkedByOther: (told) => ({
    template: 'account-linked-by-other',
    subject: `${told.number} шотына тағы бір адам қосылды`,
    heading: 'Шотқа тағы бір адам қосылды',
    paragraphs: [
      `${told.number} дербес шотын (${told.address}) өз кабинетіне басқа пайдаланушы қосты: ол шот нөмірін, тегін және пәтер нөмірін атады.`,
      'Оның кім екенін білмесеңіз, ұйымыңызға хабарлаңыз: рұқсатты қайтарып алуға болады.',
    ],
    button: { label: 'Кабинетті ашу', url: told.url },
  }),
  billIssued: (told) => ({
    template: 'bill-issued',
    subject: `Түбіртек, ${showMonth(told.month, 'kk')}: ${showMoney(told.total, told.currency)}`,
    heading: `Төлеуге ${showMoney(told.total, told.currency)}`,
    paragraphs: [
      `${told.number} шоты (${told.address}) бойынша түбіртек дайын: ${showMonth(told.month, 'kk')}.`,
    ],
    facts: [
      { label: 'Төлеуге', value: showMoney(told.total, told.currency) },
      { label: 'Төлеу мерзімі', value: showDate(told.payBy) },
    ],
    button: { label: 'Қарау және төлеу', url: told.url },
  }),
  paymentReceived: (told) => ({
    template: 'payment-received',
    subject: `${showMoney(told.amount, told.currency)} төлем алынды`,
    heading: `${showMoney(told.amount, told.currency)} төлем алынды`,
    paragraphs: [`Ақша ${told.number} дербес шотына түсті.`],
    facts: [
      { label: 'Сома', value: showMoney(told.amount, told.currency) },
      { label: 'Төлем күні', value: showDate(told.paidOn) },
      { label: 'Тапсырыс нөмірі', value: told.order },
      {
        label: told.balance.startsWith('-') ? 'Артық төлем' : 'Төлеу керек',
        value: showMoney(told.balance.replace('-', ''), told.currency),
      },
    ],
    button: { label: 'Төлемдерді ашу', url: told.url },
  }),
  paymentReversed: (told) => ({
    template: 'payment-reversed',
    subject: `${showMoney(told.amount, told.currency)} төлемінің күші жойылды`,
    heading: `${showMoney(told.amount, told.currency)} төлемінің күші жойылды`,
    paragraphs: [
      `Ұйым ${told.number} дербес шотына түскен төлемнің күшін жойды. Төлеген болсаңыз, оған төлемнің нөмірі мен күнін хабарлаңыз.`,
    ],
    facts: [
      { label: 'Сома', value: showMoney(told.amount, told.currency) },
      { label: 'Төлем күні', value: showDate(told.paidOn) },
      { label: 'Себебі', value: told.reason },
      {
        label: told.balance.startsWith('-') ? 'Артық төлем' : 'Төлеу қалды',
        value: showMoney(told.balance.replace('-', ''), told.currency),
      },
    ],
    button: { label: 'Төлемдерді ашу', url: told.url },
  }),
  requestChanged: (told) => ({
    template: 'request-changed',
    subject: `№ ${told.number} өтінім: ${told.what}`,
    heading: `№ ${told.number} өтінім: ${told.what}`,
    paragraphs: [told.category, ...(told.text ? [told.text] : [])],
    button: { label: 'Өтінімді ашу', url: told.url },
  }),
};
