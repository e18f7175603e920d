import { ApolloLink } from '@apollo/client/link';
import { Observable } from 'rxjs';
import { ApiFailure, failureBy } from './failure';
import { headersOf, type Place } from './place';

/** What the code generator left in a document: the hash that the API knows its text by. */
export function hashOf(document: object): string {
  const meta: unknown = '__meta__' in document ? document.__meta__ : undefined;
  const hash = meta && typeof meta === 'object' && 'hash' in meta ? meta.hash : undefined;
  if (typeof hash !== 'string')
    throw new Error('An operation without its hash: generate the operations again');
  return hash;
}

function bodyOf({ operationName, variables, query }: ApolloLink.Operation): string {
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(query) } };
  return JSON.stringify({ operationName, variables, extensions });
}

/** The network is the only thing that makes fetch reject, unless we gave up ourselves. */
function asFailure(thrown: unknown): never {
  throw thrown instanceof DOMException && thrown.name === 'AbortError' ? thrown : new ApiFailure('offline');
}

async function answerTo(
  url: string,
  place: Place,
  operation: ApolloLink.Operation,
  signal: AbortSignal,
): Promise<ApolloLink.Result> {
  const outside: unknown = operation.getContext()['signal'];
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headersOf(place) },
    body: bodyOf(operation),
    signal: outside instanceof AbortSignal ? AbortSignal.any([outside, signal]) : signal,
  }).catch(asFailure);
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  if (!isJson) throw failureBy(undefined, response.status, requestId);
  const answer: ApolloLink.Result = await response.json();
  const first = answer.errors?.[0];
  if (first || !answer.data) throw failureBy(first?.extensions?.['code'], response.status, requestId);
  return answer;
}

/**
 * The last link: sends the hash of an operation in place of its text, and our headers. Errors leave as ApiFailure.
 * `url` is the endpoint; of the page's own origin unless told otherwise.
 */
export function persistedLink(place: Place, url = '/graphql'): ApolloLink {
  return new ApolloLink(
    (operation) =>
      new Observable((observer) => {
        const abort = new AbortController();
        answerTo(url, place, operation, abort.signal).then(
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
