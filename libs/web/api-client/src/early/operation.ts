import { headersOf, type Place } from './place';

/** What the code generator left in a document: the hash that the API knows its text by. */
export function hashOf(document: object): string {
  const meta: unknown = '__meta__' in document ? document.__meta__ : undefined;
  const hash = meta && typeof meta === 'object' && 'hash' in meta ? meta.hash : undefined;
  if (typeof hash !== 'string')
    throw new Error('An operation without its hash: generate the operations again');
  return hash;
}

/** An operation as it is sent: by its hash. */
export function bodyOf(operationName: string | undefined, variables: object, document: object): string {
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(document) } };
  return JSON.stringify({ operationName, variables, extensions });
}

/** A request of ours; `url` is the endpoint. */
export const send = (url: string, place: Place, body: string, signal?: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headersOf(place) },
    body,
    ...(signal && { signal }),
  });
