import {
  EnvironmentInjector,
  type EnvironmentProviders,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  Service,
} from '@angular/core';
import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client';
import { dataOf } from './answer';
import { apolloFile } from './early/apollo-file';
import type { Early } from './early/early';
import type { Place } from './early/place';
import { ApiFailure, failureOf } from './failure';
import { PLACE } from './place-token';
import { Session } from './session';

const EARLY = new InjectionToken<Early>('early');
/** The first page has been painted by then, also on a slow phone. */
const AFTER_FIRST_PAGE_MS = 2000;

/**
 * The one way to the server: typed operations in, data or ApiFailure out. Nothing is kept between calls: the
 * features hold what they show, and money must not be remembered behind their back.
 */
@Service()
export class Api {
  private readonly place = inject(PLACE);
  private readonly early = inject(EARLY, { optional: true });
  private readonly within = inject(EnvironmentInjector);
  private readonly session = inject(Session);
  private client: Promise<ApolloClient> | undefined;

  constructor() {
    const fetched = () => this.apollo().catch(() => undefined); // whoever asks will say why not
    setTimeout(fetched, AFTER_FIRST_PAGE_MS);
  }

  /** Reads. @throws ApiFailure */
  async query<R, V extends OperationVariables>(
    query: TypedDocumentNode<R, V>,
    variables: V,
    signal?: AbortSignal,
  ): Promise<R> {
    const early = this.early?.take(query, variables);
    if (early) return dataOf<R>(early).catch((thrown: unknown) => this.fail(thrown));
    const options = {
      query,
      variables,
      fetchPolicy: 'no-cache',
      context: { signal, queryDeduplication: false },
    } as const;
    const answer = await this.apollo()
      .then((client) => client.query<R, OperationVariables>(options))
      .catch((thrown: unknown) => this.fail(thrown));
    if (answer.data === undefined) throw this.failed(answer.error);
    return answer.data;
  }

  /** Writes. A refusal is a member of the result, not an error. @throws ApiFailure */
  async mutate<R, V extends OperationVariables>(mutation: TypedDocumentNode<R, V>, variables: V): Promise<R> {
    const options = { mutation, variables, fetchPolicy: 'no-cache' } as const;
    const answer = await this.apollo()
      .then((client) => client.mutate<R, OperationVariables>(options))
      .catch((thrown: unknown) => this.fail(thrown));
    if (answer.data === undefined) throw this.failed(answer.error);
    return answer.data;
  }

  /** Fetched once; again where it did not come. */
  private apollo(): Promise<ApolloClient> {
    this.client ??= apolloFile().then(
      ({ apolloOf }) => apolloOf(this.place, this.within),
      () => {
        this.client = undefined;
        throw new ApiFailure('offline');
      },
    );
    return this.client;
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

/** The API for the app that stands at this place; `early` has asked what the first page asks. */
export function provideApi(place: Place, early: Early): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: PLACE, useValue: place },
    { provide: EARLY, useValue: early },
  ]);
}
