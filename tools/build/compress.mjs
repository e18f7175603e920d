// Compresses the files of a built web app once, as small as they get, so that no request waits for it:
// node tools/build/compress.mjs cabinet. Whoever serves `main.js` finds `main.js.br` and `main.js.gz` beside it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(html|js|css|svg|json|txt|webmanifest)$/;
/** Below this an answer is one packet either way. */
const LEAST_BYTES = 500;

/** @param {string} folder everything below it; returns how many files */
export async function compressIn(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    COMPRESSIBLE.test(name),
  );
  await Promise.all(names.map((name) => compress(join(folder, name))));
  return names.length;
}

/** @param {string} file */
async function compress(file) {
  const bytes = readFileSync(file);
  if (bytes.length < LEAST_BYTES) return;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_LGWIN]: 22 };
  writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes, { params })); // quality 11 unless told otherwise
  writeFileSync(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

if (process.argv[1]?.endsWith('compress.mjs'))
  for (const app of process.argv.slice(2)) {
    const count = await compressIn(`dist/apps/${app}/browser`);
    console.log(`${app}: ${count} files compressed`);
  }
