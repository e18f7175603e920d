/** The languages that the product speaks. */
export const LOCALES = ['ru', 'kk', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** The locale that a code such as `kk-KZ` stands for; Russian where we do not speak it. */
export function localeOf(code: string | null | undefined): Locale {
  return LOCALES.find((locale) => code === locale || code?.startsWith(`${locale}-`)) ?? 'ru';
}

/** The forms of a word that goes with a number; `other` serves where a form is not given. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const rules: Readonly<Record<Locale, Intl.PluralRules>> = {
  ru: new Intl.PluralRules('ru'),
  kk: new Intl.PluralRules('kk'),
  en: new Intl.PluralRules('en'),
};

/** The form that goes with `count`: `plural('ru', 3, { one: 'день', few: 'дня', many: 'дней', other: 'дня' })` is «дня». */
export function plural(locale: Locale, count: number, forms: Forms): string {
  return forms[rules[locale].select(count)] ?? forms.other;
}
