import type { Locator, Page } from '@playwright/test';
import { quantity, quantityOf, quantityText } from '@kvartal/domain';
import { showDate } from '@kvartal/words';
import { expectNoAxeViolations } from '../journey/axe';
import { today } from '../journey/clock';
import { asResident } from '../journey/known';
import { cabinet, demo } from '../journey/product';
import { decimalOf, said } from '../journey/read';
import { expect, test } from '../journey/test';

/** A register of the intake: its field, and what the meter showed before. */
interface Row {
  name: string;
  box: Locator;
  previous: string;
}

const boxes = (page: Page) => page.getByRole('textbox', { name: /^Стало ?, / });

async function rowsOf(page: Page): Promise<Row[]> {
  await expect(boxes(page).first()).toBeVisible();
  const names = await boxes(page).evaluateAll((all) =>
    all.map((box) => (box instanceof HTMLInputElement ? (box.labels?.[0]?.textContent ?? '') : '')),
  );
  const drums = await page
    .getByRole('main')
    .getByRole('img', { name: /^[\d\s,]+$/ })
    .all();
  expect(drums).toHaveLength(names.length);
  return Promise.all(
    drums.map(async (drum, at) => ({
      name: names[at]?.trim() ?? '',
      previous: decimalOf((await drum.getAttribute('aria-label')) ?? ''),
      box: boxes(page).nth(at),
    })),
  );
}

/** So much more than the meter showed, as people type it. */
const more = (row: Row, by: string): string =>
  quantityText(quantityOf(quantity(row.previous) + quantity(by))).replace('.', ',');

/** A month's usual use of each resource. */
const usual = (row: Row): string => (/кВт·ч$/.test(row.name) ? '90' : '4.5');

const send = (page: Page) => page.getByRole('button', { name: 'Отправить показания' }).click();
const accepted = (page: Page) =>
  expect(page.getByText(/^Показания приняты\. Исправить можно до 25\s/)).toBeVisible();

/** Takes back whatever was sent this month. */
async function takeAllBack(page: Page): Promise<void> {
  await expect(boxes(page).first()).toBeVisible();
  const sent = page.getByRole('button', { name: 'Отозвать', exact: true });
  for (let left = await sent.count(); left > 0; left -= 1) {
    await sent.first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click();
    await expect(sent).toHaveCount(left - 1);
  }
}

test('readings of all meters are typed, corrected, sent, edited and taken back', async ({
  page,
  isMobile,
}) => {
  const who = demo(isMobile ? 'neighbour' : 'resident');
  await asResident(page, who);
  await page.goto(cabinet('readings'));
  await takeAllBack(page);
  const rows = await rowsOf(page);
  const [water, second] = rows;
  const day = rows.find(({ name }) => name.includes(', День, '));
  const night = rows.find(({ name }) => name.includes(', Ночь, '));
  if (!water || !second || !day || !night)
    throw new Error(`Not the meters of the demo: ${rows.map(({ name }) => name).join('; ')}`);
  await expect(page.getByText(/^Приём до 25\s\S+, осталось 5\sдней$/)).toBeVisible();
  await expectNoAxeViolations(page);

  await test.step('what cannot be is said at its field', async () => {
    const refusals: [string, RegExp][] = [
      ['1', /Показание меньше прошлого/],
      ['1234567', said('У этого счётчика 5 цифр до запятой, вы ввели 7')],
      ['1,23456', said('У этого счётчика 3 цифры после запятой')],
      ['12ж', /Это не число/],
    ];
    for (const [typed, sentence] of refusals) {
      await water.box.fill(typed);
      await water.box.blur();
      await expect(water.box).toHaveAccessibleDescription(sentence);
    }
    await send(page);
    await expect(page.getByRole('alert')).toContainText(said('Не отправлено: проверьте 1 показание'));
    await expect(page).toHaveTitle(/^Ошибка: /);
    await page.getByRole('alert').getByRole('link').click();
    await expect(water.box).toBeFocused();
    await expectNoAxeViolations(page);
  });

  await test.step('a jump asks before it is believed', async () => {
    await day.box.fill(more(day, '5000'));
    await day.box.blur();
    const sure = page.getByRole('button', { name: /^Всё верно, / });
    await expect(sure).toBeVisible();
    await water.box.fill(more(water, '4.5'));
    await send(page);
    await expect(page.getByRole('alert')).toContainText('больше обычного');
    await expectNoAxeViolations(page);
    await sure.click();
    await expect(sure).toBeHidden();
  });

  await test.step('a part is sent only after it was asked', async () => {
    await expect(page.getByText(`Заполнено 2 из ${rows.length}`)).toBeVisible();
    await send(page);
    const dialog = page.getByRole('dialog', { name: 'Отправить не все показания?' });
    await expect(dialog).toContainText(`Заполнено 2 из ${rows.length}`);
    await expectNoAxeViolations(page);
    await dialog.getByRole('button', { name: 'Отмена' }).click();
    await expect(dialog).toBeHidden();
    await send(page);
    await dialog.getByRole('button', { name: 'Отправить 2' }).click();
    await accepted(page);
    await expect(page.getByText(said(`Передано ${showDate(await today())}, сайт`))).toHaveCount(2);
  });

  await test.step('the rest follows, and a sent one is edited', async () => {
    await day.box.fill(more(day, usual(day)));
    for (const row of rows.filter((one) => one !== day && one !== water))
      await row.box.fill(more(row, usual(row)));
    await expect(page.getByText(/^Примерно [\d\s]+,\d\d\s₽ по заполненным$/)).toBeVisible();
    await send(page);
    await accepted(page);
    await expect(page.getByText(said(`Передано ${showDate(await today())}, сайт`))).toHaveCount(rows.length);
    await page.goto(cabinet('home'));
    await expect(page.getByRole('heading', { name: 'Показания переданы' })).toBeVisible();
  });

  await test.step('the history keeps every one of them', async () => {
    await page.goto(cabinet('readings/history'));
    const table = page.getByRole('table', { name: 'История показаний' });
    await expect(table.getByText('В расчёте').first()).toBeVisible();
    await expect(table.getByText('Заменено').first()).toBeVisible();
    await expect(page.getByRole('img', { name: /^Холодная вода по месяцам: / }).first()).toBeVisible();
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Таблицей' }).click();
    await expect(
      page.getByRole('table', { name: /^Холодная вода по месяцам: / }).getByRole('row'),
    ).not.toHaveCount(1);
    await page.getByRole('button', { name: 'Электричество' }).click();
    await page.getByRole('button', { name: '₽' }).click();
    await expect(page.getByRole('table', { name: /^Электричество по месяцам: .*\s₽/ })).toBeVisible();
    await expectNoAxeViolations(page);
  });

  await test.step('what was sent can be taken back', async () => {
    await page.goto(cabinet('readings'));
    await expect(night.box).toHaveValue(more(night, usual(night)));
    await takeAllBack(page);
    await expect(water.box).toHaveValue('');
    await page.goto(cabinet('readings/history'));
    await expect(
      page.getByRole('table', { name: 'История показаний' }).getByText('Удалено').first(),
    ).toBeVisible();
  });
});
