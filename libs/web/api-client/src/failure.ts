/** Why there is no answer, as far as a person needs to know. */
export type FailureKind =
  'offline' | 'unauthenticated' | 'forbidden' | 'not-found' | 'too-many' | 'busy' | 'internal';

/** The call brought no answer. A refusal is an answer, and is not this. */
export class ApiFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** The number that the logs know the request by. */
    readonly requestId?: string,
  ) {
    super(requestId ? `${kind} ${requestId}` : kind);
    this.name = 'ApiFailure';
  }
}

const BY_CODE: Record<string, FailureKind> = {
  UNAUTHENTICATED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  TOO_MANY_ATTEMPTS: 'too-many',
  TOO_COSTLY: 'too-many',
  OVERLOADED: 'busy',
};

const BY_STATUS: Record<number, FailureKind> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-many',
  429: 'too-many',
  503: 'busy',
};

/** The failure that a code of GraphQL errors, or an HTTP status without one, stands for. */
export const failureBy = (code: unknown, status: number, requestId?: string): ApiFailure =>
  new ApiFailure((typeof code === 'string' ? BY_CODE[code] : BY_STATUS[status]) ?? 'internal', requestId);

/** Whatever a call threw, as one kind of error. */
export const failureOf = (thrown: unknown): ApiFailure =>
  thrown instanceof ApiFailure ? thrown : new ApiFailure('internal');
