import type { BrowserContext, Page } from '@playwright/test';
import { expectNoAxeViolations } from '../journey/axe';
import { comeInAsNew, enter, fillRegistration, newPerson, sendRegistration, signIn } from '../journey/entry';
import { asNew } from '../journey/known';
import { letterTo, linkIn, lettersTo } from '../journey/letters';
import { cabinet } from '../journey/product';
import { expect, test } from '../journey/test';

const WRONG = 'Логин или пароль не подходят';

test('a person registers, the link of the letter lets them in, once @phone', async ({ page }) => {
  const person = newPerson();
  await fillRegistration(page, person);
  await expectNoAxeViolations(page);
  const link = await sendRegistration(page, person);
  await expect(page.getByText(person.email)).toBeVisible();
  await expectNoAxeViolations(page);

  await page.goto(cabinet('login'));
  await enter(page, person);
  await expect(page.getByRole('alert')).toContainText('Вы ещё не подтвердили e-mail');

  await page.goto(link);
  await expect(page.getByText('Регистрация подтверждена')).toBeVisible();
  await expect(page.getByLabel('Логин или e-mail')).toHaveValue(person.login);
  await expectNoAxeViolations(page);
  await enter(page, person);
  await expect(page).toHaveURL(cabinet('home'));
  await expect(page.getByRole('heading', { name: 'Лицевой счёт ещё не привязан' })).toBeVisible();
  await expectNoAxeViolations(page);

  await page.goto(link);
  await expect(page.getByText('Ссылка устарела')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Зарегистрироваться заново' })).toBeVisible();
  await expectNoAxeViolations(page);
});

test('the form says at each field what is wrong before anything is sent @phone', async ({ page }) => {
  await page.goto(cabinet('register'));
  await page.getByLabel('E-mail', { exact: true }).fill('никто');
  await page.getByLabel('Логин', { exact: true }).fill('1-й');
  await page.getByLabel('Пароль', { exact: true }).fill('ключ');
  await page.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await expect(page.getByRole('alert')).toContainText('исправьте 7 полей');
  await expect(page).toHaveTitle(/^Ошибка: Регистрация/);
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveAccessibleDescription(
    /В адресе e-mail ошибка/,
  );
  await expect(page.getByLabel('Логин', { exact: true })).toHaveAccessibleDescription(
    /Логин начинается с буквы/,
  );
  await expect(page.getByLabel('Пароль', { exact: true })).toHaveAccessibleDescription(/Сейчас 4/);
  await expectNoAxeViolations(page);
});

test('a taken login is refused at its field; a taken e-mail is not given away @desktop', async ({
  page,
  browser,
}) => {
  const owner = await asNew(page);
  const stranger = await (await browser.newContext()).newPage();

  await fillRegistration(stranger, { ...newPerson(), login: owner.login });
  await stranger.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await expect(stranger.getByLabel('Логин', { exact: true })).toHaveAccessibleDescription(
    /Такой логин уже занят/,
  );
  await expect(stranger.getByRole('alert')).toContainText('исправьте 1 поле');
  await expectNoAxeViolations(stranger);

  const other = { ...newPerson(), email: owner.email };
  await fillRegistration(stranger, other);
  await stranger.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await expect(stranger.getByRole('heading', { name: 'Письмо отправлено' })).toBeVisible();
  const letter = await letterTo(owner.email, 'На вашу почту пытались зарегистрироваться');
  expect(letter.text).toContain(owner.login);
  await stranger.goto(cabinet('login'));
  await enter(stranger, other);
  await expect(stranger.getByRole('alert')).toContainText(WRONG);
});

/** The browser is closed and opened again: only what was to be kept is there. */
async function reopened(context: BrowserContext, page: Page): Promise<Page> {
  const { cookies, origins } = await context.storageState();
  const kept = cookies.filter(({ expires }) => expires > 0);
  const again = await page
    .context()
    .browser()
    ?.newContext({ storageState: { cookies: kept, origins } });
  if (!again) throw new Error('The browser is gone');
  return again.newPage();
}

test('a wrong password is refused, being remembered outlives the browser, and everywhere means everywhere @desktop', async ({
  page,
  context,
  browser,
}) => {
  const person = await comeInAsNew(page);
  const passing = await browser.newContext();
  const second = await passing.newPage();
  await second.goto(cabinet('profile'));
  await expect(second).toHaveURL(/\/login\?to=%2Fprofile$/);
  await enter(second, { ...person, password: 'Rodnik-2025' });
  await expect(second.getByRole('alert')).toContainText(WRONG);
  await expectNoAxeViolations(second);
  await second.getByLabel('Запомнить меня на этом компьютере').uncheck();
  await enter(second, person);
  await expect(second).toHaveURL(cabinet('profile'));

  const forgotten = await reopened(passing, second);
  await forgotten.goto(cabinet('home'));
  await expect(forgotten).toHaveURL(cabinet('login'));
  const remembered = await reopened(context, page);
  await remembered.goto(cabinet('home'));
  await expect(remembered).toHaveURL(cabinet('home'));

  await expect(second.getByText('Это устройство')).toHaveCount(1);
  await expectNoAxeViolations(second);
  await second.getByRole('button', { name: 'Выйти везде' }).click();
  const dialog = second.getByRole('dialog', { name: 'Выйти на всех устройствах?' });
  await expect(dialog).toBeVisible();
  await expectNoAxeViolations(second);
  await dialog.getByRole('button', { name: 'Выйти везде' }).click();
  await expect(second).toHaveURL(cabinet('login'));
  for (const one of [page, remembered]) {
    await one.goto(cabinet('home'));
    await expect(one).toHaveURL(cabinet('login'));
  }
});

test('a forgotten password is set anew by mail, and the old one is gone @desktop', async ({
  page,
  browser,
}) => {
  const person = await asNew(page);
  const lost = await (await browser.newContext()).newPage();
  await lost.goto(cabinet('login'));
  await lost.getByRole('link', { name: 'Забыли логин или пароль?' }).click();
  await expect(lost.getByRole('heading', { name: 'Восстановление доступа' })).toBeVisible();
  await lost.getByLabel('Логин или e-mail').fill(person.email);
  await expectNoAxeViolations(lost);
  await lost.getByRole('button', { name: 'Прислать ссылку' }).click();
  await expect(lost.getByText('письмо уже отправлено')).toBeVisible();

  const letter = await letterTo(person.email, 'Новый пароль для личного кабинета');
  expect(letter.text).toContain(person.login);
  const link = linkIn(letter, 'reset');
  const anew = { ...person, password: 'Ruchey-2026' };
  await lost.goto(link);
  await lost.getByLabel('Новый пароль').fill(anew.password);
  await lost.getByLabel('Повторите пароль').fill(anew.password);
  await expectNoAxeViolations(lost);
  await lost.getByRole('button', { name: 'Изменить пароль' }).click();
  await expect(lost.getByText('Пароль изменён')).toBeVisible();
  await page.goto(cabinet('home'));
  await expect(page).toHaveURL(cabinet('login'));
  await enter(lost, person);
  await expect(lost.getByRole('alert')).toContainText(WRONG);
  await signIn(lost, anew);
  await letterTo(person.email, 'Пароль изменён');

  const late = await (await browser.newContext()).newPage();
  await late.goto(link);
  await late.getByLabel('Новый пароль').fill('Okean-2026');
  await late.getByLabel('Повторите пароль').fill('Okean-2026');
  await late.getByRole('button', { name: 'Изменить пароль' }).click();
  await expect(late.getByRole('alert')).toContainText('устарела или уже использована');
  expect((await lettersTo(person.email)).length).toBe(3);
});
