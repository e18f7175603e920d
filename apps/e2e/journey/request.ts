import { expect, type Page } from '@playwright/test';
import { cabinet } from './product';

/** Makes a request of the resident who is signed in, and leaves its page open. */
export async function makeRequest(page: Page, text: string): Promise<void> {
  await page.goto(cabinet('requests/new'));
  await page.getByLabel('Категория').selectOption('Сантехника');
  await page.getByLabel('Что случилось').fill(text);
  await page.getByLabel('Телефон для связи').fill('+7 912 345-67-89');
  await page.getByRole('button', { name: 'Создать заявку' }).click();
  await expect(page.getByRole('heading', { name: /^Заявка №\s\d+$/ })).toBeVisible();
}
