import { AsyncLocalStorage } from 'node:async_hooks';

const ids = new AsyncLocalStorage<string | undefined>();

/** The id of the request (or of the request that caused this job), for logs and the outbox. */
export const currentRequestId = (): string | undefined => ids.getStore();

/** Runs `work` under a request's id, so that it follows into whatever is written or logged. */
export const withRequestId = <T>(id: string | undefined, work: () => T): T => ids.run(id, work);
