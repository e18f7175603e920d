import { expect, type Browser, type Page } from '@playwright/test';
import { asStaff } from './known';
import { backoffice, HOME_PORTAL } from './product';
import { decimalOf } from './read';
import type { TownAccount } from './town-account';

interface Place {
  portal?: string;
  organization?: string;
}

const DEMO_ACCOUNTS = 3;

/** Chooses one of the organisations that the staff works for. Works in the wide layout. */
export async function chooseOrganization(page: Page, name: string): Promise<void> {
  const opener = page.getByRole('button', { name: /^Организация: / });
  await opener.click();
  await page.getByRole('listitem').getByRole('button', { name }).click();
  await expect(opener).toHaveAccessibleName(`Организация: ${name}`);
}

/** The rows of the list of accounts that the page shows. */
export async function accountsShown(page: Page): Promise<TownAccount[]> {
  const rows = page.getByRole('table', { name: 'Лицевые счета' }).getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const texts = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
  );
  return texts.map(([address = '', number = '', holder = '', balance = '']) => ({
    address,
    number,
    holder,
    balance: decimalOf(balance),
    surname: holder.split(' ')[0] ?? '',
    flat: /кв\. (\S+)$/.exec(address)?.[1] ?? '',
  }));
}

/** The accounts of the demo town, as an operator finds them in the back-office. Each list is read once a worker. */
export class Town {
  private readonly lists = new Map<string, Promise<TownAccount[]>>();

  constructor(private readonly browser: Browser) {}

  /** The account with this number. `organization` is needed where the portal has several. */
  async account(number: string, place: Place = {}): Promise<TownAccount> {
    const found = (await this.accounts(place)).find((one) => one.number === number);
    if (!found) throw new Error(`The first hundred accounts have no ${number}`);
    return found;
  }

  /** Accounts with a debt that nobody of the demo town signs in to. */
  async debtors(): Promise<TownAccount[]> {
    const accounts = await this.accounts({});
    return accounts.slice(DEMO_ACCOUNTS).filter(({ balance }) => /^[1-9]/.test(balance));
  }

  private accounts({ portal = HOME_PORTAL, organization = '' }: Place): Promise<TownAccount[]> {
    const key = `${portal} ${organization}`;
    const list = this.lists.get(key) ?? this.read(portal, organization);
    this.lists.set(key, list);
    return list;
  }

  private async read(portal: string, organization: string): Promise<TownAccount[]> {
    const context = await this.browser.newContext({
      locale: 'ru-RU',
      viewport: { width: 1280, height: 900 },
    });
    try {
      const page = await context.newPage();
      await asStaff(page, 'operator', portal);
      if (organization) {
        await page.goto(backoffice('', portal));
        await chooseOrganization(page, organization);
      }
      await page.goto(backoffice('accounts?size=100', portal));
      return await accountsShown(page);
    } finally {
      await context.close();
    }
  }
}
