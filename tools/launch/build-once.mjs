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
const NOT_BUILT = /(^|\/)(node_modules|dist|generated|e2e|bench|vectors)(\/|$)|\.(spec|e2e)\.ts$|\.md$/;
/** What a run consists of; benchmarks are built by whoever runs them. */
const BUILT = ['api', 'worker', 'db', 'cabinet', 'backoffice'];
const STAMP = join(ROOT, 'dist/.sources');

/**
 * @param {(text: string) => void} [note]
 * @returns {Promise<boolean>} whether anything had to be built
 */
export async function buildOnce(note) {
  const hash = hashOfSources();
  if (builtWhole() && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return false;
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' };
  await run(process.execPath, ['tools/build/all.mjs', ...BUILT], { cwd: ROOT, env, onOutput: note });
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeWhole(STAMP, hash);
  return true;
}

const builtWhole = () => BUILT.every((app) => existsSync(join(ROOT, 'dist/apps', app)));

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
