import { ClosingDifferenceJob } from '../explaining/closing-differences.jobs';
import { ClosingJobs } from './closing.jobs';
import { AT_ONCE } from './closing.queue';
import { SecondOpinionJob } from './second-opinion.jobs';

/** Where `@Process` keeps what it was told. */
const BULL_MODULE_QUEUE_PROCESS = 'bull:module_queue_process';

/** What each kind of job of the billing queue asks Bull for. */
const asked = [ClosingJobs, ClosingDifferenceJob, SecondOpinionJob].flatMap(({ prototype }) =>
  Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }): unknown[] => {
    const options: unknown =
      typeof value === 'function' ? Reflect.getMetadata(BULL_MODULE_QUEUE_PROCESS, value) : undefined;
    return options instanceof Object && 'concurrency' in options ? [options.concurrency] : options ? [1] : [];
  }),
);

it('has no more billing jobs in hand than it says, whatever kinds there are', () => {
  expect(asked).toHaveLength(4);
  expect(asked.reduce<number>((sum, one) => sum + Number(one), 0)).toBe(AT_ONCE);
});
