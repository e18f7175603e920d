import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Person } from '../town/people';
import { OBSERVING, type PageSeen, READ_SEEN } from './observing';
import { Transfers, bytesOf } from './transfer';

/** A slow 4G connection as Lighthouse simulates it, and how much slower the processor is than this machine's. */
export interface Conditions {
  latencyMs: number;
  kbitsPerSecond: number;
  slowdown: number;
}

/** The window of a phone or of a desk. */
const WINDOWS: Readonly<Record<Person['app'], BrowserContextOptions>> = {
  cabinet: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  backoffice: { viewport: { width: 1280, height: 900 } },
};

export interface Visit {
  app: Person['app'];
  url: string;
  /** `name=value` of the session. */
  cookie: string;
  conditions: Conditions;
  /** Returns once the page shows what it was opened for. */
  shown(page: Page): Promise<unknown>;
  /** What is done with the page once it is loaded. */
  then?(page: Page): Promise<unknown>;
}

export interface VisitSeen extends PageSeen {
  /** All that was asked for before the largest paint. */
  initialBytes: { all: number; brotli: number };
  /** Milliseconds until the page stood there whole. */
  shownAt: number;
  requests: number;
}

/** Opens a page in a browser that has never been there, and says how that went. */
export async function visit(browser: Browser, { app, url, cookie, ...asked }: Visit): Promise<VisitSeen> {
  const context = await browser.newContext({ ...WINDOWS[app], locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
  try {
    const [name = '', value = ''] = cookie.split('=');
    // what is Secure has to be told for HTTPS; the browser trusts this machine with it as well
    const secureUrl = new URL('/', url).href.replace('http:', 'https:');
    await context.addCookies([
      { name, value, url: secureUrl, secure: true, httpOnly: true, sameSite: 'Lax' },
    ]);
    await context.addInitScript(OBSERVING);
    const page = await context.newPage();
    const transfers = await slowedDown(page, asked.conditions);
    await page.goto(url);
    await asked.shown(page);
    const shownAt = await page.evaluate<number>('performance.now()');
    await page.waitForLoadState('networkidle');
    const loaded = await seenBy(page);
    const before = transfers.before(loaded.lcp);
    await asked.then?.(page);
    return {
      ...(await seenBy(page)),
      lcp: loaded.lcp,
      lcpElement: loaded.lcpElement,
      initialBytes: bytesOf(before),
      requests: before.length,
      shownAt,
    };
  } finally {
    await context.close();
  }
}

async function slowedDown(
  page: Page,
  { latencyMs, kbitsPerSecond, slowdown }: Conditions,
): Promise<Transfers> {
  const cdp = await page.context().newCDPSession(page);
  const transfers = await Transfers.watch(cdp);
  const bytesPerSecond = (kbitsPerSecond * 1000) / 8;
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond / 2,
  });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return transfers;
}

/** After the next paint: an event is told of once its frame was shown. */
const seenBy = (page: Page): Promise<PageSeen> =>
  page.evaluate<PageSeen>(
    `new Promise((told) => requestAnimationFrame(() => setTimeout(() => told(${READ_SEEN}), 200)))`,
  );
