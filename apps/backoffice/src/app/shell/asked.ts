import { inject, linkedSignal, resource, type Signal } from '@angular/core';
import { Api, type ApiFailure, failureOf } from '@kvartal/api-client';
import type { TypedDocumentNode, OperationVariables } from '@apollo/client';
import { computed } from '@angular/core';

/** A question to the API and the state of its answer, for a page to show. */
export interface Asked<R> {
  /** The last answer; it stays while a newer one is on its way, so that nothing blinks. */
  value: Signal<R | undefined>;
  failure: Signal<ApiFailure | undefined>;
  isLoading: Signal<boolean>;
  reload(): void;
}

/**
 * Asks again whenever the variables change; undefined variables ask nothing. An answer is kept only while `about` stays
 * the same: another account must never show the previous one's figures. Call in an injection context.
 */
export function asked<R, V extends OperationVariables>(
  document: TypedDocumentNode<R, V>,
  variables: () => V | undefined,
  about: () => string = () => '',
): Asked<R> {
  const api = inject(Api);
  const answer = resource({
    params: variables,
    loader: ({ params, abortSignal }) => api.query(document, params, abortSignal),
  });
  const value = linkedSignal<{ about: string; now: R | undefined }, R | undefined>({
    source: () => ({ about: about(), now: answer.hasValue() ? answer.value() : undefined }),
    computation: ({ about: subject, now }, before) =>
      now ?? (before?.source.about === subject ? before.value : undefined),
  });
  return {
    value,
    failure: computed(() => (answer.error() ? failureOf(answer.error()) : undefined)),
    isLoading: answer.isLoading,
    reload: () => void answer.reload(),
  };
}
