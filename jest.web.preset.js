const nxPreset = require('@nx/jest/preset').default;

/** Specs of the web projects: Angular without zone.js in jsdom, templates and styles compiled as in the build. */
module.exports = {
  ...nxPreset,
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  setupFilesAfterEnv: [require.resolve('./tools/build/angular-specs.ts')],
  transform: {
    '^.+\\.(ts|html)$': [
      'jest-preset-angular',
      { tsconfig: require.resolve('./tools/build/tsconfig.web-specs.json'), stringifyContentPathRegex: '\\.(html|svg)$' },
    ],
  },
};
