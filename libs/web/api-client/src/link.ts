import { ApolloLink } from '@apollo/client/link';
import { Observable } from 'rxjs';
import { dataOf } from './answer';
import { bodyOf, send } from './early/operation';
import type { Place } from './early/place';

/** Where the link asks: of the page's own origin unless told otherwise. */
export interface Endpoint {
  place: Place;
  url?: string;
}

async function answerTo(
  { place, url = '/graphql' }: Endpoint,
  operation: ApolloLink.Operation,
  signal: AbortSignal,
): Promise<ApolloLink.Result> {
  const outside: unknown = operation.getContext()['signal'];
  const both = outside instanceof AbortSignal ? AbortSignal.any([outside, signal]) : signal;
  const body = bodyOf(operation.operationName, operation.variables, operation.query);
  return { data: await dataOf(send(url, place, body, both)) };
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
