const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');
const { FOLDER: GROUPED } = require('./grouped.cjs');

const ROOT = resolve(__dirname, '../..');
/** How the tests of each file ended when they were run last: for `npm run features`. */
const JEST_RESULTS = join(ROOT, 'test-results/jest');

/**
 * Keeps the results of one run of Jest; what other files had stays.
 * @param {string} rootDir of the run: one file a project
 * @param {{ testFilePath: string, testResults: { title: string, status: string, ancestorTitles: string[] }[] }[]} files
 */
function keepResults(rootDir, files) {
  mkdirSync(JEST_RESULTS, { recursive: true });
  const name = createHash('sha256').update(relative(ROOT, rootDir)).digest('hex').slice(0, 12);
  const file = join(JEST_RESULTS, `${name}.json`);
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const { testFilePath, testResults } of files) {
    const isGroup = testFilePath.startsWith(GROUPED);
    // specs of a group stand in it under their own paths
    const byFile = Map.groupBy(testResults, ({ ancestorTitles: [first = ''] }) =>
      isGroup ? first : relative(ROOT, testFilePath),
    );
    for (const [path, tests] of byFile)
      kept[path] = tests.map(({ title, status }) => ({ title, ok: status === 'passed' }));
  }
  writeFileSync(file, JSON.stringify(kept));
}

module.exports = { JEST_RESULTS, keepResults };
