export { captchaQuestion } from './captcha-question';
export { showDate, showDateTime, showDay, showDays, showMonth, showMonthName, showNear } from './dates';
export {
  ENUM_LABELS,
  enumText,
  enumTextOf,
  resourceUnit,
  unitText,
  type EnumName,
  type EnumValue,
} from './enums';
export {
  currencySign,
  showAmount,
  showFileSize,
  showMoney,
  showNumber,
  showPercent,
  showPhone,
  showPrice,
  showQuantity,
  type CurrencyCode,
} from './formats';
export { LOCALES, localeOf, plural, type Forms, type Locale } from './locale';
export { sumInWords } from './sum-in-words';
export { REFUSAL_CODES, type RefusalCode } from './refusal-codes';
export { refusalsIn, type RefusalParams, type RefusalSpeech } from './refusals';
