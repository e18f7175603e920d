// Database specs in a few groups: what the specs of a group import is loaded once for all of them. Jest loads every
// module anew for every file, which costs more than most of our specs do.
const { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'test-results/grouped');
const GROUPS = 8;

/** @param {string} folder @returns {string[]} */
const specsIn = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/src\/.*\.(pg|api|year)\.spec\.ts$/.test(file) && !file.includes('node_modules'))
    .map((file) => `${folder}/${file}`);

/**
 * Writes a file a group, each with specs of all sizes, neighbours by name together as far as that goes.
 * @returns {string} the folder of the groups
 */
function writeGroups() {
  const specs = [...specsIn('apps'), ...specsIn('libs')].sort();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (let group = 0; group < GROUPS; group += 1) {
    const own = specs.filter((_, place) => place % GROUPS === group);
    const lines = own.map(
      (file) => `describe(${JSON.stringify(file)}, () => { require(${JSON.stringify(join(ROOT, file))}); });`,
    );
    writeFileSync(join(FOLDER, `group-${group}.spec.cjs`), `${lines.join('\n')}\n`);
  }
  return FOLDER;
}

module.exports = { FOLDER, writeGroups };
