import { expectNoAxeViolations } from '../journey/axe';
import { comeInAsNew, link } from '../journey/entry';
import { asNew, asNewWith } from '../journey/known';
import { letterTo } from '../journey/letters';
import { cabinet } from '../journey/product';
import { factOf, said } from '../journey/read';
import { expect, test } from '../journey/test';

test('whoever knows the bill has the account in the cabinet @phone', async ({ page, town }) => {
  const account = await town.account('0401000041');
  const person = await comeInAsNew(page);

  await page.getByRole('main').getByRole('link', { name: 'Добавить лицевой счёт' }).click();
  await expect(page.getByRole('heading', { name: 'Где это на квитанции' })).toBeVisible();
  await expectNoAxeViolations(page);
  await link(page, { ...account, surname: account.surname.toUpperCase() });
  await expect(page).toHaveURL(cabinet('home'));
  await expect(page.getByRole('heading', { name: /^К оплате за / })).toBeVisible();
  await expect(page.getByText(/^На сегодня, без начислений за .*: (долг|переплата)\s/)).toBeVisible();
  const facts = page.getByRole('region', { name: 'Лицевой счёт' });
  await expect(factOf(facts, 'Номер')).toHaveText(account.number);
  await expect(factOf(facts, 'Абонент')).toHaveText(account.holder);
  await expect(factOf(facts, 'Адрес')).toHaveText(account.address);
  await expect(factOf(facts, 'Общая площадь')).toHaveText(/\d\sм²$/);
  const services = page.getByRole('region', { name: 'Услуги и тарифы' });
  await expect(services.getByText('Содержание жилого помещения')).toBeVisible();
  await expect(services.getByText(said('34,02 ₽/м²'))).toBeVisible();
  await expectNoAxeViolations(page);
  const letter = await letterTo(person.email, `Лицевой счёт ${account.number} добавлен`);
  expect(letter.text).toContain(account.address);

  await link(page, account);
  await expect(page.getByRole('alert')).toContainText('уже привязан');
});

test('whoever errs in one of the three is not told in which @desktop', async ({ page, town }) => {
  const account = await town.account('0401000042');
  await asNew(page);
  await page.goto(cabinet('link'));
  await page.getByRole('button', { name: 'Добавить счёт' }).click();
  await expect(page.getByRole('alert')).toContainText(said('исправьте 3 поля'));
  await expect(page.getByLabel('Фамилия', { exact: true })).toHaveAccessibleDescription(/Введите фамилию/);
  await expectNoAxeViolations(page);

  for (const wrong of [{ number: '0401999999' }, { surname: 'Чужой' }, { flat: '43' }]) {
    await link(page, { ...account, ...wrong });
    const answer = page.getByRole('alert');
    await expect(answer).toContainText('Не нашли счёт с такими данными');
    await expect(answer.getByRole('listitem')).toHaveCount(1);
    await expect(answer.getByRole('link')).toHaveCount(0);
  }
  await expectNoAxeViolations(page);
  await page.goto(cabinet('home'));
  await expect(page.getByRole('heading', { name: 'Лицевой счёт ещё не привязан' })).toBeVisible();
});

test('an account is taken away again, and its pages are shut with it @desktop', async ({ page, town }) => {
  const account = await town.account('0401000043');
  await asNewWith(page, account);
  await page.goto(cabinet('profile'));
  await page.getByRole('button', { name: new RegExp(`^Отвязать ?: ${account.number}`) }).click();
  const dialog = page.getByRole('dialog', { name: 'Отвязать лицевой счёт?' });
  await expect(dialog).toContainText(account.number);
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Отвязать' }).click();
  await expect(page.getByText(`Счёт ${account.number} отвязан`)).toBeVisible();
  for (const path of ['home', 'charges', 'readings']) {
    await page.goto(cabinet(path));
    await expect(page.getByRole('heading', { name: 'Лицевой счёт ещё не привязан' })).toBeVisible();
  }
});
