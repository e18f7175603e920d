import { showDate } from './dates';
import { CURRENCIES, showMoney, showNumber, showQuantity } from './formats';
import { type Locale } from './locale';

/** What of a month's inputs can be broken or missing. */
export const FINDING_NAMES = [
  'TARIFF_MISSING',
  'NORM_MISSING',
  'ACCOUNT_WITHOUT_AREA',
  'HOUSE_WITHOUT_AREA',
  'READING_AFTER_REMOVAL',
  'NEGATIVE_CARRY',
  'HOUSE_METER_WITHOUT_READING',
  'PAYMENT_UNMATCHED',
  'READINGS_COVERAGE',
] as const;
export type FindingName = (typeof FINDING_NAMES)[number];

/** What mends it, and what was found of one house or account. What it is called stands among the enums. */
export interface FindingWords {
  remedy: string;
  detail: (value: (name: string) => string) => string;
}

const number = (text: string): string => (/^-?\d+(\.\d+)?$/.test(text) ? showNumber(text) : text);
const volume = (text: string): string => (/^-?\d+(\.\d+)?$/.test(text) ? showQuantity(text) : text);
const sum = (text: string, of: string): string => {
  const currency = CURRENCIES.find((one) => one === of);
  return currency ? showMoney(text, currency) : text;
};

const RU: Readonly<Record<FindingName, FindingWords>> = {
  TARIFF_MISSING: {
    remedy: 'Внесите тариф на все дни месяца. Без него дом не будет посчитан.',
    detail: (v) => `${v('service')}, счетов: ${number(v('accounts'))}`,
  },
  NORM_MISSING: {
    remedy: 'Внесите норматив: без него начисление по нормативу будет нулевым.',
    detail: (v) => `${v('service')}, счетов: ${number(v('accounts'))}`,
  },
  ACCOUNT_WITHOUT_AREA: {
    remedy: 'Внесите площадь: без неё дом не будет посчитан.',
    detail: (v) => v('service'),
  },
  HOUSE_WITHOUT_AREA: {
    remedy: 'Внесите площадь общего имущества: без неё предел по нормативу равен нулю.',
    detail: (v) => v('service'),
  },
  READING_AFTER_REMOVAL: {
    remedy: 'Проверьте дату снятия или удалите показание: по снятому счётчику не начислим.',
    detail: (v) => `счётчик ${v('serial')}, показание от ${showDate(v('takenOn'))}`,
  },
  NEGATIVE_CARRY: {
    remedy: 'Проверьте показания общедомового счётчика и квартир. Остаток уменьшит расход этого месяца.',
    detail: (v) => `${v('service')}: ${volume(v('quantity'))}`,
  },
  HOUSE_METER_WITHOUT_READING: {
    remedy: 'Внесите показание. Без него общие нужды начислим по нормативу.',
    detail: (v) => `счётчик ${v('serial')}`,
  },
  PAYMENT_UNMATCHED: {
    remedy: 'Разберите платёж: пока он на проверке, долг не уменьшится.',
    detail: (v) => sum(v('amount'), v('currency')),
  },
  READINGS_COVERAGE: {
    remedy: 'Соберите показания. Без них начислим по среднему расходу, а где его нет, по нормативу.',
    detail: (v) => `передано ${number(v('readings'))} из ${number(v('registers'))}`,
  },
};

