// Programs that are no npm packages: the person's own word first, then what the machine has, then Debian's.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromDebian, install, onPath } from './debian.mjs';
import { isRoot } from './place.mjs';

/** @typedef {{ say?: ((text: string) => void) | undefined }} Listener */

/** @param {Listener} [listener] @returns {Promise<string>} redis-server; REDIS_SERVER names another */
export async function findRedis({ say } = {}) {
  return (
    process.env.REDIS_SERVER ??
    onPath('redis-server') ??
    fromDebian({ name: 'redis', packages: ['redis-server'], binary: 'usr/bin/redis-server', say })
  );
}

/** @param {Listener} [listener] @returns {Promise<string>} a Chromium; CHROMIUM names another */
export async function findChromium({ say } = {}) {
  const found = process.env.CHROMIUM ?? (await installedChromium());
  if (found) {
    await needFonts({ say });
    return found;
  }
  const packages = ['chromium', 'fonts-dejavu-core'];
  // /usr/bin/chromium is a script that knows only its installed place
  const binary = isRoot() ? 'usr/bin/chromium' : 'usr/lib/chromium/chromium';
  return fromDebian({ name: 'chromium', packages, binary, say });
}

/**
 * The engine of Chromium without a window, which journeys need not see: with it they cost a quarter less.
 * @param {Listener} [listener]
 * @returns {Promise<string>} its headless shell, also where there is no browser yet; a Chromium that is there does as well
 */
export async function findHeadless({ say } = {}) {
  const name = 'chromium-headless-shell';
  const found = process.env.CHROMIUM ?? onPath(name) ?? (await installedChromium());
  if (found) {
    await needFonts({ say });
    return found;
  }
  const packages = [name, 'fonts-dejavu-core'];
  const wanted = { name, packages, binary: `usr/lib/chromium/${name}`, say };
  return fromDebian(wanted).catch(() => findChromium({ say })); // older releases have no such package
}

/** @returns {Promise<string | undefined>} */
async function installedChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.map(onPath).find(Boolean) ?? playwrightsOwn();
}

/** @returns {Promise<string | undefined>} the browser that `playwright install` put here, if it ever did */
async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** A browser without Cyrillic letters shows boxes. @param {Listener} listener */
async function needFonts({ say }) {
  const places = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(process.env.HOME ?? '/', '.fonts'),
    join(process.env.HOME ?? '/', '.local/share/fonts'),
  ];
  if (places.some((place) => existsSync(place)) || !isRoot() || !onPath('apt-get')) return;
  say?.('fetching fonts-dejavu-core from Debian');
  await install(['fonts-dejavu-core']);
}

/**
 * @param {Listener} [listener]
 * @returns {Promise<{ pdftotext: string, pdftoppm: string, pdfinfo: string }>} poppler's tools, for the tests of documents; POPPLER names another folder
 */
export async function findPoppler({ say } = {}) {
  const own = process.env.POPPLER;
  if (own)
    return {
      pdftotext: join(own, 'pdftotext'),
      pdftoppm: join(own, 'pdftoppm'),
      pdfinfo: join(own, 'pdfinfo'),
    };
  const [pdftotext, pdftoppm, pdfinfo] = ['pdftotext', 'pdftoppm', 'pdfinfo'].map(onPath);
  if (pdftotext && pdftoppm && pdfinfo) return { pdftotext, pdftoppm, pdfinfo };
  const siblings = ['usr/bin/pdftoppm', 'usr/bin/pdfinfo'];
  const first = await fromDebian({
    name: 'poppler',
    packages: ['poppler-utils'],
    binary: 'usr/bin/pdftotext',
    siblings,
    say,
  });
  const beside = (/** @type {string} */ name) => first.replace(/pdftotext$/, name);
  return { pdftotext: first, pdftoppm: beside('pdftoppm'), pdfinfo: beside('pdfinfo') };
}
