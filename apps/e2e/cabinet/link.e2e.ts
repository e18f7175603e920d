import { expectNoAxeViolations } from '../journey/axe';
import { comeInAsNew, link } from '../journey/entry';
import { letterTo } from '../journey/letters';
import { cabinet } from '../journey/product';
import { factOf } from '../journey/read';
import { expect, test } from '../journey/test';

const REFUSAL = 'Не нашли счёт с такими данными';

test('an account opens to whoever knows its bill, and to nobody else', async ({ page, town }) => {
  const account = await town.account('0401000041');
  const other = await town.account('0401000042');
  const person = await comeInAsNew(page);

  await page.getByRole('main').getByRole('link', { name: 'Добавить лицевой счёт' }).click();
  await expect(page.getByRole('heading', { name: 'Где это на квитанции' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Добавить счёт' }).click();
  await expect(page.getByRole('alert')).toContainText('исправьте 3 поля');
  await expect(page.getByLabel('Фамилия', { exact: true })).toHaveAccessibleDescription(/Введите фамилию/);

  const wrong = [
    { ...account, number: '0401999999' },
    { ...account, surname: other.surname === account.surname ? 'Чужой' : other.surname },
    { ...account, flat: other.flat },
  ];
  for (const one of wrong) {
    await link(page, one);
    await expect(page.getByRole('alert')).toContainText(REFUSAL);
    await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(1);
  }
  await expectNoAxeViolations(page);

  await link(page, { ...account, surname: account.surname.toUpperCase() });
  await expect(page).toHaveURL(cabinet('home'));
  await expect(page.getByRole('heading', { name: /^К оплате за / })).toBeVisible();
  await expect(page.getByText(/^На сегодня, без начислений за .*: (долг|переплата) /)).toBeVisible();
  const facts = page.getByRole('region', { name: 'Лицевой счёт' });
  await expect(factOf(facts, 'Номер')).toHaveText(account.number);
  await expect(factOf(facts, 'Абонент')).toHaveText(account.holder);
  await expect(factOf(facts, 'Адрес')).toHaveText(account.address);
  await expect(factOf(facts, 'Общая площадь')).toHaveText(/\d м²$/);
  const services = page.getByRole('region', { name: 'Услуги и тарифы' });
  await expect(services.getByText('Содержание жилого помещения')).toBeVisible();
  await expect(services.getByText(/34,02 ₽\/м²/)).toBeVisible();
  await expectNoAxeViolations(page);
  const letter = await letterTo(person.email, `Лицевой счёт ${account.number} добавлен`);
  expect(letter.text).toContain(account.address);

  await link(page, account);
  await expect(page.getByRole('alert')).toContainText('уже привязан');
});

test('an account is taken away again, and its pages are shut with it @desktop', async ({ page, town }) => {
  const account = await town.account('0401000043');
  await comeInAsNew(page);
  await link(page, account);
  await expect(page).toHaveURL(cabinet('home'));
  await page.goto(cabinet('profile'));
  await page.getByRole('button', { name: `Отвязать: ${account.number}` }).click();
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
