import { expect, type Locator, type Page } from '@playwright/test';

/** «8 482,02 ₽» or «279,369» as it is shown, in the API's form: `8482.02`. */
export const decimalOf = (shown: string): string =>
  /-?[\d.]+/.exec(
    shown
      .replace(/[\s\u00a0]/g, '')
      .replace('\u2212', '-')
      .replace(',', '.'),
  )?.[0] ?? '';

/** The value that stands beside a name in a list of facts: `factOf(page, 'Номер')`. */
export const factOf = (within: Locator | Page, name: string): Locator =>
  within
    .getByRole('definition')
    .and(within.locator(`:is(dt:text-is("${name}")) + dd`))
    .first();

/** Waits until every request of the page is answered and nothing is being loaded on it. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
}
