import type { Browser, Page } from '@playwright/test';
import { asResident, asStaff } from '../journey/known';
import { backoffice, demo, KAZAKH_PORTAL } from '../journey/product';
import { makeRequest } from '../journey/request';
import { expect, test } from '../journey/test';
import { addressesOf } from './routes';
import { IN_WORDS, lookAround, openPage, speak, type Way } from './walk';

const go =
  (path: string): Way =>
  (page) =>
    page.goto(backoffice(path));

/** Opens what the first link in the table of a list leads to. */
const firstOf =
  (path: string): Way =>
  async (page) => {
    await page.goto(backoffice(path));
    await page.getByRole('table').getByRole('link').first().click();
    await expect(page).not.toHaveURL(new RegExp(`/s/${path}\\?`));
  };

/** Every page of the staff, as the director of the home portal sees it. */
const PAGES: Readonly<Record<string, Way>> = {
  '': go(''),
  accounts: go('accounts'),
  'accounts/:id': firstOf('accounts'),
  houses: go('houses'),
  periods: go('periods'),
  requests: go('requests'),
  'requests/:id': firstOf('requests'),
  tariffs: go('tariffs'),
  'tariffs/penalties': go('tariffs/penalties'),
  'tariffs/law': go('tariffs/law'),
  payments: go('payments'),
  api: go('api'),
  '**': go('no-such-page'),
};

/** The pages of a closing, in the town of the other portal: its preview is computed and never closed. */
const CLOSING = [
  'periods/:month',
  'periods/:month/:closingId/anomalies/:kind',
  'periods/:month/:closingId/accounts/:accountId',
];
const ready = (page: Page) => page.getByRole('heading', { name: 'Пробный расчёт готов' });

async function openMonth(page: Page): Promise<void> {
  await page.goto(backoffice('periods', KAZAKH_PORTAL));
  await page
    .getByRole('row')
    .filter({ hasText: /Открыт|Закрывается/ })
    .getByRole('link')
    .last()
    .click();
}

/** Whoever is not in stands before these. */
const OUTSIDE = ['sign-in', 'restore', 'reset/:token'];

test('every address of the back-office is looked at @desktop', () => {
  const known = [...new Set(addressesOf('apps/backoffice/src/app/backoffice.routes.ts'))];
  expect([...Object.keys(PAGES), ...CLOSING, ...OUTSIDE].sort()).toEqual(known.sort());
});

/** Of all requests that stand in the list, one at least. */
async function aRequest(browser: Browser): Promise<void> {
  const resident = await openPage(browser);
  await asResident(resident, demo('neighbour'));
  await makeRequest(resident, 'В подъезде третий день не горит свет на площадке пятого этажа');
  await resident.context().close();
}

test('the pages of the back-office stand at both widths, in both themes @desktop', async ({ browser }) => {
  await aRequest(browser);
  const page = await openPage(browser);
  for (const address of OUTSIDE) {
    await page.goto(backoffice(address.replace(':token', 'stale')));
    await lookAround(page, `staff-${nameOf(address)}`);
  }
  await asStaff(page, 'director');
  for (const [address, come] of Object.entries(PAGES)) {
    await come(page);
    await lookAround(page, nameOf(address));
  }
});

test('the pages of the back-office stand in the words of kk and en @desktop', async ({ browser }) => {
  await aRequest(browser);
  const page = await openPage(browser);
  await asStaff(page, 'director');
  for (const language of ['kk', 'en'] as const) {
    await speak(page, language);
    for (const address of ['', 'accounts', 'requests/:id', 'api']) {
      await PAGES[address]?.(page);
      await lookAround(page, `${nameOf(address)}-${language}`, IN_WORDS);
    }
  }
});

test('the pages of a closing stand at both widths, in both themes @desktop', async ({ browser }) => {
  const page = await openPage(browser);
  await asStaff(page, 'accountant', KAZAKH_PORTAL);
  await page.goto(backoffice('requests', KAZAKH_PORTAL));
  await lookAround(page, 'staff-not-theirs');
  await page.goto(backoffice('periods', KAZAKH_PORTAL));
  await page.getByRole('row').filter({ hasText: 'Закрыт' }).getByRole('link').first().click();
  await lookAround(page, 'staff-closing-closed');

  await openMonth(page);
  const start = page.getByRole('button', { name: 'Начать пробный расчёт' });
  await expect(start.or(ready(page))).toBeVisible();
  if (await start.isVisible()) {
    await lookAround(page, 'staff-closing-checklist');
    await start.click();
  }
  await expect(ready(page)).toBeVisible({ timeout: 60_000 });
  await lookAround(page, 'staff-closing-ready');
  const review = page.url();
  await page
    .getByRole('link', { name: /^Проверить/ })
    .first()
    .click();
  await expect(page.getByRole('table')).toBeVisible();
  await lookAround(page, 'staff-closing-anomalies');
  await page.getByRole('table').getByRole('link').first().click();
  await expect(page.getByText('Это пробный расчёт за')).toBeVisible();
  await lookAround(page, 'staff-closing-preview');
  for (const language of ['kk', 'en'] as const) {
    await speak(page, language);
    await page.goto(review);
    await lookAround(page, `staff-closing-ready-${language}`, IN_WORDS);
  }
});

const nameOf = (address: string): string =>
  `staff-${address.replace(/\W+/g, '-').replace(/-$/, '') || (address ? 'missing' : 'desk')}`;
