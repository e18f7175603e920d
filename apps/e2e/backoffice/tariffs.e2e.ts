import { randomInt, randomUUID } from 'node:crypto';
import { addDays } from '@kvartal/domain';
import { expectNoAxeViolations } from '../journey/axe';
import { today } from '../journey/clock';
import { asStaff } from '../journey/known';
import { backoffice } from '../journey/product';
import { expect, test } from '../journey/test';

/** «2031-02-01» as it is typed. */
const typed = (day: string): string => day.split('-').reverse().join('.');

test('an accountant sets a price from a day on, and finds what it replaced @desktop', async ({ page }) => {
  await asStaff(page, 'accountant');
  await page.goto(backoffice('tariffs'));
  await expect(page.getByRole('heading', { level: 1, name: 'Тарифы и нормы' })).toBeVisible();
  await expectNoAxeViolations(page);
  const row = page.getByRole('row').filter({ hasText: 'Холодная вода' }).first();
  // far ahead of every month that other journeys charge
  const from = addDays(await today(), 800 + randomInt(600));
  const price = `61,${randomInt(10, 99)}7`;
  const order = `Приказ ${randomUUID().slice(0, 8)}`;

  await row.getByRole('button', { name: /^Изменить/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(dialog.getByText('Введите день так: 01.12.2026.').first()).toBeVisible();
  await expectNoAxeViolations(page);
  await dialog.getByLabel('Новое значение').fill('-1');
  await dialog.getByLabel('С какого дня').fill('01.01.2020');
  await dialog.getByLabel('Документ').fill(order);
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Новое значение').fill(price);
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(dialog.getByText('не открыт').first()).toBeVisible();
  await dialog.getByLabel('С какого дня').fill(typed(from));
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByText('новое значение внесено')).toBeVisible();

  await row.getByRole('button', { name: /^История/ }).click();
  const stated = page.getByRole('dialog').getByRole('row').filter({ hasText: order });
  await expect(stated).toContainText(typed(from));
  await expect(stated).toContainText(price);
  await expect(
    page
      .getByRole('dialog')
      .getByText(/^заменено/)
      .first(),
  ).toBeVisible();
  await expectNoAxeViolations(page);
});

test('legal numbers are changed by who answers for all organisations, and looked at by others @desktop', async ({
  page,
}) => {
  await asStaff(page, 'accountant');
  await page.goto(backoffice('tariffs/law'));
  const rate = page.getByRole('row').filter({ hasText: 'Ключевая ставка' });
  await expect(rate).toContainText('%');
  await expect(page.getByRole('button', { name: /^Изменить/ })).toHaveCount(0);
  await expectNoAxeViolations(page);
});
