import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { nextCaptcha } from './captcha';
import { letterTo, lettersTo, linkIn } from './letters';
import { cabinet, HOME_PORTAL } from './product';
import type { TownAccount } from './town-account';

/** Somebody who can sign in. */
export interface Person {
  login: string;
  email: string;
  password: string;
}

/** A person that nobody else is. */
export function newPerson(): Person {
  const login = `zhitel-${randomUUID().slice(0, 8)}`;
  return { login, email: `${login}@journey.example`, password: 'Rodnik-2026' };
}

/** Opens the registration form and fills it whole, with the code of the picture. */
export async function fillRegistration(page: Page, person: Person, portal = HOME_PORTAL): Promise<void> {
  const captcha = nextCaptcha(page);
  await page.goto(cabinet('register', portal));
  await page.getByLabel('E-mail', { exact: true }).fill(person.email);
  await page.getByLabel('Логин', { exact: true }).fill(person.login);
  await page.getByLabel('Пароль', { exact: true }).fill(person.password);
  await page.getByLabel('Повторите пароль').fill(person.password);
  await page.getByLabel('Код с изображения').fill(await captcha);
  await page.getByLabel(/принял соглашение/).check();
  await page.getByLabel(/на обработку персональных данных/).check();
}

/** Sends the registration form, and returns the link of the letter. */
export async function sendRegistration(page: Page, person: Person): Promise<string> {
  const before = (await lettersTo(person.email)).length; // whoever registers again has an old letter too
  await page.getByRole('button', { name: 'Зарегистрироваться' }).click();
  await expect(page.getByRole('heading', { name: 'Письмо отправлено' })).toBeVisible();
  await expect.poll(async () => (await lettersTo(person.email)).length).toBeGreaterThan(before);
  return linkIn(await letterTo(person.email, 'Подтвердите регистрацию'), 'confirm');
}

/** Fills the sign-in form that the page shows and sends it. */
export async function enter(
  page: Page,
  { login, password }: Pick<Person, 'login' | 'password'>,
): Promise<void> {
  await page.getByLabel('Логин или e-mail').fill(login);
  await page.getByLabel('Пароль', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
}

/** Signs in by the form of the cabinet, and stands at home. */
export async function signIn(
  page: Page,
  person: Pick<Person, 'login' | 'password'>,
  portal = HOME_PORTAL,
): Promise<void> {
  await page.goto(cabinet('login', portal));
  await enter(page, person);
  await expect(page).toHaveURL(cabinet('home', portal));
}

/** Registers somebody new, confirms by the letter and signs in. */
export async function comeInAsNew(page: Page, portal = HOME_PORTAL): Promise<Person> {
  const person = newPerson();
  await fillRegistration(page, person, portal);
  await page.goto(await sendRegistration(page, person));
  await expect(page.getByText('Регистрация подтверждена')).toBeVisible();
  await enter(page, person);
  await expect(page).toHaveURL(cabinet('home', portal));
  return person;
}

/** Fills the form that links an account and sends it. */
export async function link(page: Page, account: TownAccount, portal = HOME_PORTAL): Promise<void> {
  await page.goto(cabinet('link', portal));
  await page.getByLabel('Номер лицевого счёта', { exact: true }).fill(account.number);
  await page.getByLabel('Фамилия', { exact: true }).fill(account.surname);
  await page.getByLabel('Номер квартиры').fill(account.flat);
  await page.getByRole('button', { name: 'Добавить счёт' }).click();
}
