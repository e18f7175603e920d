// Specs on real PostgreSQL and Redis, of all projects in one run: *.pg.spec.ts, *.api.spec.ts, *.year.spec.ts.
// sh tools/with-deps.sh node tools/test/db.mjs [part of a path] [-t NAME]
const { resolve } = require('node:path');
const { parseConfigFileTextToJson } = require('typescript');
const { readFileSync } = require('node:fs');

const rootDir = resolve(__dirname, '../..');
const { config } = parseConfigFileTextToJson(
  '',
  readFileSync(resolve(rootDir, 'tsconfig.base.json'), 'utf8'),
);
const aliases = Object.entries(config.compilerOptions.paths).map(([name, [file]]) => [
  `^${name}$`,
  file.replace('./', '<rootDir>/'),
]);

module.exports = {
  rootDir,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{apps,libs}/**/src/**/*.{pg,api,year}.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data', '<rootDir>/.nx'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: Object.fromEntries(aliases),
  transform: {
    '^.+\\.ts$': ['@swc/jest', require('../build/swc.cjs')],
    '\\.(sql|hbs)$': resolve(__dirname, 'text-transform.cjs'),
    '\\.ttf$': resolve(__dirname, 'bytes-transform.cjs'),
  },
  transformIgnorePatterns: ['/node_modules/'],
  globalSetup: resolve(__dirname, 'db.setup.mjs'),
  globalTeardown: resolve(__dirname, 'db.teardown.mjs'),
  maxWorkers: 2,
  testTimeout: 60_000,
};
