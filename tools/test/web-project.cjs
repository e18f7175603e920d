/** What every web project's Jest is: templates through Angular's own transform, a document by jsdom. */
module.exports = {
  testEnvironment: 'jsdom',
  setupFilesAfterEnv: [require.resolve('./web-setup.ts')],
  transform: {
    '^.+\\.(ts|html)$': [
      'jest-preset-angular',
      { tsconfig: '<rootDir>/tsconfig.spec.json', stringifyContentPathRegex: '\\.(html|svg)$' },
    ],
  },
};
