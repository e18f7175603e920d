/**
 * Mutation tests of the rules that move money: `npm run mutate`. A mutant that no test notices is a rule that nobody
 * checks, so the score must not fall below 85 %. Texts are left out: they are not what is computed.
 */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  jest: { configFile: 'libs/domain/jest.config.cjs' },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  mutate: [
    'libs/domain/src/{allocation,due-allocation,rounding,readings,penalty,estimate,days-share,vat,tariff-plans}.ts',
    'libs/domain/src/charging/*.ts',
    'libs/domain/src/charging/rules/*.ts',
    '!libs/domain/src/**/*.spec.ts',
    '!libs/domain/src/charging/{testing,random-house,trace}.ts',
  ],
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['/apps', '/docs', '/docker', '/dist', '/test-results', '/libs/server', '/libs/web'],
  incremental: true,
  incrementalFile: '.data/mutation/last.json',
  tempDirName: '.data/mutation/sandbox',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  concurrency: 2,
  timeoutMS: 20_000,
};
