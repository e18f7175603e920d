import { ApolloLink } from '@apollo/client/link';
import { Observable } from 'rxjs';
import { ApiFailure, failureBy } from './failure';
import type { Early } from './early/early';
import { bodyOf, send } from './early/operation';
import type { Place } from './early/place';

/** The network is the only thing that makes fetch reject, unless we gave up ourselves. */
function asFailure(thrown: unknown): never {
  throw thrown instanceof DOMException && thrown.name === 'AbortError' ? thrown : new ApiFailure('offline');
}

/** Where the link asks: of the page's own origin unless told otherwise. */
export interface Endpoint {
  place: Place;
  url?: string;
  /** What was asked before the app was there. */
  early?: Early;
}

async function answerTo(
  { place, url = '/graphql', early }: Endpoint,
  operation: ApolloLink.Operation,
  signal: AbortSignal,
): Promise<ApolloLink.Result> {
  const outside: unknown = operation.getContext()['signal'];
  const both = outside instanceof AbortSignal ? AbortSignal.any([outside, signal]) : signal;
  const body = bodyOf(operation.operationName, operation.variables, operation.query);
  const response = await (early?.take(body) ?? send(url, place, body, both)).catch(asFailure);
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  if (!isJson) throw failureBy(undefined, response.status, requestId);
  const answer: ApolloLink.Result = await response.json();
  const first = answer.errors?.[0];
  if (first || !answer.data) throw failureBy(first?.extensions?.['code'], response.status, requestId);
  return answer;
}

/** The last link: sends the hash of an operation in place of its text, and our headers. Errors leave as ApiFailure. */
export function persistedLink(endpoint: Endpoint): ApolloLink {
  return new ApolloLink(
    (operation) =>
      new Observable((observer) => {
        const abort = new AbortController();
        answerTo(endpoint, operation, abort.signal).then(
          (answer) => {
            observer.next(answer);
            observer.complete();
          },
          (thrown: unknown) => observer.error(thrown),
        );
        return () => abort.abort();
      }),
  );
}
