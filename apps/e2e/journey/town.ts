import { expect, type Browser, type Page } from '@playwright/test';
import { signInStaff } from './entry';
import { backoffice, HOME_PORTAL } from './product';

/** What stands on somebody's bill, read as the staff see it. */
export interface TownAccount {
  number: string;
  holder: string;
  surname: string;
  flat: string;
  address: string;
}

/** Chooses one of the organisations that the staff works for. Works in the wide layout. */
export async function chooseOrganization(page: Page, name: string): Promise<void> {
  const opener = page.getByRole('button', { name: /^Организация: / });
  await opener.click();
  await page.getByRole('listitem').getByRole('button', { name }).click();
  await expect(opener).toHaveAccessibleName(`Организация: ${name}`);
}

async function readList(page: Page): Promise<TownAccount[]> {
  const rows = page.getByRole('table', { name: 'Лицевые счета' }).getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const texts = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
  );
  return texts.map(([address = '', number = '', holder = '']) => ({
    address,
    number,
    holder,
    surname: holder.split(' ')[0] ?? '',
    flat: /кв\. (\S+)$/.exec(address)?.[1] ?? '',
  }));
}

/** The accounts of the demo town, as an operator finds them in the back-office. Each list is read once a worker. */
export class Town {
  private readonly lists = new Map<string, Promise<TownAccount[]>>();

  constructor(private readonly browser: Browser) {}

  /** The account with this number. `organization` is needed where the portal has several. */
  async account(number: string, { portal = HOME_PORTAL, organization = '' } = {}): Promise<TownAccount> {
    const key = `${portal} ${organization}`;
    const list = this.lists.get(key) ?? this.read(portal, organization);
    this.lists.set(key, list);
    const found = (await list).find((one) => one.number === number);
    if (!found) throw new Error(`The first hundred accounts of ${key} have no ${number}`);
    return found;
  }

  private async read(portal: string, organization: string): Promise<TownAccount[]> {
    const context = await this.browser.newContext({
      locale: 'ru-RU',
      viewport: { width: 1280, height: 900 },
    });
    try {
      const page = await context.newPage();
      await signInStaff(page, 'operator', portal);
      if (organization) await chooseOrganization(page, organization);
      await page.goto(backoffice('accounts?size=100', portal));
      return await readList(page);
    } finally {
      await context.close();
    }
  }
}
