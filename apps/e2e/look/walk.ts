import { expect, type Browser, type Page } from '@playwright/test';
import { violationsOf } from '../journey/axe';
import { look } from '../journey/picture';

/** How a page of an address is come to. Returns nothing: the page is open then, and whole. */
export type Way = (page: Page) => Promise<unknown>;
type Language = 'ru' | 'kk' | 'en';

/** At which widths and in which themes a page is looked at; all when left out. */
interface How {
  widths?: readonly (typeof WIDTHS)[number][];
  themes?: readonly (typeof THEMES)[number][];
}
/** Words of another language are longer: where they break anything, they break it on a phone. */
export const IN_WORDS: How = { widths: [390], themes: ['light'] };

const WIDTHS = [390, 1280] as const;
const THEMES = ['light', 'dark'] as const;
const HEIGHTS = { 390: 844, 1280: 900 };
/** What a theme can break: everything else is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
/** A name of a text where the text should be, a place in a sentence that nothing filled, a value that is none. */
const UNSAID = [/^[a-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)+$/, /\{\w*\}/, /^(undefined|null|NaN|Invalid)$/];

/** A page of a browser of its own. It speaks Russian, also where the portal speaks another language. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await speak(page, 'ru');
  return page;
}

/** The next page that is opened speaks this language. */
export const speak = (page: Page, language: Language): Promise<unknown> =>
  page.addInitScript((code) => localStorage.setItem('kvartal.language', code), language);

/** Waits until the page is there with everything that it shows. */
async function untilWhole(page: Page): Promise<void> {
  await page.locator('body:has(h1):not(:has(kv-skeleton))').waitFor({ state: 'attached', timeout: 20_000 });
  await page.evaluate(() => document.fonts.ready);
}

/** Looks at the page as it stands. */
export async function lookAround(page: Page, name: string, how: How = {}): Promise<void> {
  const { widths = WIDTHS, themes = THEMES } = how;
  await untilWhole(page);
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHTS[width] });
    expect.soft(await beyondTheEdge(page), `${name}: wider than ${width} px`).toEqual([]);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.max(HEIGHTS[width], height) });
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const broken = await violationsOf(page, colorScheme === 'light' ? [] : OF_COLOURS);
      expect.soft(broken, `${name}, ${width} px, ${colorScheme}: ${page.url()}`).toEqual([]);
      if (process.env['E2E_PICTURES']) await look(page, `${name}-${width}-${colorScheme}`);
    }
  }
  expect.soft(await unsaidOn(page), `${name}: not said in words`).toEqual([]);
}

/** Looks at the dialog that stands over the page, in the window as it is. Its controls are those of the pages in both themes. */
export async function lookAtDialog(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('heading').first().waitFor();
  expect.soft(await violationsOf(page, [], 'dialog[open]'), `${name}: ${page.url()}`).toEqual([]);
  if (process.env['E2E_PICTURES']) await look(page, name);
  expect.soft(await unsaidOn(page), `${name}: not said in words`).toEqual([]);
}

/** What makes the page scroll sideways: the elements that end beyond the window's edge. */
function beyondTheEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`);
  });
}

/** Words of the page, its title and its names for a screen reader that are names of texts or gaps in them. */
async function unsaidOn(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => {
    const names = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')].flatMap(
      (element) =>
        ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
    );
    return [document.title, document.body.innerText, ...names].join(' ');
  });
  const words = said.split(/\s+/).map((word) => word.replace(/^[«(„"]+|[»).,:;!?“"]+$/g, ''));
  return words.filter((word) => UNSAID.some((wrong) => wrong.test(word)));
}
