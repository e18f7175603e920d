import { join } from 'node:path';
import type { Page } from '@playwright/test';

const ROOT = join(__dirname, '../../..');

/** A picture of the page for the README, where the run is asked for pictures (E2E_PICTURES=1). */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['E2E_PICTURES']) await page.screenshot({ path: join(ROOT, 'docs/pictures', name) });
}

/** A picture of the whole page, to be looked at: `test-results/look/<name>.png`. */
export async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(ROOT, 'test-results/look', `${name}.png`), fullPage: true });
}
