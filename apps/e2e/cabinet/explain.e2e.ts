import { ZERO, money, moneyText, monthOf, previousMonth, sum } from '@kvartal/domain';
import { showMonth } from '@kvartal/words';
import { expectNoAxeViolations } from '../journey/axe';
import { today } from '../journey/clock';
import { asResident } from '../journey/known';
import { cabinet, demo } from '../journey/product';
import { decimalOf, said } from '../journey/read';
import { expect, test } from '../journey/test';

test('every line of the bill tells how it was charged, and comes out to its own sum @desktop', async ({
  page,
}) => {
  await asResident(page, demo('resident'));
  const last = previousMonth(monthOf(await today()));
  await page.goto(cabinet('charges'));
  await expect(page.getByText(said(showMonth(last, 'ru'))).first()).toBeVisible();
  const lines = page.locator('button.exp:visible');
  await expect(lines.first()).toBeVisible();
  const names = await lines.allInnerTexts();
  for (const [place, name] of names.entries()) {
    await lines.nth(place).click();
    const told = page.locator('kv-explanation:visible');
    await expect(told.locator('.answer'), name).toBeVisible();
    const detail = page.locator('kv-line-detail:visible');
    const charged = decimalOf(await detail.locator('.formula b').innerText());
    const rounded = told.getByText('→');
    if ((await rounded.count()) === 1) {
      const [, cost = ''] = (await rounded.innerText()).split('→');
      expect(decimalOf(cost), name).toBe(charged);
    }
    await lines.nth(place).click();
  }
});

test('a line by the meter names the readings, their days and the tariff’s document @phone', async ({
  page,
}) => {
  await asResident(page, demo('resident'));
  await page.goto(cabinet('charges'));
  await page.locator('button.exp:visible', { hasText: 'Холодная вода' }).first().click();
  const told = page.locator('kv-explanation:visible');
  await expect(told.getByText('Сколько прибавилось на счётчике')).toBeVisible();
  await expect(told.getByText(/Холодная вода, .*счётчик № .*: [\d,\s]+ − [\d,\s]+/).first()).toBeVisible();
  await expect(told.getByText(/Приказ № .*действует с \d\d\.\d\d\.\d{4}/)).toBeVisible();
  await expect(told.getByText('ПП РФ № 354')).toBeVisible();
  await expectNoAxeViolations(page);
});

test('the causes of a difference add up from one month to the other @phone', async ({ page }) => {
  await asResident(page, demo('resident'));
  const last = previousMonth(monthOf(await today()));
  await page.goto(cabinet('charges'));
  await page.getByRole('link', { name: 'Почему отличается от прошлого месяца' }).click();
  await expect(page).toHaveURL(cabinet(`charges/difference?p=${last}`));
  const causes = page.locator('kv-cause-list > ol > li');
  await expect(causes.last()).toContainText(said(showMonth(last, 'ru')));
  const sums = (await page.locator('kv-cause-list > ol > li > kv-money').allInnerTexts()).map((shown) =>
    money(decimalOf(shown)),
  );
  expect(sums.length).toBeGreaterThan(2);
  expect(moneyText(sum(sums.slice(0, -1)))).toBe(moneyText(sums.at(-1) ?? ZERO));
  await expectNoAxeViolations(page);

  const earlier = previousMonth(previousMonth(last));
  const picker = page.getByRole('group', { name: 'Месяц' });
  await picker.getByRole('button', { name: said(showMonth(earlier, 'ru')) }).click();
  await expect(page).toHaveURL(cabinet(`charges/difference?p=${last}&with=${earlier}`));
  await expect(causes.first()).toContainText(said(showMonth(earlier, 'ru')));
});

test('one more resident, one cubic metre less: what the month would have cost, and nothing is stored @phone', async ({
  page,
}) => {
  await asResident(page, demo('resident'));
  await page.goto(cabinet('charges'));
  await page.getByRole('link', { name: 'Что если' }).click();
  await expect(page).toHaveURL(cabinet('what-if'));
  const people = page.getByLabel('Сколько человек проживает');
  await people.fill('много');
  await page.getByRole('button', { name: 'Посчитать', exact: true }).click();
  await expect(people).toHaveAttribute('aria-invalid', 'true');
  await people.fill('5');
  await page.getByRole('button', { name: 'Посчитать', exact: true }).click();
  await expect(page.getByText(/Вышло бы на .* больше/)).toBeVisible();
  const sums = (await page.locator('kv-cause-list > ol > li > kv-money').allInnerTexts()).map((shown) =>
    money(decimalOf(shown)),
  );
  expect(moneyText(sum(sums.slice(0, -1)))).toBe(moneyText(sums.at(-1) ?? ZERO));
  await expectNoAxeViolations(page);
});

test('the open month is told as it would be charged now, and is called no bill @phone', async ({ page }) => {
  await asResident(page, demo('resident'));
  await page.goto(cabinet('charges'));
  await page.getByRole('link', { name: 'Предварительный расчёт' }).click();
  await expect(page).toHaveURL(cabinet('charges/preliminary'));
  await expect(page.getByText('Это не квитанция')).toBeVisible();
  const line = page.locator('kv-explained-lines summary', { hasText: 'Содержание жилого помещения' });
  await line.click();
  await expect(page.locator('kv-explanation').getByText('Откуда числа').first()).toBeVisible();
  const sums = (await page.locator('kv-explained-lines summary kv-money').allInnerTexts()).map((shown) =>
    money(decimalOf(shown)),
  );
  const total = await page.locator('.total kv-money').innerText();
  expect(moneyText(sum(sums))).toBe(decimalOf(total));
});
