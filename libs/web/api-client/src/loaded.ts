import { computed, resource, type Signal } from '@angular/core';
import { type ApiFailure, failureOf } from './failure';

/** What a page shows of something it reads: nothing yet, the data, or why there are none. */
export interface Loaded<T> {
  readonly data: Signal<T | undefined>;
  readonly failure: Signal<ApiFailure | undefined>;
  readonly isLoading: Signal<boolean>;
  /** Reads again; what was there stays until the new comes. */
  reload(): void;
  /** Puts in what a mutation answered. */
  set(data: T): void;
}

/**
 * Reads whenever `params` change; undefined params wait. An answer to older params is given up.
 * Call in an injection context.
 */
export function loaded<P extends NonNullable<unknown>, T>(
  params: () => P | undefined,
  load: (params: P, signal: AbortSignal) => Promise<T>,
): Loaded<T> {
  const read = resource({ params, loader: ({ params: asked, abortSignal }) => load(asked, abortSignal) });
  return {
    data: computed(() => (read.hasValue() ? read.value() : undefined)),
    failure: computed(() => (read.error() ? failureOf(read.error()) : undefined)),
    isLoading: read.isLoading,
    reload: () => void read.reload(),
    set: (data) => read.set(data),
  };
}
