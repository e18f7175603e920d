import { expect, type Page } from '@playwright/test';
import { product } from './product';

/** What the bank knows of an order. */
interface Order {
  orderNumber: string;
  amount: number;
  callbacks: readonly { operation: string; delivered: boolean }[];
}

/** Cards of the emulated bank, by what becomes of a payment with them. */
export const CARDS = {
  secure: '4111111111111111',
  declined: '4000000000000010',
  tellsNothing: '4000000000000028',
  tellsTenTimes: '4000000000000036',
} as const;

/** The bank's own record of an order. */
export async function orderAtBank(orderNumber: string): Promise<Order> {
  return (await fetch(`${product.bank.http}/emulator/orders/${orderNumber}`)).json();
}

/** Fills the card on the bank's page and pays; with 3-D Secure the code follows. */
export async function payByCard(page: Page, card: keyof typeof CARDS): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Оплата банковской картой' })).toBeVisible();
  await page.getByLabel('Номер карты').fill(CARDS[card]);
  await page.getByLabel('Срок действия').fill('12/30');
  await page.getByLabel('Код CVC').fill('123');
  await page.getByRole('button', { name: /^Оплатить/ }).click();
  if (card !== 'secure') return;
  await page.getByLabel('Код из СМС').fill('123456');
  await page.getByRole('button', { name: 'Подтвердить' }).click();
}
