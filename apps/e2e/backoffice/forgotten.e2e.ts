import { expectNoAxeViolations } from '../journey/axe';
import { enter } from '../journey/entry';
import { letterTo, linkIn } from '../journey/letters';
import { backoffice, demo, HOME_PORTAL } from '../journey/product';
import { expect, test } from '../journey/test';

test('staff who forgot the password set it anew by mail, and every session ends @desktop', async ({
  page,
  browser,
}) => {
  const reader = demo('reader', HOME_PORTAL);
  await page.goto(backoffice('sign-in'));
  await enter(page, reader);
  await expect(page).not.toHaveURL(/sign-in/);

  const lost = await (await browser.newContext()).newPage();
  await lost.goto(backoffice('sign-in'));
  await lost.getByRole('link', { name: 'Забыли пароль?' }).click();
  await expect(lost.getByRole('heading', { name: 'Забытый пароль' })).toBeVisible();
  await expectNoAxeViolations(lost);
  await lost.getByLabel('Логин или e-mail').fill(reader.login);
  await lost.getByRole('button', { name: 'Прислать ссылку' }).click();
  await expect(lost.getByText('письмо со ссылкой уже в пути')).toBeVisible();

  const letter = await letterTo(
    `${reader.login}@${HOME_PORTAL}.example`,
    'Новый пароль для личного кабинета',
  );
  await lost.goto(linkIn(letter, 's/reset'));
  await expect(lost.getByRole('heading', { name: 'Новый пароль' })).toBeVisible();
  await expectNoAxeViolations(lost);
  await lost.getByLabel('Новый пароль', { exact: true }).fill(reader.password);
  await lost.getByLabel('Новый пароль ещё раз').fill(reader.password);
  await lost.getByRole('button', { name: 'Сменить пароль' }).click();
  await expect(lost.getByText('Пароль изменён. Войдите с новым.')).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/sign-in/);
  await enter(lost, reader);
  await expect(lost).not.toHaveURL(/sign-in/);
});
