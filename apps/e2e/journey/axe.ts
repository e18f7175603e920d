import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const NOTHING_MORE = ';';

/**
 * What axe finds in the window as it stands, or in one part of it, by these rules or by all of WCAG 2.2, levels A and AA. It
 * is brought into a document once and runs in it: for the sake of frames, which no page of ours has, it would open another
 * page each time.
 */
export async function violationsOf(
  page: Page,
  rules: readonly string[] = [],
  part = 'html',
): Promise<string[]> {
  expect(page.frames(), 'a page of ours has no frames').toHaveLength(1);
  const isThere = await page.evaluate(() => {
    if ('axe' in window) return true;
    // a colour on its way to another is neither of them, whenever it sets out
    const still = new CSSStyleSheet();
    still.replaceSync('*, ::before, ::after { transition: none !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
    return false;
  });
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: NOTHING_MORE }) }).setLegacyMode();
  const { violations } = await axe
    .include(part)
    .options({
      resultTypes: ['violations'],
      runOnly: rules.length ? { type: 'rule', values: [...rules] } : { type: 'tag', values: TAGS },
    })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** What is at least a screen tall would grow with the window for ever: it is as tall as its content meanwhile. */
const asTallAsContent = (page: Page, isOn: boolean): Promise<void> =>
  page.evaluate((on) => {
    for (const one of document.querySelectorAll<HTMLElement>('body *'))
      if (!on) one.style.removeProperty('min-height');
      else if (Number.parseFloat(getComputedStyle(one).minHeight) >= window.innerHeight * 0.9)
        one.style.setProperty('min-height', '0');
  }, isOn);

/**
 * Asks axe about the page as it stands: WCAG 2.2, levels A and AA. Says which element breaks which rule. The window is
 * as tall as the page for that moment: whatever a bar at its edge covers at one scroll position, a person scrolls free.
 */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  const size = page.viewportSize();
  if (size)
    await expect(async () => {
      await asTallAsContent(page, true);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const isWhole = height <= (page.viewportSize()?.height ?? 0);
      await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
      expect(isWhole, 'what was still loading made the page taller').toBe(true);
    }).toPass({ timeout: 20_000, intervals: [20, 100, 500] });
  const found = await violationsOf(page);
  if (size) await page.setViewportSize(size);
  await asTallAsContent(page, false);
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}
