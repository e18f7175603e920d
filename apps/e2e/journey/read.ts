import type { Locator, Page } from '@playwright/test';

/** «8 482,02 ₽» or «279,369» as it is shown, in the API's form: `8482.02`. */
export const decimalOf = (shown: string): string =>
  /-?[\d.]+/.exec(shown.replace(/\s/g, '').replace('\u2212', '-').replace(',', '.'))?.[0] ?? '';

/** What is said somewhere in a text. Its spaces may be such that do not break the line. */
export const said = (text: string): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s'));

/** The value that stands beside a name in a list of facts. */
export const factOf = (within: Locator | Page, name: string): Locator =>
  within.locator(`dt:text-is("${name}") + dd`).first();
