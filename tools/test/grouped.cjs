// Specs in a few groups: what the specs of a group import is loaded once for all of them. Jest loads every module
// anew for every file, which costs more than most of our specs do.
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const ROOT = resolve(__dirname, '../..');
/** Where the groups are written. */
const FOLDER = join(ROOT, 'test-results/grouped');
const ON_DATABASE = /\.(pg|api|year)\.spec\.ts$/;
/** Specs that make a whole demo town, which takes longer than all of another group's. */
const LONG = /^apps\/db\/src\/demo\//;
const IN_BROWSER = /^(apps\/(cabinet|backoffice)|libs\/web)\//;

/** How many groups each kind of specs gets, and which are of it. */
const KINDS = {
  database: { groups: 8, holds: (/** @type {string} */ file) => ON_DATABASE.test(file) },
  web: { groups: 4, holds: (/** @type {string} */ file) => IN_BROWSER.test(file) },
  node: {
    groups: 4,
    holds: (/** @type {string} */ file) => !ON_DATABASE.test(file) && !IN_BROWSER.test(file),
  },
};

/** @param {string} folder @returns {string[]} */
const specsIn = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)src\/.*\.spec\.ts$/.test(file) && !file.includes('node_modules'))
    .map((file) => `${folder}/${file}`);

const ELSEWHERE = '/** @jest-environment node */';
const isElsewhere = (/** @type {string} */ file) =>
  readFileSync(join(ROOT, file), 'utf8').startsWith(ELSEWHERE);

/**
 * Writes a file a group, each with specs of all sizes, the longest in the first groups; specs that ask for another
 * environment than their neighbours' are a group of their own.
 * @param {'database' | 'web' | 'node'} kind
 * @returns {string} the folder of the groups
 */
function writeGroups(kind) {
  const { groups, holds } = KINDS[kind];
  const sorted = ['apps', 'libs', 'tools'].flatMap(specsIn).filter(holds).sort();
  const isLong = (/** @type {string} */ file) => LONG.test(file);
  const specs = [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  const here = specs.filter((file) => !isElsewhere(file));
  const folder = join(FOLDER, kind);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (/** @type {string | number} */ name, /** @type {string[]} */ files, head = '') => {
    const lines = files.map(
      (file) => `describe(${JSON.stringify(file)}, () => { require(${JSON.stringify(join(ROOT, file))}); });`,
    );
    if (files.length)
      writeFileSync(join(folder, `group-${name}.spec.cjs`), `${[head, ...lines].join('\n')}\n`);
  };
  for (let group = 0; group < groups; group += 1)
    write(
      group,
      here.filter((_, place) => place % groups === group),
    );
  write('elsewhere', specs.filter(isElsewhere), ELSEWHERE);
  return folder;
}

module.exports = { FOLDER, writeGroups };
