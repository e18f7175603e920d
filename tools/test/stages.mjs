// The stages of a test run, in their order.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../launch/place.mjs';
import { COUNTER, JEST_NODE_OPTIONS, jestDb } from './jest.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {string[]} [needs] stages without which it cannot be run
 * @property {boolean} [services] whether PostgreSQL and Redis must be up
 * @property {Record<string, string>} [env]
 * @property {boolean} [light] whether it keeps a core busy at most and changes nothing that its neighbours read: some such run at once
 * @property {boolean} [long] whether it belongs to the long run only
 */

const node = (/** @type {string} */ script, /** @type {string[]} */ ...args) => ({
  command: 'node',
  args: [script, ...args],
});
const bench = (/** @type {string[]} */ ...args) =>
  node('tools/launch/with-services.mjs', 'node', 'tools/build/run.mjs', 'bench', ...args);
const there = (/** @type {string} */ path) => existsSync(join(ROOT, path));
const everywhere = (/** @type {string} */ target, /** @type {string[]} */ ...more) => ({
  command: 'nx',
  args: ['run-many', '-t', target, '--parallel=2', '--output-style=static', ...more],
});

/** A long run may be made shorter, for somebody who works on it. */
const { PROPERTY_RUNS, SIMULATION_SEEDS, KILLS, OVERLOAD_SECONDS } = process.env;

/**
 * @param {{ long: boolean }} asked
 * @returns {Stage[]}
 */
export function stages({ long }) {
  const counter = ['--reporters=default', `--reporters=${COUNTER}`];
  const db = jestDb(counter, { isWhole: true });
  const laws = (/** @type {string} */ files) =>
    everywhere('test', '-p', 'domain', '--skip-nx-cache', `--testPathPatterns=${files}`, ...counter);
  /** @type {(Stage | false)[]} */
  const all = [
    { name: 'build', ...node('tools/build/all.mjs') },
    // the longest of the light ones first, so that they end together
    { name: 'kills', ...node('tools/test/kills.mjs'), needs: ['build'], light: true },
    // its newer front checks the same files alike and spends a quarter less on finding and telling
    {
      name: 'format',
      command: 'prettier',
      args: ['--check', '--no-cache', '.'],
      env: { PRETTIER_EXPERIMENTAL_CLI: '1' },
      light: true,
    },
    {
      name: 'dead-code',
      command: 'knip',
      args: ['--config', 'tools/test/knip.json', '--tsConfig', 'tsconfig.base.json', '--no-progress'],
      light: true,
    },
    there('tools/build/schema.mjs') && {
      name: 'schema',
      ...node('tools/build/schema.mjs', '--check'),
      light: true,
    },
    { name: 'boot', ...node('tools/test/boot.mjs'), needs: ['build'], services: true, light: true },
    { name: 'emulators', ...node('tools/emulators/check.mjs'), light: true },
    { name: 'lint', ...node('tools/test/lint.mjs'), light: true },
    { name: 'types', ...node('tools/test/types.mjs') },
    there('tools/boundaries/canary.mjs') && { name: 'boundaries', ...node('tools/boundaries/canary.mjs') },
    {
      name: 'unit',
      command: 'jest',
      args: ['--config', 'tools/test/jest.unit.config.cjs', ...counter],
      env: { NODE_OPTIONS: JEST_NODE_OPTIONS },
    },
    { name: 'database', command: db.command, args: db.args, env: db.env, services: true },
    there('apps/e2e/playwright.config.ts') && {
      name: 'journeys',
      ...node('tools/test/journeys.mjs'),
      needs: ['build'],
    },
    {
      name: 'production',
      ...node('tools/test/production.mjs'),
      needs: ['build'],
      services: true,
      long: true,
    },
    { name: 'launcher', ...node('tools/launch/check.mjs'), needs: ['build'], long: true },
    {
      name: 'properties',
      ...laws('property'),
      env: { NODE_OPTIONS: JEST_NODE_OPTIONS, PROPERTY_RUNS: PROPERTY_RUNS ?? '10000' },
      long: true,
    },
    {
      name: 'simulation',
      ...laws('simulation'),
      env: { NODE_OPTIONS: JEST_NODE_OPTIONS, SIMULATION_SEEDS: SIMULATION_SEEDS ?? '10000' },
      long: true,
    },
    {
      name: 'many-kills',
      ...node('tools/test/kills.mjs', '--kills', KILLS ?? '100'),
      needs: ['build'],
      long: true,
    },
    {
      name: 'overload',
      ...bench('overload', '--seconds', OVERLOAD_SECONDS ?? '60'),
      needs: ['build'],
      long: true,
    },
    { name: 'mutation', command: 'stryker', args: ['run'], long: true },
    // last, so that it speaks of this run's results
    { name: 'features', ...node('tools/test/features.mjs') },
  ];
  return all.filter((stage) => stage !== false).filter((stage) => long || !stage.long);
}
