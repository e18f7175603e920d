const nxPreset = require('@nx/jest/preset').default;

/** Server and domain specs: TypeScript through swc (decorator metadata kept), CommonJS under Node's require(esm). */
module.exports = {
  ...nxPreset,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  testPathIgnorePatterns: ['\\.(pg|api|year)\\.spec\\.ts$'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', require('./tools/build/swc.cjs')],
    '\\.ttf$': require.resolve('./tools/test/bytes-transform.cjs'),
  },
  transformIgnorePatterns: ['/node_modules/'],
};
