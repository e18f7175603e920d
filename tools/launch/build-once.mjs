// Builds only what the sources ask for: a hash of them is kept beside what was built.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { ROOT, writeWhole } from './place.mjs';

const SOURCES = [
  'apps',
  'libs',
  'tools/build',
  'package-lock.json',
  'tsconfig.base.json',
  'nx.json',
  'schema.graphql',
];
const NOT_BUILT = /(^|\/)(node_modules|dist|generated|e2e|vectors)(\/|$)|\.(spec|e2e)\.ts$|\.md$/;
const STAMP = join(ROOT, 'dist/.sources');

/**
 * @param {(text: string) => void} [note]
 * @returns {Promise<boolean>} whether anything had to be built
 */
export async function buildOnce(note) {
  const hash = hashOfSources();
  if (builtWhole() && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return false;
  await run(process.execPath, ['tools/build/all.mjs'], { cwd: ROOT, onOutput: note });
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeWhole(STAMP, hash);
  return true;
}

/** @returns {boolean} whether each app that is built stands in dist */
const builtWhole = () =>
  readdirSync(join(ROOT, 'apps')).every((app) => {
    const project = join(ROOT, 'apps', app, 'project.json');
    if (!existsSync(project) || !readFileSync(project, 'utf8').includes('"build"')) return true;
    return existsSync(join(ROOT, 'dist/apps', app));
  });

/** @returns {string} */
function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} path */
function addTo(hash, path) {
  const full = join(ROOT, path);
  if (NOT_BUILT.test(path) || !existsSync(full)) return;
  const entries = namesIn(full);
  if (!entries) return void hash.update(`${path}\0`).update(readFileSync(full));
  for (const name of entries) addTo(hash, `${path}/${name}`);
}

/** @param {string} path @returns {string[] | undefined} nothing for a file */
function namesIn(path) {
  try {
    return readdirSync(path).sort();
  } catch {
    return undefined;
  }
}
