import { HttpException } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { unwrapResolverError } from '@apollo/server/errors';
import { Forbidden, NotFound, Refusal, Unauthenticated } from '../refusal';
import { refusalView } from './refused';

/** Codes that come from reading the request itself, before any of our code: their messages hold nothing of ours. */
const OF_THE_REQUEST = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_NOT_KNOWN',
  'TOO_COSTLY',
]);

/** What the outside is told of a failure: a code, and never the inside's words. */
export function formatFailure(formatted: GraphQLFormattedError, failure: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(failure);
  const at = { locations: formatted.locations, path: formatted.path };
  if (cause instanceof Unauthenticated || cause instanceof Forbidden || cause instanceof NotFound)
    return { ...at, message: cause.message, extensions: { code: cause.message } };
  if (cause instanceof Refusal)
    return {
      ...at,
      message: cause.message,
      extensions: { code: 'REFUSED', refusals: cause.refusals.map(refusalView) },
    };
  if (cause instanceof HttpException && cause.getStatus() === 400)
    return {
      ...at,
      message: 'BAD_USER_INPUT',
      extensions: { code: 'BAD_USER_INPUT', problems: problemsOf(cause) },
    };
  const code = formatted.extensions?.['code'];
  if (
    typeof code === 'string' &&
    OF_THE_REQUEST.has(code) &&
    (cause instanceof GraphQLError || cause === failure)
  )
    return { ...at, message: formatted.message, extensions: { code } };
  return { ...at, message: 'INTERNAL', extensions: { code: 'INTERNAL' } };
}

function problemsOf(failure: HttpException): string[] {
  const answer = failure.getResponse();
  const message = typeof answer === 'object' && 'message' in answer ? answer.message : failure.message;
  return Array.isArray(message) ? message.map(String) : [String(message)];
}
