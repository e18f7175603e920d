/**
 * A sequencer of Jest: groups begin in the order of their names, so the long ones first. Jest itself begins with the largest
 * file where it knows no times, and a group's size says nothing: one worker was left alone with a long one at the end.
 */
module.exports = class InOrder {
  /** @param {{ path: string }[]} tests */
  sort(tests) {
    return tests.toSorted((one, other) => one.path.localeCompare(other.path));
  }

  /** Which failed last time is not kept. @param {{ path: string }[]} tests */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // the order does not depend on them
  }
};