const KK: Readonly<Record<FindingName, FindingWords>> = {
  TARIFF_MISSING: {
    remedy: 'Айдың барлық күніне тариф енгізіңіз. Онсыз үй есептелмейді.',
    detail: (v) => `${v('service')}, шоттар: ${number(v('accounts'))}`,
  },
  NORM_MISSING: {
    remedy: 'Норматив енгізіңіз: онсыз норматив бойынша есептеу нөл болады.',
    detail: (v) => `${v('service')}, шоттар: ${number(v('accounts'))}`,
  },
  ACCOUNT_WITHOUT_AREA: {
    remedy: 'Ауданын енгізіңіз: онсыз үй есептелмейді.',
    detail: (v) => v('service'),
  },
  HOUSE_WITHOUT_AREA: {
    remedy: 'Ортақ мүлік ауданын енгізіңіз: онсыз норматив бойынша шек нөлге тең.',
    detail: (v) => v('service'),
  },
  READING_AFTER_REMOVAL: {
    remedy: 'Алынған күнін тексеріңіз немесе көрсеткішті жойыңыз: алынған есептегіш бойынша есептелмейді.',
    detail: (v) => `${v('serial')} есептегіші, ${showDate(v('takenOn'))} көрсеткіші`,
  },
  NEGATIVE_CARRY: {
    remedy: 'Үй есептегіші мен пәтерлер көрсеткіштерін тексеріңіз. Қалдық осы айдың шығынын азайтады.',
    detail: (v) => `${v('service')}: ${volume(v('quantity'))}`,
  },
  HOUSE_METER_WITHOUT_READING: {
    remedy: 'Көрсеткішті енгізіңіз. Онсыз ортақ қажеттілік норматив бойынша есептеледі.',
    detail: (v) => `${v('serial')} есептегіші`,
  },
  PAYMENT_UNMATCHED: {
    remedy: 'Төлемді тексеріңіз: тексеруде тұрғанда қарыз азаймайды.',
    detail: (v) => sum(v('amount'), v('currency')),
  },
  READINGS_COVERAGE: {
    remedy: 'Көрсеткіштерді жинаңыз. Онсыз орташа шығын, ол жоқ болса норматив бойынша есептеледі.',
    detail: (v) => `${number(v('registers'))} ішінен ${number(v('readings'))} берілді`,
  },
};

const EN: Readonly<Record<FindingName, FindingWords>> = {
  TARIFF_MISSING: {
    remedy: 'Enter a tariff for every day of the month. The house is not computed without it.',
    detail: (v) => `${v('service')}, accounts: ${number(v('accounts'))}`,
  },
  NORM_MISSING: {
    remedy: 'Enter the norm: without it a charge by norm is nothing.',
    detail: (v) => `${v('service')}, accounts: ${number(v('accounts'))}`,
  },
  ACCOUNT_WITHOUT_AREA: {
    remedy: 'Enter the area: the house is not computed without it.',
    detail: (v) => v('service'),
  },
  HOUSE_WITHOUT_AREA: {
    remedy: 'Enter the area of the common premises: without it the cap by the norm is nothing.',
    detail: (v) => v('service'),
  },
  READING_AFTER_REMOVAL: {
    remedy: 'Check the day of removal, or delete the reading: a removed meter is not charged by.',
    detail: (v) => `meter ${v('serial')}, reading of ${showDate(v('takenOn'))}`,
  },
  NEGATIVE_CARRY: {
    remedy: 'Check the readings of the house and of the flats. The rest makes this month’s consumption less.',
    detail: (v) => `${v('service')}: ${volume(v('quantity'))}`,
  },
  HOUSE_METER_WITHOUT_READING: {
    remedy: 'Enter the reading. Without it common consumption is charged by the norm.',
    detail: (v) => `meter ${v('serial')}`,
  },
  PAYMENT_UNMATCHED: {
    remedy: 'Settle the payment: while it is under review the debt does not get less.',
    detail: (v) => sum(v('amount'), v('currency')),
  },
  READINGS_COVERAGE: {
    remedy: 'Collect the readings. Without them average use is charged, or the norm where there is none.',
    detail: (v) => `${number(v('readings'))} of ${number(v('registers'))}`,
  },
};

const WORDS: Readonly<Record<Locale, Readonly<Record<FindingName, FindingWords>>>> = {
  ru: RU,
  kk: KK,
  en: EN,
};

/** The words for a finding; the values of a sentence come as the API gives them. */
export const findingText = (name: FindingName, locale: Locale): FindingWords => WORDS[locale][name];
