import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds in the window as it stands, by these rules or by all of WCAG 2.2, levels A and AA. */
export async function violationsOf(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length ? axe.withRules([...rules]) : axe.withTags(TAGS)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/**
 * Asks axe about the page as it stands: WCAG 2.2, levels A and AA. Says which element breaks which rule. The window is
 * as tall as the page for that moment: whatever a bar at its edge covers at one scroll position, a person scrolls free.
 */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  const size = page.viewportSize();
  if (size)
    await expect(async () => {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const isWhole = height <= (page.viewportSize()?.height ?? 0);
      await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
      expect(isWhole, 'what was still loading made the page taller').toBe(true);
    }).toPass();
  const found = await violationsOf(page);
  if (size) await page.setViewportSize(size);
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}
