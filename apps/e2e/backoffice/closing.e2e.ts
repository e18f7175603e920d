import type { Page } from '@playwright/test';
import { month as monthFrom, type Month, money, moneyOf, moneyText, nextMonth, sum } from '@kvartal/domain';
import { showMoney, showMonth } from '@kvartal/words';
import { expectNoAxeViolations } from '../journey/axe';
import { codesIn, fieldsOf, fileBehind, textOf } from '../journey/bill-file';
import { comeInWith, signInStaff } from '../journey/entry';
import { letterTo } from '../journey/letters';
import { picture } from '../journey/picture';
import { backoffice, cabinet } from '../journey/product';
import { decimalOf, factOf, said } from '../journey/read';
import { expect, test } from '../journey/test';
import { chooseOrganization, type TownAccount } from '../journey/town';

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
  await signInStaff(page, 'accountant');
  await chooseOrganization(page, ORGANIZATION);
  const account = await town.account('0402000001', { organization: ORGANIZATION });
  const resident = await (await browser.newContext()).newPage();
  const person = await comeInWith(resident, account);
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

  await test.step('the preview is computed, thrown away and computed again', async () => {
    const start = page.getByRole('button', { name: 'Начать пробный расчёт' });
    await start.click();
    await expect(page.getByRole('heading', { name: /^Пробный расчёт (идёт|готов)$/ })).toBeVisible();
    await expectNoAxeViolations(page);
    await expect(page.getByRole('heading', { name: 'Пробный расчёт готов' })).toBeVisible({
      timeout: 60_000,
    });
    await page.getByRole('button', { name: 'Отменить расчёт' }).click();
    const dialog = page.getByRole('dialog', { name: 'Отменить пробный расчёт?' });
    await expectNoAxeViolations(page);
    await dialog.getByRole('button', { name: 'Отменить расчёт' }).click();
    await start.click();
    await expect(page.getByRole('heading', { name: 'Пробный расчёт готов' })).toBeVisible({
      timeout: 60_000,
    });
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
    const commit = page.getByRole('button', { name: /^Закрыть на/ });
    const late = await page.context().newPage();
    await late.goto(page.url());
    for (const one of [page, late])
      await expect(one.getByRole('heading', { name: 'Пробный расчёт готов' })).toBeVisible();
    await page.getByLabel(said(`Введите «${spoken}»`)).fill('не тот месяц');
    await commit.click();
    await expect(commit).toHaveAccessibleDescription(said(`Чтобы закрыть, введите «${spoken}».`));
    await page.getByLabel(said(`Введите «${spoken}»`)).fill(spoken);
    await late.getByLabel(said(`Введите «${spoken}»`)).fill(spoken);
    await expect(commit).toContainText(said(showMoney(charged, 'RUB')));
    await commit.click();
    await expect(page.getByText(said(`Закрыт ${spoken}.`))).toBeVisible({ timeout: 60_000 });
    await expectNoAxeViolations(page);
    await late.getByRole('button', { name: /^Закрыть на/ }).click();
    await expect(late.getByText(/уже заверш|Закрыт /).first()).toBeVisible();
    await late.close();
    await page.goto(backoffice('periods'));
    const row = page.getByRole('row').filter({ hasText: said(spoken) });
    await expect(row).toContainText('Закрыт');
    await expect(row).toContainText(said(showMoney(charged, 'RUB').replace(/\s₽$/, '')));
    await row.getByRole('link').click();
    await expect(page.getByRole('button', { name: 'Начать пробный расчёт' })).toHaveCount(0);
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
    for (const code of codes) expectCode(code, { ...account, month });
    expect(moneyText(sum(codes.map((code) => moneyOf(BigInt(fieldsOf(code).get('Sum') ?? '0')))))).toBe(due);
  });
});
