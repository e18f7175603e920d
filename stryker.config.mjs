/**
 * Mutation tests of the rules that move money: `npm run mutate`. A mutant that no test notices is a rule that nobody
 * checks, so the score must not fall below 85 %. Texts are left out: they are not what is computed.
 */
export default {
  packageManager: 'npm',
  testRunner: 'domain',
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  disableTypeChecks: false,
  mutate: [
    'libs/domain/src/{allocation,due-allocation,rounding,readings,penalty,estimate,days-share,vat,tariff-plans}.ts',
    'libs/domain/src/charging/*.ts',
    'libs/domain/src/charging/rules/*.ts',
    '!libs/domain/src/**/*.spec.ts',
    '!libs/domain/src/charging/{testing,random-*,trace}.ts',
  ],
  plugins: ['./tools/test/mutation/runner.mjs', './tools/test/mutation/trace-literals.mjs'],
  ignorers: ['trace-literals'],
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['**', '!libs/domain/**'],
  incremental: true,
  incrementalFile: '.data/mutation/last.json',
  tempDirName: '.data/mutation/sandbox',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: '.data/mutation/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  concurrency: 2,
  timeoutMS: 60_000,
};
