import { showDate } from './dates';
import { enumTextOf, unitText } from './enums';
import { CURRENCIES, showMoney, showNumber, showQuantity } from './formats';
import { type Locale } from './locale';

/** What of a month's inputs can be broken or missing. */
export const FINDING_NAMES = [
  'TARIFF_MISSING',
  'NORM_MISSING',
  'HEAT_NORM_MISSING',
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
/** With its unit: of a common consumption there is always one. */
const volume = (value: (name: string) => string, locale: Locale): string => {
  const quantity = value('quantity');
  const unit = unitText(value('unit'), locale);
  return /^-?\d+(\.\d+)?$/.test(quantity) ? showQuantity(quantity, unit) : quantity;
};
const sum = (text: string, of: string): string => {
  const currency = CURRENCIES.find((one) => one === of);
  return currency ? showMoney(text, currency) : text;
};

/** «Водоотведение, счетов: 3 (100001, 100002, 100003)»: the first of them by their numbers. */
function counted(value: (name: string) => string, accounts: string): string {
  const numbers = value('numbers');
  const named = numbers.split(', ').length;
  const more = Number(value('accounts')) > named ? ', …' : '';
  const whose = numbers === '' ? '' : ` (${numbers}${more})`;
  return `${value('service')}, ${accounts}: ${number(value('accounts'))}${whose}`;
}

const RU: Readonly<Record<FindingName, FindingWords>> = {
  TARIFF_MISSING: {
    remedy: 'Внесите тариф на все дни месяца. Без него дом не будет посчитан.',
    detail: (v) => counted(v, 'счетов'),
  },
  NORM_MISSING: {
    remedy: 'Внесите норматив на все дни месяца. Без него дом не будет посчитан.',
    detail: (v) => counted(v, 'счетов'),
  },
  HEAT_NORM_MISSING: {
    remedy:
      'Внесите, сколько гигакалорий в кубометре горячей воды, на все дни месяца. Без этого дом не будет посчитан.',
    detail: (v) => counted(v, 'счетов'),
  },
  ACCOUNT_WITHOUT_AREA: {
    remedy: 'Внесите площадь: без неё дом не будет посчитан.',
    detail: (v) => v('service'),
  },
  HOUSE_WITHOUT_AREA: {
    remedy:
      'Внесите площадь общего имущества. Без неё дом не будет посчитан, если общие нужды делят по нормативу.',
    detail: (v) => v('service'),
  },
  READING_AFTER_REMOVAL: {
    remedy: 'Проверьте дату снятия или удалите показание: по снятому счётчику не начислим.',
    detail: (v) => `счётчик ${v('serial')}, показание от ${showDate(v('takenOn'))}`,
  },
  NEGATIVE_CARRY: {
    remedy: 'Проверьте показания общедомового счётчика и квартир. Остаток уменьшит расход этого месяца.',
    detail: (v) => `${v('service')}: ${volume(v, 'ru')}`,
  },
  HOUSE_METER_WITHOUT_READING: {
    remedy: 'Внесите показание. Без него общие нужды начислим по нормативу.',
    detail: (v) => `${enumTextOf('Resource', v('resource'), 'ru')}, счётчик № ${v('serial')}`,
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
    detail: (v) => counted(v, 'шоттар'),
  },
  NORM_MISSING: {
    remedy: 'Айдың барлық күніне норматив енгізіңіз. Онсыз үй есептелмейді.',
    detail: (v) => counted(v, 'шоттар'),
  },
  HEAT_NORM_MISSING: {
    remedy:
      'Айдың барлық күніне ыстық судың текше метріндегі гигакалория санын енгізіңіз. Онсыз үй есептелмейді.',
    detail: (v) => counted(v, 'шоттар'),
  },
  ACCOUNT_WITHOUT_AREA: {
    remedy: 'Ауданын енгізіңіз: онсыз үй есептелмейді.',
    detail: (v) => v('service'),
  },
  HOUSE_WITHOUT_AREA: {
    remedy:
      'Ортақ мүлік ауданын енгізіңіз. Ортақ қажеттілік норматив бойынша бөлінсе, онсыз үй есептелмейді.',
    detail: (v) => v('service'),
  },
  READING_AFTER_REMOVAL: {
    remedy: 'Алынған күнін тексеріңіз немесе көрсеткішті жойыңыз: алынған есептегіш бойынша есептелмейді.',
    detail: (v) => `${v('serial')} есептегіші, ${showDate(v('takenOn'))} көрсеткіші`,
  },
  NEGATIVE_CARRY: {
    remedy: 'Үй есептегіші мен пәтерлер көрсеткіштерін тексеріңіз. Қалдық осы айдың шығынын азайтады.',
    detail: (v) => `${v('service')}: ${volume(v, 'kk')}`,
  },
  HOUSE_METER_WITHOUT_READING: {
    remedy: 'Көрсеткішті енгізіңіз. Онсыз ортақ қажеттілік норматив бойынша есептеледі.',
    detail: (v) => `${enumTextOf('Resource', v('resource'), 'kk')}, № ${v('serial')} есептегіші`,
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
    detail: (v) => counted(v, 'accounts'),
  },
  NORM_MISSING: {
    remedy: 'Enter the norm for every day of the month. The house is not computed without it.',
    detail: (v) => counted(v, 'accounts'),
  },
  HEAT_NORM_MISSING: {
    remedy:
      'Enter the gigacalories of a cubic metre of hot water for every day of the month. The house is not computed without them.',
    detail: (v) => counted(v, 'accounts'),
  },
  ACCOUNT_WITHOUT_AREA: {
    remedy: 'Enter the area: the house is not computed without it.',
    detail: (v) => v('service'),
  },
  HOUSE_WITHOUT_AREA: {
    remedy:
      'Enter the area of the common premises. Where common use is shared by the norm, the house is not computed without it.',
    detail: (v) => v('service'),
  },
  READING_AFTER_REMOVAL: {
    remedy: 'Check the day of removal, or delete the reading: a removed meter is not charged by.',
    detail: (v) => `meter ${v('serial')}, reading of ${showDate(v('takenOn'))}`,
  },
  NEGATIVE_CARRY: {
    remedy: 'Check the readings of the house and of the flats. The rest makes this month’s consumption less.',
    detail: (v) => `${v('service')}: ${volume(v, 'en')}`,
  },
  HOUSE_METER_WITHOUT_READING: {
    remedy: 'Enter the reading. Without it common consumption is charged by the norm.',
    detail: (v) => `${enumTextOf('Resource', v('resource'), 'en')}, meter № ${v('serial')}`,
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
