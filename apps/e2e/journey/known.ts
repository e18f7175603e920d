import type { Page } from '@playwright/test';
import { newPerson, type Person } from './entry';
import { letterTo, linkIn } from './letters';
import { demo, HOME_PORTAL, product } from './product';
import type { TownAccount } from './town-account';

// People who are in already when a journey begins: by the requests that the forms send, without the forms. How one comes
// in by the forms is a journey of its own (cabinet/register, cabinet/link, backoffice/refusals). No page is open afterwards.

const ANSWERED = '__typename ... on Refused { refusals { code } }';

interface Door {
  app: 'cabinet' | 'backoffice';
  portal: string;
}
type Answer<K extends string> = Record<K, { __typename: string }>;

/** Asks as our app does in the page's own browser, which keeps the cookie that comes. @throws Error where it is refused */
async function ask<K extends string>(
  page: Page,
  { app, portal }: Door,
  asked: { field: K; document: string; variables: Record<string, unknown> },
): Promise<void> {
  const answer = await page.request.post(product.graphql, {
    headers: { 'x-kvartal-app': app, 'x-kvartal-portal': portal },
    data: { query: asked.document, variables: asked.variables },
  });
  const { data }: { data?: Answer<K> | null } = await answer.json();
  if (!data || data[asked.field].__typename === 'Refused')
    throw new Error(`${asked.field} in ${portal}: ${await answer.text()}`);
}

const comeIn = (page: Page, door: Door, { login, password }: Pick<Person, 'login' | 'password'>) =>
  ask(page, door, {
    field: 'signIn',
    document: `mutation SignIn($input: SignInInput!) { signIn(input: $input) { ${ANSWERED} } }`,
    variables: { input: { login, password, remember: true } },
  });

/** Somebody is in the cabinet. */
export const asResident = (
  page: Page,
  person: Pick<Person, 'login' | 'password'>,
  portal = HOME_PORTAL,
): Promise<void> => comeIn(page, { app: 'cabinet', portal }, person);

/** Somebody of the staff is in the back-office. */
export const asStaff = (page: Page, login: string, portal = HOME_PORTAL): Promise<void> =>
  comeIn(page, { app: 'backoffice', portal }, demo(login, portal));

async function captcha(page: Page, portal: string): Promise<{ id: string; text: string }> {
  const answer = await page.request.post(product.graphql, {
    headers: { 'x-kvartal-app': 'cabinet', 'x-kvartal-portal': portal },
    data: { query: 'mutation NewCaptcha { newCaptcha { id } }' },
  });
  const { data }: { data: { newCaptcha: { id: string } } } = await answer.json();
  const read = await page.request.get(`${product.api}/dev/captcha/${data.newCaptcha.id}`);
  const { text }: { text: string } = await read.json();
  return { id: data.newCaptcha.id, text };
}

/** Somebody new is in the cabinet, and has no account in it. */
export async function asNew(page: Page, portal = HOME_PORTAL): Promise<Person> {
  const person = newPerson();
  const door: Door = { app: 'cabinet', portal };
  const { login, email, password } = person;
  const agreed = { passwordAgain: password, agreement: true, consent: true };
  await ask(page, door, {
    field: 'register',
    document: `mutation Register($input: RegisterInput!) { register(input: $input) { ${ANSWERED} } }`,
    variables: { input: { login, email, password, ...agreed, captcha: await captcha(page, portal) } },
  });
  const link = linkIn(await letterTo(email, 'Подтвердите регистрацию'), 'confirm');
  await ask(page, door, {
    field: 'confirmRegistration',
    document: `mutation Confirm($token: String!) { confirmRegistration(token: $token) { ${ANSWERED} } }`,
    variables: { token: link.slice(link.lastIndexOf('/') + 1) },
  });
  await asResident(page, person, portal);
  return person;
}

/** Somebody new is in the cabinet, and has this account there. */
export async function asNewWith(page: Page, account: TownAccount, portal = HOME_PORTAL): Promise<Person> {
  const person = await asNew(page, portal);
  const { number, surname, flat } = account;
  await ask(
    page,
    { app: 'cabinet', portal },
    {
      field: 'linkAccount',
      document: `mutation Link($input: LinkAccountInput!) { linkAccount(input: $input) { ${ANSWERED} } }`,
      variables: { input: { number, surname, flat } },
    },
  );
  return person;
}
