import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** Where poppler's tools are: a folder that is named, or wherever the shell finds them. */
const folder =
  process.env['POPPLER_BIN'] ?? (process.env['PDFTOTEXT'] ? dirname(process.env['PDFTOTEXT']) : '');
const tool = (name: string): string => (folder ? join(folder, name) : name);
const DOTS_PER_INCH = '200';

/** The file behind a link of the page, read with the page's own session. */
export async function fileBehind(page: Page, href: string): Promise<Buffer> {
  const text = await page.evaluate(async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} of ${url}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, href);
  return Buffer.from(text, 'base64');
}

/** What a document says, in the order of its lines. */
export const textOf = (pdf: Buffer): string =>
  execFileSync(tool('pdftotext'), ['-layout', '-', '-'], { input: pdf }).toString('utf8');

/** The payment codes printed in a document, as a phone reads them from paper. */
export function codesIn(pdf: Buffer): string[] {
  const place = mkdtempSync(join(tmpdir(), 'bill-'));
  try {
    writeFileSync(join(place, 'bill.pdf'), pdf);
    execFileSync(tool('pdftoppm'), [
      '-r',
      DOTS_PER_INCH,
      '-png',
      join(place, 'bill.pdf'),
      join(place, 'page'),
    ]);
    const pages = readdirSync(place)
      .filter((name) => name.endsWith('.png'))
      .sort();
    return pages.flatMap((name) => codesOn(PNG.sync.read(readFileSync(join(place, name)))));
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Reads one code after another: each is painted over once it is read. */
function codesOn(image: PNG): string[] {
  const found: string[] = [];
  const pixels = new Uint8ClampedArray(image.data);
  for (;;) {
    const code = jsQR(pixels, image.width, image.height, { inversionAttempts: 'dontInvert' });
    if (!code) return found;
    found.push(Buffer.from(code.binaryData).toString('utf8'));
    const corners = [
      code.location.topLeftCorner,
      code.location.topRightCorner,
      code.location.bottomLeftCorner,
      code.location.bottomRightCorner,
    ];
    const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))];
    for (let y = Math.floor(top); y <= bottom; y += 1)
      pixels.fill(255, (y * image.width + Math.floor(left)) * 4, (y * image.width + Math.ceil(right)) * 4);
  }
}

/** The fields of a payment code of GOST R 56042-2014, in their order. */
export function fieldsOf(code: string): Map<string, string> {
  const separator = code.charAt('ST00012'.length);
  const [, ...fields] = code.split(separator);
  return new Map(
    fields.map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );
}
