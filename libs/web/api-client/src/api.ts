import { inject, Service, type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { Apollo, provideApollo } from 'apollo-angular';
import { type ApiFailure, failureOf } from './failure';
import { persistedLink } from './link';
import { NoCache } from './no-cache';
import type { Early } from './early/early';
import type { Place } from './early/place';
import { PLACE } from './place-token';
import { Session } from './session';

/**
 * The one way to the server: typed operations in, data or ApiFailure out. Nothing is kept between calls: the
 * features hold what they show, and money must not be remembered behind their back.
 */
@Service()
export class Api {
  private readonly apollo = inject(Apollo);
  private readonly session = inject(Session);

  /** Reads. @throws ApiFailure */
  async query<R, V extends OperationVariables>(
    query: TypedDocumentNode<R, V>,
    variables: V,
    signal?: AbortSignal,
  ): Promise<R> {
    const options = {
      query,
      variables,
      fetchPolicy: 'no-cache',
      context: { signal, queryDeduplication: false },
    } as const;
    const answer = await this.apollo.client
      .query<R, OperationVariables>(options)
      .catch((thrown: unknown) => this.fail(thrown));
    if (answer.data === undefined) throw this.failed(answer.error);
    return answer.data;
  }

  /** Writes. A refusal is a member of the result, not an error. @throws ApiFailure */
  async mutate<R, V extends OperationVariables>(mutation: TypedDocumentNode<R, V>, variables: V): Promise<R> {
    const options = { mutation, variables, fetchPolicy: 'no-cache' } as const;
    const answer = await this.apollo.client
      .mutate<R, OperationVariables>(options)
      .catch((thrown: unknown) => this.fail(thrown));
    if (answer.data === undefined) throw this.failed(answer.error);
    return answer.data;
  }

  private fail(thrown: unknown): never {
    throw this.failed(thrown);
  }

  private failed(thrown: unknown): ApiFailure {
    const failure = failureOf(thrown);
    if (failure.kind === 'unauthenticated') this.session.end();
    return failure;
  }
}

/** Apollo over our link, for the app that stands at this place; `early` has asked something already. */
export function provideApi(place: Place, early?: Early): EnvironmentProviders {
  const endpoint = { place, ...(early && { early }) };
  return makeEnvironmentProviders([
    { provide: PLACE, useValue: place },
    provideApollo(() => ({ link: persistedLink(endpoint), cache: new NoCache() })),
  ]);
}
