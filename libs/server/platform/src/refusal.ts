import { IntrinsicException } from '@nestjs/common';
import type { RefusalCode } from '@kvartal/words';

export interface RefusalDetail {
  code: RefusalCode;
  /** Where it concerns: names of input fields and indexes of lists, from the outside in. */
  path?: readonly (string | number)[];
  /** Values for the sentence, as plain text in API form (ISO dates, decimal point). */
  params?: Readonly<Record<string, string | number>>;
}

/**
 * The trade says no. Thrown anywhere below a resolver, so that the transaction rolls back; leaves as data
 * (`Refused`) where the operation's result has that member. Being intrinsic to Nest, none of these is logged as a fault.
 */
export class Refusal extends IntrinsicException {
  readonly refusals: readonly RefusalDetail[];

  constructor(first: RefusalCode | readonly RefusalDetail[], detail: Omit<RefusalDetail, 'code'> = {}) {
    const refusals = typeof first === 'string' ? [{ code: first, ...detail }] : first;
    super(refusals.map(({ code }) => code).join(', '));
    this.name = 'Refusal';
    this.refusals = refusals;
  }
}

/** The one answer for a thing that is not there and for a thing that is not yours. */
export class NotFound extends IntrinsicException {
  constructor() {
    super('NOT_FOUND');
    this.name = 'NotFound';
  }
}

/** Signed in as somebody who may not do this. */
export class Forbidden extends IntrinsicException {
  constructor() {
    super('FORBIDDEN');
    this.name = 'Forbidden';
  }
}

/** Nobody is signed in, and somebody has to be. */
export class Unauthenticated extends IntrinsicException {
  constructor() {
    super('UNAUTHENTICATED');
    this.name = 'Unauthenticated';
  }
}
