import type { BrowserContext, Page } from '@playwright/test';
import { monthOf, previousMonth } from '@kvartal/domain';
import { expectNoAxeViolations } from '../journey/axe';
import { today } from '../journey/clock';
import { enter } from '../journey/entry';
import { asResident, asStaff } from '../journey/known';
import { backoffice, cabinet, demo } from '../journey/product';
import { expect, test } from '../journey/test';

const NO_RIGHT = 'У вас нет права на этот раздел. Его даёт руководитель организации.';
const DESK = 'Рабочий стол';
const REQUESTS = 'Заявки';
const ACCOUNTS = ['Лицевые счета', 'Дома'];
const PERIODS = 'Закрытие месяца';
const TARIFFS = 'Тарифы и нормы';
const PAYMENTS = 'Платежи';
const KEYS = 'Ключи API';

/** What each role finds in its menu, and the addresses that are shut to it. */
const ROLES: readonly { login: string; menu: readonly string[]; shut: readonly string[] }[] = [
  { login: 'director', menu: [DESK, REQUESTS, ...ACCOUNTS, PERIODS, TARIFFS, PAYMENTS, KEYS], shut: [] },
  { login: 'accountant', menu: [DESK, ...ACCOUNTS, PERIODS, TARIFFS, PAYMENTS], shut: ['requests', 'api'] },
  { login: 'operator', menu: [DESK, REQUESTS, ...ACCOUNTS, TARIFFS, PAYMENTS], shut: ['periods', 'api'] },
  { login: 'dispatcher', menu: [DESK, REQUESTS, ...ACCOUNTS, TARIFFS], shut: ['periods', 'payments', 'api'] },
  { login: 'reader', menu: [DESK, ...ACCOUNTS, TARIFFS, PAYMENTS], shut: ['requests', 'periods', 'api'] },
];

const menuOf = (page: Page) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('link');

/** A page that says that it is not for this person, and offers nothing to do there. */
async function expectShut(page: Page, path: string): Promise<void> {
  await page.goto(backoffice(path));
  const main = page.getByRole('main');
  await expect(main.getByText(NO_RIGHT).first(), path).toBeVisible();
  await expect(main.getByRole('table')).toHaveCount(0);
  await expect(main.getByRole('button')).toHaveCount(0);
}

for (const { login, menu, shut } of ROLES)
  test(`${login} finds in the menu what is theirs, and typed addresses of the rest refuse @desktop`, async ({
    page,
  }) => {
    await asStaff(page, login);
    await page.goto(backoffice());
    await expect(menuOf(page)).toHaveText(menu.map((name) => new RegExp(`^\\s*${name}\\s*$`)));
    await expect(page.getByRole('heading', { name: DESK })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    await expectNoAxeViolations(page);
    const last = previousMonth(monthOf(await today()));
    const deep: Record<string, string[]> = {
      periods: [`periods/${last}`, `periods/${last}/1/anomalies/ZERO_CHARGE`, `periods/${last}/1/accounts/1`],
      requests: ['requests/1'],
    };
    for (const path of shut.flatMap((one) => [one, ...(deep[one] ?? [])])) await expectShut(page, path);
    if (shut.length) await expectNoAxeViolations(page);
  });

test('on a phone the menu is a drawer with the same places @phone', async ({ page }) => {
  await asStaff(page, 'reader');
  await page.goto(backoffice());
  const opener = page.getByRole('button', { name: 'Разделы' });
  await opener.tap();
  const drawer = page.getByRole('dialog', { name: 'Разделы' });
  await expect(drawer.getByRole('link')).toHaveText([DESK, ...ACCOUNTS, TARIFFS, PAYMENTS]);
  await expectNoAxeViolations(page);
  await drawer.getByRole('link', { name: PAYMENTS }).click();
  await expect(page.getByRole('heading', { name: PAYMENTS })).toBeVisible();
  await expect(drawer).toBeHidden();
});

test('a resident never comes into the back-office, by an address or by its door @desktop', async ({
  page,
}) => {
  const resident = demo('resident');
  await asResident(page, resident);
  for (const path of ['', 'accounts', 'periods', 'api']) {
    await page.goto(backoffice(path));
    await expect(page.getByRole('heading', { name: 'Вход для сотрудников' })).toBeVisible();
  }
  await enter(page, resident);
  await expect(page.getByRole('alert')).toContainText('Логин или пароль не подходят');
  await expect(page).toHaveURL(/\/s\/sign-in/);
  await expectNoAxeViolations(page);
  await page.goto(cabinet('home'));
  await expect(page.getByRole('heading', { name: /^К оплате за/ })).toBeVisible();
});

test('the staff sign-in says the same of a wrong password and of nobody, and keeps what was typed @desktop', async ({
  page,
}) => {
  await page.goto(backoffice('payments'));
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByLabel('Логин или e-mail')).toHaveAccessibleDescription(/Введите логин или e-mail/);
  await expect(page.getByLabel('Пароль', { exact: true })).toHaveAccessibleDescription(/Введите пароль/);
  await expectNoAxeViolations(page);
  const answers: string[] = [];
  for (const login of ['reader', 'nobody-of-ours']) {
    await enter(page, { login, password: 'не тот пароль' });
    await expect(page.getByRole('alert')).toContainText('Логин или пароль не подходят');
    answers.push(await page.getByRole('alert').innerText());
    await expect(page.getByLabel('Логин или e-mail')).toHaveValue(login);
    await page.reload();
  }
  expect(answers[1]).toBe(answers[0]);
  await enter(page, demo('reader'));
  await expect(page).toHaveURL(/\/s\/payments\?org=\d+$/);
});

/** Ends the session that a browser holds, from another tab of it. */
async function signOutInAnotherTab(context: BrowserContext): Promise<void> {
  const other = await context.newPage();
  await other.goto(backoffice());
  await other.getByRole('button', { name: /язык, вид, выход$/ }).click();
  await other.getByRole('button', { name: 'Выйти' }).click();
  await expect(other.getByRole('heading', { name: 'Вход для сотрудников' })).toBeVisible();
  await other.close();
}

test('whose session ended elsewhere signs in again and goes on where they were @desktop', async ({
  page,
  context,
}) => {
  await asStaff(page, 'operator');
  await page.goto(backoffice('accounts'));
  await expect(page.getByRole('table', { name: 'Лицевые счета' })).toBeVisible();
  await signOutInAnotherTab(context);
  await page.getByRole('link', { name: 'Следующая страница' }).click();
  await expect(page.getByRole('heading', { name: 'Вход для сотрудников' })).toBeVisible();
  await expect(page.getByText('Титова')).toHaveCount(0);
  await enter(page, demo('operator'));
  await expect(page).toHaveURL(/\/s\/accounts\?page=2&org=\d+$/);
  await expect(page.getByText(/^Показаны с 26 по 50/)).toBeVisible();
});
