import { PNG } from 'pngjs';
import type { Page } from '@playwright/test';
import { expectNoAxeViolations } from '../journey/axe';
import { asNewWith, asResident, asStaff } from '../journey/known';
import { letterTo } from '../journey/letters';
import { backoffice, cabinet, demo } from '../journey/product';
import { factOf, said } from '../journey/read';
import { expect, test } from '../journey/test';

const photo = {
  name: 'трещина.png',
  mimeType: 'image/png',
  buffer: PNG.sync.write(new PNG({ width: 4, height: 4 })),
};
const disguised = {
  name: 'фото.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('<!doctype html><script>alert(1)</script>'),
};

async function fillRequest(page: Page, text: string): Promise<void> {
  await page.goto(cabinet('requests/new'));
  await page.getByLabel('Категория').selectOption('Сантехника');
  await page.getByLabel('Что случилось').fill(text);
  await page.getByLabel('Телефон для связи').fill('+7 912 345-67-89');
}

test('a request goes all the way: created, taken, asked about, answered, done, rated @desktop', async ({
  page,
  browser,
  town,
}) => {
  const person = await asNewWith(page, await town.account('0401000049'));
  const text = `Течёт стояк в ванной, ${person.login}`;

  await page.goto(cabinet('requests/new'));
  await page.getByRole('button', { name: 'Создать заявку' }).click();
  await expect(page.getByRole('alert')).toContainText(said('исправьте 3 поля'));
  await expectNoAxeViolations(page);
  await fillRequest(page, text);
  await page.getByLabel('Приложить файлы').setInputFiles([photo, disguised]);
  await page.getByRole('button', { name: 'Создать заявку' }).click();
  await expect(page.getByText(/^Файл .*такого вида не принимаем/)).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Продолжить без них' }).click();
  const heading = page.getByRole('heading', { name: /^Заявка №\s\d+$/ });
  await expect(heading).toBeVisible();
  const number = /\d+/.exec(await heading.innerText())?.[0] ?? '';
  await expect(page.getByRole('link', { name: photo.name })).toBeVisible();
  await expect(page.getByRole('link', { name: disguised.name })).toHaveCount(0);
  await expectNoAxeViolations(page);
  await letterTo(person.email, `Заявка № ${number}: принята`);

  const desk = await (await browser.newContext()).newPage();
  await test.step('the dispatcher takes it, gives it to a colleague and asks', async () => {
    await asStaff(desk, 'dispatcher');
    await desk.goto(backoffice('requests'));
    await expectNoAxeViolations(desk);
    await desk.getByRole('link', { name: text }).click();
    await expect(desk.getByRole('heading', { name: `Заявка № ${number}. Сантехника` })).toBeVisible();
    await expect(desk.getByRole('link', { name: photo.name })).toBeVisible();
    await expectNoAxeViolations(desk);
    await desk.getByRole('button', { name: 'Взять в работу' }).click();
    await expect(desk.getByText('Заявка у вас в работе')).toBeVisible();
    await expect(factOf(desk, 'Исполнитель')).toContainText('Тарасов');
    await desk.getByLabel('Назначить исполнителя').selectOption('Мельникова Юлия Олеговна');
    await desk.getByRole('button', { name: 'Назначить', exact: true }).click();
    await expect(factOf(desk, 'Исполнитель')).toContainText('Мельникова');
    await desk.getByRole('button', { name: 'Уточнить' }).click();
    await desk.getByLabel('Текст').fill('Какой подъезд и есть ли код на двери?');
    await desk.getByRole('button', { name: 'Спросить жителя' }).click();
    await expect(desk.getByText('На уточнении').first()).toBeVisible();
    await expectNoAxeViolations(desk);
  });

  await test.step('the resident is told by mail and answers', async () => {
    const letter = await letterTo(person.email, `Заявка № ${number}: нужен ваш ответ`);
    expect(letter.text).toContain('Какой подъезд');
    await page.reload();
    await expect(page.getByRole('main').getByText('Ждёт вас').first()).toBeVisible();
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Отправить ответ' }).click();
    await expect(page.getByLabel('Ваш ответ')).toHaveAccessibleDescription(/Напишите несколько слов/);
    await page.getByLabel('Ваш ответ').fill('Второй подъезд, код 12К');
    await page.getByRole('button', { name: 'Отправить ответ' }).click();
    await expect(page.getByText('В работе').first()).toBeVisible();
  });

  await test.step('the work is done, the resident accepts and rates it', async () => {
    await desk.reload();
    await expect(desk.getByText('Второй подъезд, код 12К')).toBeVisible();
    await desk.getByRole('button', { name: 'Исполнить' }).click();
    await desk.getByRole('button', { name: 'Отметить исполненной' }).click();
    await expect(desk.getByLabel('Текст')).toHaveAccessibleDescription(/Напишите, что ответить жителю/);
    await desk.getByLabel('Текст').fill('Заменили прокладку');
    await desk.getByRole('button', { name: 'Отметить исполненной' }).click();
    await expect(desk.getByText('Исполнена').first()).toBeVisible();
    await letterTo(person.email, new RegExp(`^Заявка № ${number}: .*исполнена`, 'i'));
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Всё ли сделано?' })).toBeVisible();
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Принять работу' }).click();
    await expect(page.getByText('Закрыта').first()).toBeVisible();
    await page.getByRole('radio', { name: said('5 звёзд') }).check({ force: true });
    await page.getByLabel(/^Что понравилось или нет/).fill('Быстро и чисто');
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Оценить' }).click();
    await expect(page.getByRole('img', { name: said('5 звёзд') })).toBeVisible();
    await desk.reload();
    await expect(factOf(desk, 'Оценка')).toHaveText('5 из 5');
    await expectNoAxeViolations(desk);
  });
});

test('nobody opens the request or the file of another @desktop', async ({ page, browser, town }) => {
  await asNewWith(page, await town.account('0401000050'));
  await fillRequest(page, 'Не горит лампа на площадке');
  await page.getByLabel('Приложить файлы').setInputFiles(photo);
  await page.getByRole('button', { name: 'Создать заявку' }).click();
  const file = page.getByRole('link', { name: photo.name });
  await expect(file).toBeVisible();
  const url = (await file.getAttribute('href')) ?? '';
  const own = await page.evaluate(async (href) => {
    const answer = await fetch(href);
    return {
      status: answer.status,
      sniff: answer.headers.get('x-content-type-options'),
      as: answer.headers.get('content-disposition'),
    };
  }, url);
  expect(own).toMatchObject({ status: 200, sniff: 'nosniff' });
  expect(own.as).toMatch(/^attachment/);

  const stranger = await (await browser.newContext()).newPage();
  await asResident(stranger, demo('neighbour'));
  await stranger.goto(page.url());
  await expect(stranger.getByText('Не нашли такой страницы или у вас нет к ней доступа')).toBeVisible();
  expect(await stranger.evaluate(async (href) => (await fetch(href)).status, url)).toBe(404);
});
