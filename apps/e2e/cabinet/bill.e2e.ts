import { money, moneyText, monthOf, previousMonth, sum } from '@kvartal/domain';
import { showMonth, showMonthName } from '@kvartal/words';
import { expectNoAxeViolations } from '../journey/axe';
import { codesIn, fieldsOf, fileBehind, textOf } from '../journey/bill-file';
import { today } from '../journey/clock';
import { asResident } from '../journey/known';
import { cabinet, demo } from '../journey/product';
import { decimalOf, said } from '../journey/read';
import { expect, test } from '../journey/test';

const COLUMNS = [
  'Услуга',
  'Тариф',
  'Ед. изм.',
  'Расход',
  'Вх. сальдо',
  'Оплачено',
  'Начислено',
  'Пере\u00adрасчёт',
  'Недо\u00adпоставка',
  'Исх. сальдо',
  'К оплате',
];

test('the table of charges has its eleven columns and adds up @desktop', async ({ page }) => {
  await asResident(page, demo('resident'));
  const last = previousMonth(monthOf(await today()));
  await page.goto(cabinet('charges'));
  const table = page.getByRole('table', { name: said(`Начисления за ${showMonth(last, 'ru')}`) });
  await expect(table.getByRole('columnheader')).toHaveText(COLUMNS);
  await expectNoAxeViolations(page);

  const charged = COLUMNS.indexOf('Начислено');
  const cells = await table
    .locator('tbody tr')
    .evaluateAll((rows, at) => rows.map((row) => row.children[at]?.textContent ?? ''), charged);
  const total = await table
    .locator('tfoot tr')
    .locator('td')
    .nth(charged - 4)
    .innerText();
  expect(moneyText(sum(cells.map((cell) => money(decimalOf(cell)))))).toBe(decimalOf(total));

  await table.getByRole('button', { name: 'Содержание жилого помещения' }).click();
  await expect(table.getByText('По площади')).toBeVisible();
  await expect(page).toHaveURL(/#line-/);
  await expectNoAxeViolations(page);
});

test('the month is chosen by steps, from the list and in the address @phone', async ({ page }) => {
  await asResident(page, demo('resident'));
  const last = previousMonth(monthOf(await today()));
  const before = previousMonth(last);
  await page.goto(cabinet('charges'));
  const picker = page.getByRole('group', { name: 'Месяц' });
  await expect(picker.getByRole('button', { name: said(showMonth(last, 'ru')) })).toBeVisible();
  await expect(picker.getByRole('button', { name: 'Следующий месяц ещё не закрыт' })).toBeVisible();
  await picker.getByRole('button', { name: said(showMonth(before, 'ru')) }).click();
  await expect(page).toHaveURL(cabinet(`charges?p=${before}`));
  await picker.getByRole('button', { expanded: false }).click();
  await expectNoAxeViolations(page);
  await picker
    .getByRole('button', { name: showMonthName(last, 'ru'), exact: true })
    .first()
    .click();
  await expect(page).toHaveURL(cabinet(`charges?p=${last}`));

  await page.goto(cabinet(`charges?p=${monthOf(await today())}`));
  await expect(page.getByText(/^Квитанция за \S+ появится после закрытия месяца/)).toBeVisible();
  await expectNoAxeViolations(page);
});

test('on a phone the charges are cards, and each opens to how it was counted @phone', async ({ page }) => {
  await asResident(page, demo('resident'));
  await page.goto(cabinet('charges'));
  await expect(page.getByRole('table', { name: /^Начисления за/ })).toBeHidden();
  const card = page.getByRole('article').filter({ hasText: 'Содержание жилого помещения' });
  await expect(card).toContainText(/\d\sм²\s×\s34,02\s₽\s=\s[\d\s]+,\d\d\s₽/);
  const opener = card.getByRole('button', { name: 'Содержание жилого помещения' });
  await opener.tap();
  await expect(card.getByText('Исх. сальдо')).toBeVisible();
  await expect(card.getByText('По площади')).toBeVisible();
  await expectNoAxeViolations(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('the document of a month that passed is the same each time, with its codes @desktop', async ({
  page,
}) => {
  const who = demo('resident');
  await asResident(page, who);
  const old = previousMonth(previousMonth(previousMonth(monthOf(await today()))));
  await page.goto(cabinet(`charges?p=${old}`));
  const link = page.getByRole('link', { name: /^Квитанция/ });
  await expect(link).toHaveAttribute('target', '_blank');
  const href = (await link.getAttribute('href')) ?? '';
  const pdf = await fileBehind(page, href);
  expect(pdf.equals(await fileBehind(page, href))).toBe(true);
  const text = textOf(pdf);
  expect(text).toContain(who.account);
  expect(text).toMatch(said(showMonth(old, 'ru')));
  expect(text).toContain('Содержание жилого');
  const codes = codesIn(pdf).map(fieldsOf);
  expect(codes.length).toBeGreaterThan(0);
  for (const code of codes) expect(code.get('PersAcc')).toBe(who.account);
});
