import { ApiFailure, failureBy } from './failure';

interface Answer<R> {
  data?: R | null;
  errors?: readonly { extensions?: Readonly<Record<string, unknown>> }[];
}

/** The network is the only thing that makes fetch reject, unless we gave up ourselves. */
function asFailure(thrown: unknown): never {
  throw thrown instanceof DOMException && thrown.name === 'AbortError' ? thrown : new ApiFailure('offline');
}

/** The data of an answer of the API. @throws ApiFailure where there are none */
export async function dataOf<R>(answer: Promise<Response>): Promise<R> {
  const response = await answer.catch(asFailure);
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  if (!isJson) throw failureBy(undefined, response.status, requestId);
  const { data, errors }: Answer<R> = await response.json();
  const first = errors?.[0];
  if (first || !data) throw failureBy(first?.extensions?.['code'], response.status, requestId);
  return data;
}
