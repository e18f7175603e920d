import type { Page } from '@playwright/test';
import { money, moneyText, subtractMoney } from '@kvartal/domain';
import { showMoney } from '@kvartal/words';
import { expectNoAxeViolations } from '../journey/axe';
import { orderAtBank, payByCard } from '../journey/bank';
import { asNewWith } from '../journey/known';
import { letterTo } from '../journey/letters';
import { backoffice, cabinet } from '../journey/product';
import { decimalOf, factOf, said } from '../journey/read';
import { expect, test } from '../journey/test';

const RUB = 'RUB';

/** What the account owes today, as its home page says. An overpayment is negative. */
async function balanceToday(page: Page): Promise<string> {
  await page.goto(cabinet('home'));
  const sentence = await page.getByText(/^На сегодня, без начислений за /).innerText();
  if (sentence.includes('долга нет')) return '0.00';
  const sum = decimalOf(sentence.slice(sentence.lastIndexOf(':')));
  return sentence.includes('переплата') ? `-${sum}` : sum;
}

/** Leaves for the bank to pay this sum, as it is typed; whole where none is given, for the month that is named. */
async function leaveForBank(page: Page, typed?: string, month?: string): Promise<void> {
  await page.goto(cabinet('pay'));
  const amount = page.getByLabel('Сумма', { exact: true });
  await expect(amount).toBeVisible();
  if (typed !== undefined) await amount.fill(typed);
  if (month !== undefined) await chooseMonth(page, month);
  await page.getByRole('button', { name: /^Оплатить/ }).click();
}

/** Of several months that are owed. */
async function chooseMonth(page: Page, month: string): Promise<void> {
  const choice = page.getByLabel('За какой месяц');
  await expect(choice.locator('option').first()).toHaveText('Сначала самые старые долги');
  const name = await choice.locator('option', { hasText: said(month) }).innerText();
  await choice.selectOption({ label: name });
  await expect(choice).toHaveAccessibleDescription(/сначала погасится долг за этот месяц/);
}

/** The number of the order, once the bank has sent the person back. */
async function orderOf(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: 'Платёж' })).toBeVisible();
  return factOf(page, 'Номер заказа').innerText();
}

const succeeded = (page: Page, sum: string) =>
  expect(
    page.getByText(said(`Платёж ${showMoney(sum, RUB)} прошёл и зачислен на лицевой счёт.`)),
  ).toBeVisible({
    timeout: 30_000,
  });

test('the whole sum is paid through 3-D Secure, and the balance and a letter follow', async ({
  page,
  town,
  isMobile,
}) => {
  const account = (await town.debtors()).at(isMobile ? 0 : -1);
  if (!account) throw new Error('Nobody owes anything');
  const person = await asNewWith(page, account);
  const before = await balanceToday(page);
  await page
    .getByRole('link', { name: /^Оплатить/ })
    .first()
    .click();
  const amount = page.getByLabel('Сумма', { exact: true });
  await expect(amount).toHaveValue(before.replace('.', ','));
  await expect(page.getByLabel(/^E-mail для чека/)).toHaveValue(person.email);
  await expectNoAxeViolations(page);

  await amount.fill('ноль');
  await page.getByRole('button', { name: 'Оплата' }).click();
  await expect(amount).toHaveAccessibleDescription(/Введите сумму больше нуля/);
  await expectNoAxeViolations(page);
  await amount.fill(before.replace('.', ','));
  await page.getByRole('button', { name: said(`Оплатить ${showMoney(before, RUB)}`) }).click();
  await payByCard(page, 'secure');

  const order = await orderOf(page);
  await succeeded(page, before);
  await expectNoAxeViolations(page);
  expect(await balanceToday(page)).toBe('0.00');
  await expect(page.getByText('Всё оплачено')).toBeVisible();
  const letter = await letterTo(person.email, said(`Платёж ${showMoney(before, RUB)} получен`));
  expect(letter.text).toContain(order);

  await page.goto(cabinet('payments'));
  const row = page
    .getByRole('row')
    .filter({ hasText: said(showMoney(before, RUB)) })
    .first();
  await expect(row).toContainText('Зачислен');
  await expectNoAxeViolations(page);
});

test('another sum pays a part of the month that is named, and a notice that comes ten times is one payment @desktop', async ({
  page,
  town,
}) => {
  await asNewWith(page, await town.account('0401000030'));
  const before = await balanceToday(page);
  await leaveForBank(page, '100,50', 'сентябрь 2026');
  await payByCard(page, 'tellsTenTimes');
  const order = await orderOf(page);
  await succeeded(page, '100.50');
  await expect
    .poll(async () => (await orderAtBank(order)).callbacks.filter(({ delivered }) => delivered).length)
    .toBe(10);
  expect(await balanceToday(page)).toBe(moneyText(subtractMoney(money(before), money('100.50'))));
  await page.goto(cabinet('payments'));
  const paid = page.getByRole('row').filter({ hasText: said(showMoney('100.50', RUB)) });
  await expect(paid).toHaveCount(1);
  await expect(paid).toContainText(said('сентябрь 2026'));
});

test('a declined card leaves everything as it was, and offers to try again @desktop', async ({
  page,
  town,
}) => {
  await asNewWith(page, await town.account('0401000045'));
  const before = await balanceToday(page);
  await leaveForBank(page, '77,70');
  await payByCard(page, 'declined');
  await expect(page.getByText('Банк отклонил платёж, деньги не списаны.')).toBeVisible({ timeout: 30_000 });
  await expect(factOf(page, 'Ответ банка')).toContainText('Недостаточно средств');
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'Попробовать ещё раз' }).click();
  await expect(page).toHaveURL(cabinet('pay'));
  expect(await balanceToday(page)).toBe(before);
});

test('a bank that says nothing is asked, and nobody else sees the payment @desktop', async ({
  page,
  town,
  browser,
}) => {
  await asNewWith(page, await town.account('0401000046'));
  const before = await balanceToday(page);
  await leaveForBank(page, '55,05');
  await payByCard(page, 'tellsNothing');
  const order = await orderOf(page);
  await succeeded(page, '55.05');
  expect((await orderAtBank(order)).callbacks).toEqual([]);
  expect(await balanceToday(page)).toBe(moneyText(subtractMoney(money(before), money('55.05'))));

  const stranger = await (await browser.newContext()).newPage();
  await asNewWith(stranger, await town.account('0401000047'));
  await stranger.goto(cabinet(`pay/${order}`));
  await expect(stranger.getByText('Не нашли такой страницы или у вас нет к ней доступа')).toBeVisible();
  await expect(stranger.getByText('55,05')).toHaveCount(0);
  await stranger.goto(backoffice('payments'));
  await expect(stranger).toHaveURL(/\/s\/sign-in/);
});
