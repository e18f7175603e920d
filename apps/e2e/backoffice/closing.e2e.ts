import type { Page } from '@playwright/test';
import { month as monthFrom, type Month, money, moneyOf, moneyText, nextMonth, sum } from '@kvartal/domain';
import { showMoney, showMonth } from '@kvartal/words';
import { expectNoAxeViolations } from '../journey/axe';
import { codesIn, fieldsOf, fileBehind, textOf } from '../journey/bill-file';
import { asNewWith, asStaff } from '../journey/known';
import { letterTo } from '../journey/letters';
import { picture } from '../journey/picture';
import { backoffice, cabinet } from '../journey/product';
import { decimalOf, factOf, said } from '../journey/read';
import { expect, test } from '../journey/test';
import { chooseOrganization } from '../journey/town';
import type { TownAccount } from '../journey/town-account';
import { whileWorkerRests } from '../journey/worker';

const ORGANIZATION = 'Старый город';
/** Fields that a bank must find first, in this order (GOST R 56042-2014). */
const FIRST_FIELDS = ['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc'];

/** The month that the list of periods shows as open. */
async function openMonth(page: Page): Promise<Month> {
  const link = page.getByRole('row').filter({ hasText: 'Открыт' }).getByRole('link');
  const [found = ''] = /\d{4}-\d\d/.exec((await link.getAttribute('href')) ?? '') ?? [];
  return monthFrom(found);
}

