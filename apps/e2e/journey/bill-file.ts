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
/** Dots of a cell: fewer than the quiet zone of a code, more than the gaps inside one. */
const CELL = 8;
/** A code is at least an inch wide. */
const LEAST_SIDE = 200;

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

/** Reads each code by itself, as a phone held before it does: several in one view confuse the reader. */
function codesOn(image: PNG): string[] {
  return squaresOn(image).flatMap((square) => {
    const code = jsQR(pixelsOf(image, square), square.side, square.side, { inversionAttempts: 'dontInvert' });
    return code ? [Buffer.from(code.binaryData).toString('utf8')] : [];
  });
}

/** A part of a picture, in dots. */
interface Square {
  x: number;
  y: number;
  side: number;
}

/** Solid squares no smaller than a code, each with white around it: what is dark and touches, in cells of a few dots. */
function squaresOn(image: PNG): Square[] {
  const columns = Math.ceil(image.width / CELL);
  const waiting = darkCells(image, columns);
  const found: Square[] = [];
  for (const first of waiting) {
    const cells = takeTouching(waiting, first, columns);
    const [xs, ys] = [cells.map((cell) => cell % columns), cells.map((cell) => Math.floor(cell / columns))];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const [width, height] = [Math.max(...xs) - left + 1, Math.max(...ys) - top + 1];
    const isCode = Math.min(width, height) * CELL > LEAST_SIDE && Math.abs(width - height) <= 1;
    if (isCode)
      found.push({ x: (left - 1) * CELL, y: (top - 1) * CELL, side: (Math.max(width, height) + 2) * CELL });
  }
  return found;
}

function darkCells(image: PNG, columns: number): Set<number> {
  const dark = new Set<number>();
  for (let y = 0; y < image.height; y += 1)
    for (let x = 0; x < image.width; x += 1)
      if ((image.data[(y * image.width + x) * 4] ?? 255) < 128)
        dark.add(Math.floor(y / CELL) * columns + Math.floor(x / CELL));
  return dark;
}

/** Takes out a cell and all that it touches, at sides and corners, directly or by others. */
function takeTouching(cells: Set<number>, first: number, columns: number): number[] {
  const taken = [first];
  cells.delete(first);
  for (const cell of taken)
    for (const row of [-columns, 0, columns])
      for (const step of [-1, 0, 1]) if (cells.delete(cell + row + step)) taken.push(cell + row + step);
  return taken;
}

function pixelsOf(image: PNG, { x, y, side }: Square): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let row = 0; row < side; row += 1) {
    const from = ((y + row) * image.width + x) * 4;
    pixels.set(image.data.subarray(from, from + side * 4), row * side * 4);
  }
  return pixels;
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
