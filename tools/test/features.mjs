// Each row of docs/features.json with the tests that cover it and how they ended last: npm run features
// Fails where a row that is due has no test, names one that is not there, or one that failed.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../launch/place.mjs';
import { JEST_RESULTS } from './jest-results.cjs';

/** The issue that is worked on: rows due by then must be covered. */
const NOW = 2;

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} who R residents, L legal entities, S staff, I integrators
 * @property {string} sentence
 * @property {number | 'later'} due the issue it is due with
 * @property {string[]} [tests] `path › title`
 */

/** @typedef {'passed' | 'failed' | 'not run' | 'missing'} Result */

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A title as its results show it: tags are no part of it, values of a table stand for their places. @param {string} title */
const shown = (title) => new RegExp(`^${escaped(plain(title)).replace(/%(?:s|j|i|d|p|#)/g, '.*')}$`, 's');

/** @param {string} title */
const plain = (title) => title.replace(/(\s+@\w+)+$/, '');

/** @param {string} path @param {string} title @returns {boolean} whether the file holds a test of this title */
function isThere(path, title) {
  const file = join(ROOT, path);
  if (!existsSync(file)) return false;
  return new RegExp(`\\b(?:it|test)\\b[^]*?\\(\\s*(['"\`])${escaped(plain(title))}(?:\\s+@\\w+)*\\1`).test(
    readFileSync(file, 'utf8'),
  );
}

/** @typedef {{ title: string, ok: boolean }} Ended */

/** @returns {Map<string, Ended[]>} how the tests of each file ended when they were run last */
function lastResults() {
  /** @type {Map<string, Ended[]>} */
  const results = new Map();
  const add = (/** @type {string} */ path, /** @type {Ended} */ one) =>
    results.set(path, [...(results.get(path) ?? []), one]);
  for (const name of existsSync(JEST_RESULTS) ? readdirSync(JEST_RESULTS) : []) {
    const files = JSON.parse(readFileSync(join(JEST_RESULTS, name), 'utf8'));
    for (const [path, tests] of Object.entries(files)) for (const one of tests) add(path, one);
  }
  const journeys = join(ROOT, 'test-results/journeys.json');
  if (existsSync(journeys)) collect(JSON.parse(readFileSync(journeys, 'utf8')), add);
  return results;
}

/**
 * @param {{ suites?: any[], specs?: any[], config?: { rootDir: string } }} suite as Playwright reports it
 * @param {(path: string, one: Ended) => void} add
 * @param {string} [root]
 */
function collect(suite, add, root = suite.config?.rootDir ?? '') {
  for (const { file, title, ok } of suite.specs ?? [])
    add(relative(ROOT, join(root, file)), { title: plain(title), ok });
  for (const one of suite.suites ?? []) collect(one, add, root);
}

/** @param {string} test @param {Map<string, Ended[]>} results @returns {Result} */
function resultOf(test, results) {
  const [path = '', title = ''] = test.split(' › ');
  if (!isThere(path, title)) return 'missing';
  const ended = (results.get(path) ?? []).filter((one) => shown(title).test(one.title));
  if (ended.length === 0) return 'not run';
  return ended.every(({ ok }) => ok) ? 'passed' : 'failed';
}

const MARKS = { passed: '✓', failed: '✗', missing: '✗', 'not run': '·' };
/** @type {{ rows: Row[] }} */
const { rows } = JSON.parse(readFileSync(join(ROOT, 'docs/features.json'), 'utf8'));
const results = lastResults();
const counts = { passed: 0, failed: 0, later: 0, notRun: 0 };
for (const { id, who, sentence, due, tests = [] } of rows) {
  const ended = tests.map((test) => ({ test, result: resultOf(test, results) }));
  const isDue = due !== 'later' && due <= NOW;
  const broken = ended.some(({ result }) => result === 'failed' || result === 'missing');
  const uncovered = isDue && tests.length === 0;
  if (broken || uncovered) counts.failed++;
  else if (isDue) counts.passed++;
  else counts.later++;
  if (ended.some(({ result }) => result === 'not run')) counts.notRun++;
  const mark = broken || uncovered ? '✗' : isDue ? '✓' : ' ';
  console.log(`${mark} ${id} (${who}, ${due === 'later' ? 'later' : `issue ${due}`}) ${sentence}`);
  for (const { test, result } of ended)
    console.log(`    ${MARKS[result]} ${test}${result === 'passed' ? '' : `: ${result}`}`);
  if (uncovered) console.log('    ✗ due, and nothing tests it');
}
const ids = new Set(rows.map(({ id }) => id));
if (ids.size !== rows.length) counts.failed++;
console.log(
  `${rows.length} rows, ${counts.later} of them due later; ${counts.notRun} with tests that have no result yet`,
);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
