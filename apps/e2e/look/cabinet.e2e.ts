import type { Page } from '@playwright/test';
import { asResident } from '../journey/known';
import { picture } from '../journey/picture';
import { cabinet, demo } from '../journey/product';
import { makeRequest } from '../journey/request';
import { expect, test } from '../journey/test';
import { addressesOf } from './routes';
import { IN_WORDS, lookAround, openPage, speak, type Way } from './walk';

const go =
  (path: string): Way =>
  (page) =>
    page.goto(cabinet(path));

/** An order that waits for its payer at the bank. */
async function anOrder(page: Page): Promise<void> {
  let order = '';
  await page.route('**/graphql', async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    order = /"orderNumber":"([^"]+)","redirectUrl"/.exec(text)?.[1] ?? order;
    await route.fulfill({ response: answer, body: text });
  });
  await page.goto(cabinet('pay'));
  await page.getByLabel('Сумма', { exact: true }).fill('10');
  await page.getByRole('button', { name: /^Оплатить/ }).click();
  await expect(page.getByRole('heading', { name: 'Оплата банковской картой' })).toBeVisible();
  await page.unroute('**/graphql');
  await page.goto(cabinet(`pay/${order}`));
}

/** Every page of the cabinet before somebody signs in. */
const OUTSIDE: Readonly<Record<string, Way>> = {
  login: go('login'),
  register: go('register'),
  'register/sent': go('register/sent'),
  'confirm/:token': go('confirm/stale'),
  restore: go('restore'),
  'reset/:token': go('reset/stale'),
};

/** Every page of a resident: what the month comes to, */
const BILLS: Readonly<Record<string, Way>> = {
  home: go('home'),
  readings: go('readings'),
  'readings/history': go('readings/history'),
  charges: go('charges'),
  breakdown: go('breakdown'),
  reconciliation: go('reconciliation'),
  'charges/difference': go('charges/difference'),
  'charges/preliminary': go('charges/preliminary'),
  'what-if': go('what-if'),
};
/** and what is done about it. */
const DEALINGS: Readonly<Record<string, Way>> = {
  link: go('link'),
  pay: go('pay'),
  'pay/:orderNumber': anOrder,
  payments: go('payments'),
  'requests/:id': (page) => makeRequest(page, 'Капает кран на кухне, прокладку уже меняли в августе'),
  requests: go('requests'),
  'requests/new': go('requests/new'),
  profile: go('profile'),
  more: go('more'),
  '**': go('no-such-page'),
};
const INSIDE = { ...BILLS, ...DEALINGS };

test('every address of the cabinet is looked at @desktop', () => {
  const known = [...new Set(addressesOf('apps/cabinet/src/app/cabinet.routes.ts'))];
  expect(Object.keys({ ...OUTSIDE, ...INSIDE }).sort()).toEqual(known.sort());
});

/** Goes from page to page and looks at each. */
async function walk(page: Page, pages: Readonly<Record<string, Way>>): Promise<void> {
  for (const [address, come] of Object.entries(pages)) {
    await come(page);
    await lookAround(page, nameOf(address));
    if (address === 'home') await homePicture(page);
  }
}

for (const [what, pages] of Object.entries({ 'the bill of a resident': BILLS, 'a resident': DEALINGS }))
  test(`the pages of ${what} stand at both widths, in both themes @desktop`, async ({ browser }) => {
    const page = await openPage(browser);
    await asResident(page, demo('resident'));
    await walk(page, pages);
  });

test('the pages before the sign-in stand at both widths, in both themes @desktop', async ({ browser }) => {
  await walk(await openPage(browser), OUTSIDE);
});

for (const language of ['kk', 'en'] as const)
  test(`the pages of the cabinet stand in the words of ${language} @desktop`, async ({ browser }) => {
    const page = await openPage(browser);
    await asResident(page, demo('resident'));
    await speak(page, language);
    for (const address of ['home', 'readings', 'charges', 'requests/new', 'profile']) {
      await INSIDE[address]?.(page);
      await lookAround(page, `${nameOf(address)}-${language}`, IN_WORDS);
    }
  });

async function homePicture(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 820 });
  await picture(page, 'home.png');
}

const nameOf = (address: string): string =>
  `cabinet-${address.replace(/\W+/g, '-').replace(/-$/, '') || 'missing'}`;