/** A payment code as GOST R 56042-2014 wants it: every field that a bank reads. */
function expectCode(
  code: string,
  of: Pick<TownAccount, 'number' | 'surname' | 'address'> & { month: Month },
): void {
  expect(code).toMatch(/^ST00012[|~^#;*]/);
  const fields = fieldsOf(code);
  const period = `${of.month.slice(5)}.${of.month.slice(0, 4)}`;
  expect([...fields.keys()].slice(0, FIRST_FIELDS.length)).toEqual(FIRST_FIELDS);
  expect(fields.get('Name')).toMatch(/^.{1,160}$/);
  expect(fields.get('PersonalAcc')).toMatch(/^\d{20}$/);
  expect(fields.get('BankName')).toMatch(/^.{1,45}$/);
  expect(fields.get('BIC')).toMatch(/^\d{9}$/);
  expect(fields.get('CorrespAcc')).toMatch(/^(\d{20}|0)$/);
  expect(fields.get('PayeeINN')).toMatch(/^(\d{10}|\d{12})$/);
  expect(fields.get('KPP') ?? '000000000').toMatch(/^\d{9}$/);
  expect(fields.get('Sum')).toMatch(/^[1-9]\d{0,17}$/);
  expect(Object.fromEntries(fields)).toMatchObject({
    PersAcc: of.number,
    LastName: of.surname,
    PayerAddress: of.address,
    PaymPeriod: period,
    TechCode: '02',
    Purpose: `Оплата ЖКУ за ${period}, л/с ${of.number}`,
  });
}

/** The recipient of a code stands in words beside it, with what is to be paid to it. A long name takes two lines. */
function expectPrinted(text: string, code: string): void {
  const fields = fieldsOf(code);
  const {
    Name = '',
    PayeeINN,
    PersonalAcc,
    BankName = '',
    BIC,
    CorrespAcc,
    Sum = '',
  } = Object.fromEntries(fields);
  const due = showMoney(moneyText(moneyOf(BigInt(Sum))), 'RUB');
  const names = `${Name} ${BankName}`.split(' ');
  const numbers = [`ИНН ${PayeeINN}`, `р/с ${PersonalAcc}`, `БИК ${BIC}`, `к/с ${CorrespAcc}`];
  for (const printed of [...names, ...numbers, `К оплате ${due}`]) expect(text).toMatch(said(printed));
}

const startIn = (page: Page) => page.getByRole('button', { name: 'Начать пробный расчёт' });
const commitIn = (page: Page) => page.getByRole('button', { name: /^Закрыть на/ });
const computed = (page: Page) =>
  expect(page.getByRole('heading', { name: 'Пробный расчёт готов' })).toBeVisible({ timeout: 60_000 });

/** The codes of the refusal that the API gives to what this does in the page. */
async function refusedWith(page: Page, operation: string, act: () => Promise<void>): Promise<string[]> {
  const answered = page.waitForResponse(
    (one) => one.request().postData()?.includes(`"${operation}"`) ?? false,
  );
  await act();
  const { data }: { data: Record<string, { refusals?: readonly { code: string }[] }> } = await (
    await answered
  ).json();
  return Object.values(data).flatMap(({ refusals = [] }) => refusals.map(({ code }) => code));
}

const columnOf = async (page: Page, caption: RegExp, column: number): Promise<string[]> => {
  const rows = page.getByRole('table', { name: caption }).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const shown = await rows.evaluateAll(
    (all, at) => all.map((row) => row.children[at]?.textContent ?? ''),
    column,
  );
  return shown.map(decimalOf);
};

test('a month is checked, computed, reviewed and closed; its people see it, a month not closed says so @desktop', async ({
  page,
  browser,
  town,
}) => {
  test.setTimeout(300_000);
  await asStaff(page, 'accountant');
  await page.goto(backoffice());
  await chooseOrganization(page, ORGANIZATION);
  const account = await town.account('0402000001', { organization: ORGANIZATION });
  const resident = await (await browser.newContext()).newPage();
  const person = await asNewWith(resident, account);
  await page.goto(backoffice('periods'));
  await expectNoAxeViolations(page);
  const month = await openMonth(page);
  const spoken = showMonth(month, 'ru');

  await test.step('a month not closed says so to its people', async () => {
    await resident.goto(cabinet(`charges?p=${month}`));
    await expect(resident.getByText(/появится после закрытия месяца/)).toBeVisible();
    await expectNoAxeViolations(resident);
  });

  await test.step('the checklist says what is ready, and the next month is not there yet', async () => {
    await page.getByRole('link', { name: said(spoken) }).click();
    await expect(page.getByRole('heading', { name: said(`Закрытие: ${spoken}`) })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Чек-лист' }).getByRole('listitem').first()).toBeVisible();
    await expect(factOf(page, 'Лицевых счетов')).toHaveText(/\d/);
    await expectNoAxeViolations(page);
    const asked = new URL(page.url()).search;
    await page.goto(backoffice(`periods/${nextMonth(month)}${asked}`));
    await expect(page.getByText('Такого месяца нет')).toBeVisible();
    await expectNoAxeViolations(page);
    await page.goto(backoffice(`periods/${month}${asked}`));
  });

  const late = await page.context().newPage();
  await test.step('its computation is watched, thrown away, and begun again', async () => {
    await late.goto(page.url());
    await expect(startIn(late)).toBeVisible();
    await whileWorkerRests(async () => {
      await startIn(page).click();
      await expect(page.getByRole('heading', { name: 'Пробный расчёт идёт' })).toBeVisible();
      await expect(page.getByRole('progressbar', { name: 'Пробный расчёт идёт' })).toHaveAttribute(
        'aria-valuenow',
        '0',
      );
      await expect(page.getByText(/^\s*Домов: 0 из \d/)).toBeVisible();
      await expectNoAxeViolations(page);
    });
    await computed(page);
    await page.getByRole('button', { name: 'Отменить расчёт' }).click();
    const dialog = page.getByRole('dialog', { name: 'Отменить пробный расчёт?' });
    await expectNoAxeViolations(page);
    await dialog.getByRole('button', { name: 'Отменить расчёт' }).click();
    await expect(startIn(page)).toBeVisible();
  });

  await test.step('the next month is there by now, but it waits for this one', async () => {
    await page.goto(backoffice(`periods/${nextMonth(month)}`));
    await expect(page.getByText(said(`Сначала закройте ${spoken}`))).toBeVisible();
    await expect(startIn(page)).toHaveAttribute('aria-disabled', 'true');
    await expectNoAxeViolations(page);
    await page.goto(backoffice(`periods/${month}`));
    await startIn(page).click();
    await computed(page);
    await resident.reload();
    await expect(resident.getByText(/появится после закрытия месяца/)).toBeVisible();
  });

  const charged = decimalOf(await factOf(page, 'Начислить').innerText());
  await test.step('its totals add up, what is unusual can be looked at, and one account too', async () => {
    const totals = await columnOf(page, /^Начислено по услугам/, 2);
    expect(moneyText(sum(totals.map((text) => money(text))))).toBe(charged);
    await expectNoAxeViolations(page);
    await picture(page, 'closing.png');

    await page
      .getByRole('link', { name: /^Проверить/ })
      .first()
      .click();
    await expect(page.getByRole('table')).toBeVisible();
    await expectNoAxeViolations(page);
    await page.getByRole('table').getByRole('link').first().click();
    await expect(page.getByText(said(`Это пробный расчёт за ${spoken}`))).toBeVisible();
    await expect(page.getByRole('table').getByText('Содержание жилого помещения')).toBeVisible();
    await expectNoAxeViolations(page);
    await page
      .getByRole('navigation', { name: 'Где вы' })
      .getByRole('link', { name: said(spoken) })
      .click();
  });

  await test.step('it is closed by the name of the month, and only once', async () => {
    const commit = commitIn(page);
    const second = await page.context().newPage();
    await second.goto(page.url());
    await computed(second);
    await page.getByLabel(said(`Введите «${spoken}»`)).fill('не тот месяц');
    await page.keyboard.press('Enter');
    await expect(commit).toHaveAccessibleDescription(said(`Чтобы закрыть, введите «${spoken}».`));
    await page.getByLabel(said(`Введите «${spoken}»`)).fill(spoken);
    await second.getByLabel(said(`Введите «${spoken}»`)).fill(spoken);
    await expect(commit).toContainText(said(showMoney(charged, 'RUB')));
    await commit.click();
    await expect(page.getByText(said(`Закрыт ${spoken}.`))).toBeVisible({ timeout: 60_000 });
    await expectNoAxeViolations(page);

    expect(await refusedWith(second, 'CommitClosing', () => commitIn(second).click())).toEqual([
      'CLOSING_ENDED',
    ]);
    await expect(second.getByText('Это закрытие уже завершено или отменено')).toBeVisible();
    await expect(second.getByText(said(`Закрыт ${spoken}.`))).toBeVisible();
    await expectNoAxeViolations(second);
    expect(await refusedWith(late, 'StartClosing', () => startIn(late).click())).toEqual(['PERIOD_NOT_OPEN']);
    await expect(late.getByText(said(`Месяц «${spoken}» не открыт`))).toBeVisible();
    for (const one of [second, late]) await one.close();

    await page.goto(backoffice('periods'));
    const row = page.getByRole('row').filter({ hasText: said(spoken) });
    await expect(row).toContainText('Закрыт');
    await expect(row).toContainText(said(showMoney(charged, 'RUB').replace(/\s₽$/, '')));
    await row.getByRole('link').click();
    await expect(page.getByText(said(`Закрыт ${spoken}.`))).toBeVisible();
    await expect(startIn(page)).toHaveCount(0);
  });

  await test.step('its people see the month, and the bill can be paid by its codes', async () => {
    const letter = await letterTo(person.email, said(`Квитанция за ${spoken}: `));
    expect(letter.text).toContain(account.number);
    await resident.goto(cabinet(`charges?p=${month}`));
    await expect(resident.getByRole('table', { name: said(`Начисления за ${spoken}`) })).toBeVisible();
    await expectNoAxeViolations(resident);
    const due = decimalOf(
      await resident
        .locator('dt', { hasText: /^\s*К оплате до/ })
        .locator('+ dd')
        .innerText(),
    );
    const link = resident.getByRole('link', { name: /^Квитанция/ });
    const pdf = await fileBehind(resident, (await link.getAttribute('href')) ?? '');
    const text = textOf(pdf);
    expect(text).toMatch(said(spoken));
    expect(text).toContain(account.holder);
    expect(text).toMatch(said(showMoney(due, 'RUB')));

    const codes = codesIn(pdf);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) {
      expectCode(code, { ...account, month });
      expectPrinted(text, code);
    }
    expect(new Set(codes.map((code) => fieldsOf(code).get('PersonalAcc'))).size).toBe(codes.length);
    expect(moneyText(sum(codes.map((code) => moneyOf(BigInt(fieldsOf(code).get('Sum') ?? '0')))))).toBe(due);
  });
});
