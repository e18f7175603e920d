import type { Page } from '@playwright/test';
import { OWNER, PORTAL, type Person, RESIDENT } from '../town/people';

/** What is opened in an app, how it is known that it stands there, and what somebody does there. */
export interface Opened {
  person: Person;
  /** Path of the first page; of the app's own files, the static page among them. */
  path: string;
  root: string;
  shown(page: Page): Promise<unknown>;
  use(page: Page): Promise<unknown>;
}

const cabinet: Opened = {
  person: RESIDENT,
  path: `/o/${PORTAL}/home`,
  root: `/o/${PORTAL}/`,
  shown: async (page) => {
    await page.getByRole('heading', { name: /^К оплате за/ }).waitFor();
    await page.getByRole('table', { name: 'Услуги' }).waitFor();
  },
  use: async (page) => {
    const tabs = page.getByRole('navigation').last();
    await tabs.getByRole('link', { name: /Показания/ }).click();
    const box = page.getByRole('textbox').first();
    await box.waitFor();
    await box.click();
    await box.pressSequentially('12345');
    await box.press('Tab');
    await tabs.getByRole('link', { name: /Главная/ }).click();
    await cabinet.shown(page);
    await page.getByRole('link', { name: 'Почему столько?' }).click();
    await page.getByRole('heading', { name: 'Начисления' }).waitFor();
    await tabs.getByRole('link', { name: /Ещё/ }).click();
    await page.getByRole('link', { name: 'Мой профиль' }).last().click();
    await page.getByRole('heading', { name: 'Мой профиль' }).waitFor();
  },
};

const backoffice: Opened = {
  person: OWNER,
  path: `/o/${PORTAL}/s/accounts?size=100`,
  root: `/o/${PORTAL}/s/`,
  shown: (page) => page.getByRole('table', { name: 'Лицевые счета' }).getByRole('row').nth(20).waitFor(),
  use: async (page) => {
    const accounts = page.getByRole('table', { name: 'Лицевые счета' });
    const box = page.getByRole('main').getByRole('searchbox');
    await box.click();
    await box.pressSequentially('Бенчевая');
    await box.press('Enter');
    await page.getByRole('main').getByRole('button', { name: 'Только с долгом' }).click();
    await accounts.getByRole('row').nth(1).waitFor();
    await accounts.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
  },
};

export const PAGES: Readonly<Record<Person['app'], Opened>> = { cabinet, backoffice };
