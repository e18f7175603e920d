import { type Browser, chromium } from '@playwright/test';
import type { Arguments } from '../arguments';
import { startApi, signIn } from '../api/sign-in';
import { dropDatabase, makeDatabase } from '../environment';
import { median, report, rounded } from '../figures';
import { type Person, peopledTemplate } from '../town/people';
import { PAGES } from './pages';
import { STATIC_PAGE, addStaticPage, withSite } from './site';
import { type Conditions, type VisitSeen, visit } from './visit';

const DATABASE = 'bench_web_run';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

interface Pair {
  ours: VisitSeen;
  bare: VisitSeen;
}

/** The first load of an app by somebody who is signed in, against the same page as a static file from the same server. */
export async function benchWeb(given: Arguments): Promise<void> {
  const app = appOf(given.text('app', 'cabinet'));
  const conditions = {
    latencyMs: given.count('latency', 150),
    kbitsPerSecond: given.count('kbits', 1600),
    slowdown: given.count('slowdown', 4),
  };
  const template = await peopledTemplate(given.count('accounts', 10_000));
  const url = await makeDatabase(DATABASE, template);
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '', args: QUIET });
  try {
    const runs = given.count('runs', 5);
    tell(
      app,
      conditions,
      await withSite((folder) => visits({ app, conditions, url, folder, browser, runs })),
    );
  } finally {
    await browser.close();
    await dropDatabase(DATABASE);
  }
}

function appOf(text: string): Person['app'] {
  if (text !== 'cabinet' && text !== 'backoffice')
    throw new RangeError(`--app takes cabinet or backoffice, not «${text}»`);
  return text;
}

interface Visiting {
  app: Person['app'];
  conditions: Conditions;
  url: string;
  folder: string;
  browser: Browser;
  runs: number;
}

async function visits({ app, conditions, url, folder, browser, runs }: Visiting): Promise<Pair[]> {
  const { person, path, root, shown, use } = PAGES[app];
  const [headers] = await signIn(url, [person]);
  const cookie = headers?.['cookie'] ?? '';
  await served(url, folder, (origin) =>
    visit(browser, {
      ...{ app, cookie, shown, url: origin + path },
      conditions: { latencyMs: 0, kbitsPerSecond: 1_000_000, slowdown: 1 },
      then: (page) => addStaticPage(folder, app, page),
    }),
  );
  return served(url, folder, async (origin) => {
    const pairs: Pair[] = [];
    for (let at = 1; at <= runs; at += 1) {
      const bare = await visit(browser, { app, cookie, shown, conditions, url: origin + root + STATIC_PAGE });
      const ours = await visit(browser, { app, cookie, shown, conditions, url: origin + path, then: use });
      console.log(`run ${at}: product ${inShort(ours)}; static page ${inShort(bare)}`);
      console.log(why(ours));
      pairs.push({ ours, bare });
    }
    return pairs;
  });
}

/** The api in production, which serves the apps of the folder; `work` has its origin. */
async function served<T>(url: string, folder: string, work: (origin: string) => Promise<T>): Promise<T> {
  const api = await startApi({ DATABASE_URL: url, WEB_ROOT: folder });
  try {
    return await work(`http://127.0.0.1:${api.port}`);
  } finally {
    await api.stop();
  }
}

const inShort = ({ lcp, lcpElement, cls, initialBytes, requests, shownAt }: VisitSeen): string =>
  `LCP ${Math.round(lcp)} ms (${lcpElement}), whole at ${Math.round(shownAt)} ms, CLS ${rounded(cls)}, ${initialBytes.brotli} bytes of Brotli, ${initialBytes.all} in all in ${requests} requests before it`;

const durations = ({ interactions }: VisitSeen): number[] =>
  Object.values(interactions).map(({ duration }) => duration);
const slowest = (seen: VisitSeen): number => Math.max(0, ...durations(seen));

/** What moved and which interaction took longest, so that a worse figure says where to look. */
function why({ shifts, interactions }: VisitSeen): string {
  const moves = [...shifts].filter(({ value }) => value >= 0.01);
  const longest = Object.values(interactions).sort((one, another) => another.duration - one.duration)[0];
  return [
    ...moves.map(
      ({ value, at, moved }) => `  moved ${rounded(value)} at ${Math.round(at)} ms: ${moved.join('; ')}`,
    ),
    ...(longest ? [`  longest: ${longest.words} ms`] : []),
  ].join('\n');
}

function tell(app: Person['app'], conditions: Conditions, pairs: readonly Pair[]): void {
  const middle = (of: (pair: Pair) => number): number => rounded(median(pairs.map(of)));
  report(
    'web',
    middle(({ ours, bare }) => ours.lcp / bare.lcp),
    pairs.length,
    {
      app,
      lcpMs: Math.round(middle(({ ours }) => ours.lcp)),
      yardstickLcpMs: Math.round(middle(({ bare }) => bare.lcp)),
      inpMs: middle(({ ours }) => slowest(ours)),
      cls: Math.max(...pairs.map(({ ours }) => Math.round(ours.cls * 1000) / 1000)),
      initialBytesBrotli: middle(({ ours }) => ours.initialBytes.brotli),
      initialBytes: middle(({ ours }) => ours.initialBytes.all),
      shownMs: Math.round(middle(({ ours }) => ours.shownAt)),
      yardstickShownMs: Math.round(middle(({ bare }) => bare.shownAt)),
      yardstickBytesBrotli: middle(({ bare }) => bare.initialBytes.brotli),
      interactions: Math.min(...pairs.map(({ ours }) => Object.keys(ours.interactions).length)),
      ...conditions,
    },
  );
}
