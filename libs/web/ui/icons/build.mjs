// Draws the sprite from the names that the applications use: assets/icons.svg and the type of a name, both checked in.
// Run after a change of names.json: node libs/web/ui/icons/build.mjs (--check only compares). Icons: Lucide, ISC.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lucide = dirname(createRequire(import.meta.url).resolve('lucide-static/package.json'));
const { version } = JSON.parse(readFileSync(join(lucide, 'package.json'), 'utf8'));
const names = JSON.parse(readFileSync(join(here, 'names.json'), 'utf8')).sort();

const symbol = (name) => {
  const drawing = readFileSync(join(lucide, 'icons', `${name}.svg`), 'utf8');
  const inside = drawing.slice(
    drawing.indexOf('>', drawing.indexOf('<svg')) + 1,
    drawing.lastIndexOf('</svg>'),
  );
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s*\n\s*/g, '').trim()}</symbol>`;
};

const sprite = [
  `<!-- Lucide ${version}, https://lucide.dev, ISC License, Copyright (c) Lucide Contributors -->`,
  '<svg xmlns="http://www.w3.org/2000/svg">',
  ...names.map(symbol),
  '</svg>',
  '',
].join('\n');
const type = [
  '/** The icons of the sprite: drawn by icons/build.mjs from icons/names.json. */',
  'export type IconName =',
  ...names.map((name, at) => `  | '${name}'${at === names.length - 1 ? ';' : ''}`),
  '',
].join('\n');

for (const [file, text] of [
  [join(here, '../assets/icons.svg'), sprite],
  [join(here, '../src/icon-names.ts'), type],
]) {
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) throw new Error(`${file} is older than names.json`);
}
