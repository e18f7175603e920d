import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { Person } from '../town/people';

export const STATIC_PAGE = 'static-page.html';

/** A copy of the built apps, to which a page may be added; `work` has its folder. */
export async function withSite<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kvartal-bench-web-'));
  try {
    for (const app of ['cabinet', 'backoffice'])
      cpSync(join('dist/apps', app), join(folder, app), { recursive: true });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Adds the page that the app shows at this moment, as a page of its own: the same text and styles, no script. */
export async function addStaticPage(folder: string, app: Person['app'], page: Page): Promise<void> {
  const shown = await page.content();
  const html = shown
    .replace(/<script\b[\s\S]*?<\/script>/g, '')
    .replace(/<link rel="(modulepreload|preload)"[^>]*>/g, '');
  const file = join(folder, app, 'browser', STATIC_PAGE);
  writeFileSync(file, html);
  writeFileSync(`${file}.br`, brotliCompressSync(html));
}
