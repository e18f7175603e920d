import type { Locator, Page } from '@playwright/test';
import { asStaff } from '../journey/known';
import { backoffice } from '../journey/product';
import { expect, test } from '../journey/test';
import { lookAtDialog, openPage } from './walk';

/** The button that opens a dialog of a page, and nothing more: what it asks is answered by nobody here. */
type Opener = (page: Page) => Locator;

const button =
  (name: RegExp | string): Opener =>
  (page) =>
    page.getByRole('button', { name }).first();
/** The button of a table's first row that has it. */
const inTable =
  (table: string, name: RegExp): Opener =>
  (page) =>
    page.getByRole('table', { name: table }).getByRole('button', { name }).first();

const DIALOGS: Readonly<Record<string, Readonly<Record<string, Opener>>>> = {
  tariffs: {
    'new-value': inTable('Тарифы и нормы', /^Изменить/),
    history: inTable('Тарифы и нормы', /^История/),
    terms: inTable('Порядок начисления', /^Изменить/),
    season: button('Назначить'),
  },
  'tariffs/penalties': {
    schedule: inTable('Пени по дням просрочки', /^Изменить/),
    moratorium: button('Добавить'),
    allocation: button('Изменить Как делят платежи'),
  },
  payments: { reversal: inTable('Платежи', /^Отменить/) },
  accounts: {
    correction: inTable('Счётчики', /^Исправить показание/),
    replacement: inTable('Счётчики', /^Заменить/),
    state: inTable('Счётчики', /^Отметить состояние/),
    paper: button('Внести'),
    recalculation: button('Пересчитать'),
  },
  houses: {
    'house-reading': inTable('Общедомовые счётчики', /^Внести показание/),
  },
  periods: { reopening: button('Открыть месяц снова') },
  api: { key: button('Новый ключ') },
};
/** Of lists whose dialogs are on a page of one of them: the way there. */
const LINK: Readonly<Record<string, (page: Page) => Locator>> = {
  accounts: (page) => page.getByRole('row').filter({ hasText: /\d/ }).getByRole('link'),
  houses: (page) => page.getByRole('link', { name: /^Счётчики/ }),
  // nobody closes a month of this organisation meanwhile: its last closed one may be opened again
  periods: (page) => page.getByRole('row').filter({ hasText: 'Закрыт' }).getByRole('link'),
};

/** The dialogs that can be opened from a page, one after the other. */
async function openEach(page: Page, dialogs: Readonly<Record<string, Opener>>): Promise<void> {
  for (const [name, opener] of Object.entries(dialogs)) {
    await opener(page).click();
    await lookAtDialog(page, `dialog-${name}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
}

test('the dialogs of the back-office pass axe @desktop', async ({ browser }) => {
  const page = await openPage(browser);
  await asStaff(page, 'director');
  for (const [path, dialogs] of Object.entries(DIALOGS)) {
    await page.goto(backoffice(path));
    await LINK[path]?.(page).first().click();
    await openEach(page, dialogs);
  }
});
