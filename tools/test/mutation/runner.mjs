// How mutation tests run the domain's specs: in one process, without starting Jest for each of thousands of mutants.
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { domainSpecs } from './specs.mjs';

/** What the mutants look at: which of them is switched on, and who ran over which. */
const stryker = /** @type {any} */ ({});
Object.assign(globalThis, { __stryker__: stryker });

class DomainRunner {
  /** @type {(ids?: ReadonlySet<string>) => import('./specs.mjs').Spec[]} */
  #specs = () => [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#specs = await domainSpecs(process.cwd());
  }

  async dryRun() {
    Object.assign(stryker, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    stryker.mutantCoverage = { static: {}, perTest: {} };
    const specs = this.#specs();
    const tests = [];
    for (const spec of specs) {
      stryker.currentTestId = spec.id;
      tests.push(await resultOf(spec));
    }
    stryker.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun(/** @type {import('@stryker-mutator/api/test-runner').MutantRunOptions} */ options) {
    const { activeMutant, hitLimit, testFilter } = options;
    Object.assign(stryker, {
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    });
    const asked = testFilter && new Set(testFilter);
    const tests = [];
    for (const spec of this.#specs(asked)) {
      if (asked && !asked.has(spec.id)) continue;
      const result = await resultOf(spec);
      tests.push(result);
      if (result.status === TestStatus.Failed) break;
    }
    const { hitCount } = stryker;
    const found = determineHitLimitReached(hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests };
    return toMutantRunResult(found, options.disableBail);
  }
}

/** @param {import('./specs.mjs').Spec} spec @returns {Promise<import('@stryker-mutator/api/test-runner').TestResult>} */
async function resultOf({ id, file, run }) {
  const begun = performance.now();
  const result = { id, name: id, fileName: `libs/domain/src/${file}` };
  try {
    await run();
    return { ...result, status: TestStatus.Success, timeSpentMs: performance.now() - begun };
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : String(error);
    return { ...result, status: TestStatus.Failed, timeSpentMs: performance.now() - begun, failureMessage };
  }
}

const runner = () => new DomainRunner();
runner.inject = /** @type {const} */ ([]);

export const strykerPlugins = [{ kind: 'TestRunner', name: 'domain', factory: runner }];
