// How Jest is started here.
import { join } from 'node:path';
import { ROOT } from '../launch/place.mjs';

/** Lets specs, compiled to CommonJS, require the ESM packages that Nest 12 consists of. */
export const JEST_NODE_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

/** Prints the counts of a run for whoever sums them. */
export const COUNTER = join(ROOT, 'tools/test/count-reporter.cjs');

/**
 * The run of database specs: all of them in groups, or some, each file by itself.
 * @param {string[]} more
 * @param {{ isWhole?: boolean }} [of]
 * @returns {{ command: string, args: string[], env: Record<string, string> }}
 */
export const jestDb = (more, { isWhole = false } = {}) => ({
  command: 'jest',
  args: ['--config', join(ROOT, `tools/test/jest.${isWhole ? 'grouped' : 'db'}.config.cjs`), ...more],
  env: { NODE_OPTIONS: JEST_NODE_OPTIONS },
});
