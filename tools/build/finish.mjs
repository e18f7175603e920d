// What a built web app still lacks: node tools/build/finish.mjs cabinet bootstrap shell …
// Its page names the chunks that the first screen needs (by the names of their modules, with all that they import), so that the
// browser fetches them at once and not one after another. And every file stands there compressed, as small as it gets:
// whoever serves `main.js` finds `main.js.br` and `main.js.gz` beside it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(html|js|css|svg|json|txt|webmanifest)$/;
/** Below this an answer is one packet either way. */
const LEAST_BYTES = 500;
const PRELOADED = /\n?<link rel="modulepreload" href="([^"]+)">/g;

/** @param {string} folder @param {string} file @param {Set<string>} found the file and everything that it imports */
function importsOf(folder, file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported] of readFileSync(join(folder, file), 'utf8').matchAll(
    /(?:from|import)"\.\/([^"]+\.js)"/g,
  ))
    importsOf(folder, imported, found);
  return found;
}

/** @param {string} folder @param {string} name of a module @returns {string} its chunk */
function chunkOf(folder, name) {
  const [file, another] = readdirSync(folder).filter(
    (one) => one.startsWith(`${name}-`) && /^[\w-]{8}\.js$/.test(one.slice(name.length + 1)),
  );
  if (!file || another) throw new Error(`${folder} has not one chunk of ${name}`);
  return file;
}

/** @param {string} folder @param {readonly string[]} names */
export function preload(folder, names) {
  const page = join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  const main = /<script src="([^"]+)"/.exec(html)?.[1] ?? '';
  const needed = [main, ...names.map((name) => chunkOf(folder, name))];
  const files = new Set(needed.flatMap((file) => [...importsOf(folder, file)]));
  files.delete(main);
  const links = [...files].map((file) => `\n<link rel="modulepreload" href="${file}">`).join('');
  writeFileSync(page, html.replaceAll(PRELOADED, '').replace('</body>', `${links}\n</body>`)); // the script itself comes first
}

/** @param {string} folder everything below it; returns how many files */
export async function compress(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    COMPRESSIBLE.test(name),
  );
  for (const name of names) {
    const file = join(folder, name);
    const bytes = readFileSync(file);
    if (bytes.length < LEAST_BYTES) continue;
    writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes)); // as small as it gets unless told otherwise
    writeFileSync(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
  return names.length;
}

if (process.argv[1]?.endsWith('finish.mjs')) {
  const [app, ...names] = process.argv.slice(2);
  const folder = `dist/apps/${app}/browser`;
  preload(folder, names);
  console.log(`${app}: ${await compress(folder)} files compressed`);
}
