import { BillingWorker } from '../billing.module';
import { AT_ONCE } from './closing.queue';

/** Where Nest keeps what a module provides, and `@Process` what it was told. */
const PROVIDERS = 'providers';
const BULL_MODULE_QUEUE_PROCESS = 'bull:module_queue_process';

const provided: unknown = Reflect.getMetadata(PROVIDERS, BillingWorker);
const methods = (Array.isArray(provided) ? provided : []).flatMap((processor: { prototype: object }) =>
  Object.values(Object.getOwnPropertyDescriptors(processor.prototype)).map(({ value }): unknown => value),
);
/** What each kind of job of the billing queue asks Bull for; one where it says nothing. */
const asked = methods.flatMap((method): unknown[] => {
  const options: unknown =
    typeof method === 'function' ? Reflect.getMetadata(BULL_MODULE_QUEUE_PROCESS, method) : undefined;
  if (!(options instanceof Object)) return [];
  return ['concurrency' in options ? options.concurrency : 1];
});

it('has no more billing jobs in hand than it says, whatever kinds there are', () => {
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.reduce<number>((sum, one) => sum + Number(one), 0)).toBe(AT_ONCE);
});
