// How many passed and failed, from what a stage printed.

/** @typedef {{ passed: number, failed: number }} Counts */

/** @param {Counts[]} counts @returns {Counts} */
export const total = (counts) =>
  counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });

/**
 * The lines `@counts {…}` of Jest's runs together, else the last line `N passed, N failed`, else the stage is one thing.
 * A stage that failed without naming a failure (a crash, a file that does not compile) counts one.
 * @param {string} output
 * @param {boolean} ok whether the command ended well
 * @returns {Counts}
 */
export function countsOf(output, ok) {
  const lines = [...output.matchAll(/^.*@counts (\{.*\})\s*$/gm)].map(([, json]) => JSON.parse(json ?? '{}'));
  const [, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed\s*$/gm)].at(-1) ?? [];
  const found = lines.length
    ? total(lines)
    : passed === undefined
      ? { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
      : { passed: Number(passed), failed: Number(failed) };
  return !ok && found.failed === 0 ? { ...found, failed: 1 } : found;
}
