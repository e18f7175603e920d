import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Poppler's programs: in the folder that POPPLER names, or on the path. */
export const poppler = (name: string, ...args: string[]): string =>
  execFileSync(process.env['POPPLER'] ? join(process.env['POPPLER'], name) : name, args, {
    encoding: 'utf8',
  });

/** A file on disk, where poppler finds it. */
export function savedPdf(pdf: Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'kvartal-pdf-')), 'document.pdf');
  writeFileSync(path, pdf);
  return path;
}

/** The text of a PDF as a reader of files sees it, with single spaces. */
export const textOfPdf = (pdf: Buffer): string =>
  poppler('pdftotext', '-layout', savedPdf(pdf), '-').replace(/\s+/g, ' ');

const ENTRY = 0x02014b50;

/** The files of a ZIP, which a spreadsheet is, as text by their names. */
export function filesOfZip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === ENTRY) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [named, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + packed);
    const name = zip.toString('utf8', at + 46, at + 46 + (named ?? 0));
    files.set(name, (method === 0 ? content : inflateRawSync(content)).toString('utf8'));
    at += 46 + (named ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}
