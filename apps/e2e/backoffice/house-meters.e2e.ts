import { quantity, quantityOf, quantityText } from '@kvartal/domain';
import { showQuantity } from '@kvartal/words';
import { expectNoAxeViolations } from '../journey/axe';
import { today } from '../journey/clock';
import { asStaff } from '../journey/known';
import { backoffice } from '../journey/product';
import { decimalOf, said } from '../journey/read';
import { expect, test } from '../journey/test';

const ONE = quantity('1');
const typed = (value: string): string => value.replace('.', ',');

test('an operator enters what a house’s meter shows; less than it has shown is refused @desktop', async ({
  page,
}) => {
  await asStaff(page, 'operator');
  await page.goto(backoffice('houses'));
  await page
    .getByRole('link', { name: /^Счётчики/ })
    .first()
    .click();
  const panel = page.getByRole('region', { name: 'Общедомовые счётчики' });
  const row = panel.getByRole('row').filter({ hasText: 'Холодная вода' }).first();
  const shown = await row
    .getByText(/\sна\s\d/)
    .first()
    .innerText();
  const last = quantity(decimalOf(shown));
  const day = (await today()).split('-').reverse().join('.');

  await row.getByRole('button', { name: /^Внести показание/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('День показания').fill(day);
  await dialog.getByLabel('Показание', { exact: true }).fill(typed(quantityText(quantityOf(last - ONE))));
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(dialog.getByText(/^Показание меньше прошлого/).first()).toBeVisible();
  await expectNoAxeViolations(page);

  const more = quantityOf(last + ONE);
  await dialog.getByLabel('Показание', { exact: true }).fill(typed(quantityText(more)));
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByText('Записано')).toBeVisible();
  await expect(row).toContainText(said(`${showQuantity(quantityText(more))} м³ на ${day}`));
});
