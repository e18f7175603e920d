const { keepResults } = require('./jest-results.cjs');

/** A reporter of Jest that ends with one line for the machine: what passed and what failed, broken files included. */
module.exports = class CountReporter {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    keepResults(this.rootDir, results.testResults);
    process.stdout.write(`\n@counts ${JSON.stringify({ passed, failed })}\n`);
  }
};
