// How Jest is started here.
import { join } from 'node:path';
import { ROOT } from '../launch/place.mjs';

/** Lets specs, compiled to CommonJS, require the ESM packages that Nest 12 consists of. */
export const JEST_NODE_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

/** Prints the counts of a run for whoever sums them. */
export const COUNTER = join(ROOT, 'tools/test/count-reporter.cjs');

/** @param {string[]} more @returns {{ command: string, args: string[], env: Record<string, string> }} the run of database specs */
export const jestDb = (more) => ({
  command: 'jest',
  args: ['--config', join(ROOT, 'tools/test/jest.db.config.cjs'), ...more],
  env: { NODE_OPTIONS: JEST_NODE_OPTIONS },
});
