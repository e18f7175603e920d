import { operationBody } from './operations';
import type { Target } from './town';

export const QUERIES = ['home', 'submit'] as const;
export type Query = (typeof QUERIES)[number];

/** The operation of the cabinet that is measured. */
export const OPERATIONS: Readonly<Record<Query, string>> = { home: 'Home', submit: 'SubmitReadings' };

const MILLION = 1_000_000;
const STEP = 1000;

/** What the cabinet would send for this account; `attempt` counts from 0, each time the registers have moved on a little. */
export function bodyOf(query: Query, hash: string, target: Target, attempt: number): string {
  const { organizationId, accountId } = target;
  if (query === 'home') return operationBody(hash, { organizationId, accountId });
  const readings = target.readings.map(({ registerId, millionths }) => ({
    registerId,
    value: ((millionths + attempt * STEP) / MILLION).toFixed(3),
    clientKey: `${accountId}-${registerId}-${attempt}`,
    confirmUnusual: true,
  }));
  return operationBody(hash, { input: { organizationId, accountId, readings, confirmPartial: false } });
}
