import { expectNoAxeViolations } from '../journey/axe';
import { fillRegistration, newPerson, signIn } from '../journey/entry';
import { lettersTo } from '../journey/letters';
import { cabinet, demo } from '../journey/product';
import { expect, test } from '../journey/test';

test('the login page leads to the registration, and back @phone', async ({ page }) => {
  await page.goto(cabinet('charges'));
  await expect(page).toHaveURL(/\/login\?to=%2Fcharges$/);
  await expect(page.getByText('Пожалуйста, авторизуйтесь')).toBeVisible();
  await expect(page.getByText('Если вы впервые на сайте')).toBeVisible();
  await page.getByRole('link', { name: 'Зарегистрироваться' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Введите регистрационные данные' })).toBeVisible();
  for (const text of ['соглашение', 'согласие']) {
    await page.getByRole('button', { name: `Прочитать ${text}` }).click();
    const dialog = page.getByRole('dialog', { name: new RegExp(`^${text} `, 'i') });
    await expect(dialog).toContainText('Редакция');
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  await page.getByRole('link', { name: 'Отмена' }).click();
  await expect(page).toHaveURL(cabinet('login'));
});

test('another picture is given for one that cannot be read, and a wrong code is said at its field @phone', async ({
  page,
}) => {
  const person = newPerson();
  await fillRegistration(page, person);
  const picture = page.getByRole('img', { name: 'Картинка с кодом' });
  const first = (await picture.getAttribute('src')) ?? '';
  await page.getByRole('button', { name: 'Другой код' }).click();
  await expect(picture).not.toHaveAttribute('src', first);
  const code = page.getByLabel('Код с изображения');
  await expect(code).toHaveValue('');
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(person.email);

  const second = (await picture.getAttribute('src')) ?? '';
  await code.fill('не тот');
  await page.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await expect(code).toHaveAccessibleDescription(/Код не совпал с картинкой/);
  await expect(picture).not.toHaveAttribute('src', second);
  await expect(page.getByLabel('Логин', { exact: true })).toHaveValue(person.login);
  await expectNoAxeViolations(page);
  expect(await lettersTo(person.email)).toEqual([]);
});

test('whoever leaves is out, and nothing is shown to who comes back @desktop', async ({ page }) => {
  await signIn(page, demo('resident'));
  await page.goto(cabinet('charges'));
  await expect(page.getByRole('table', { name: /^Начисления за/ })).toBeVisible();
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: 'Выход' }).first().click();
  await expect(page).toHaveURL(/\/login/);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Войти' })).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);

  // the session is gone itself, not only its cookie
  await page.context().addCookies(cookies);
  await page.goto(cabinet('charges'));
  await expect(page).toHaveURL(/\/login\?to=%2Fcharges$/);
});
