import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { refusalView } from './graphql/refused';
import { Forbidden, NotFound, Refusal, Unauthenticated } from './refusal';

const STATUS: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/**
 * What a route outside GraphQL (a file, a webhook) answers to whoever may not have it, and where the trade says no (422
 * with `{ refusals }`): `@UseFilters(RouteFailures)`.
 */
@Catch(Forbidden, NotFound, Refusal, Unauthenticated)
export class RouteFailures implements ExceptionFilter<Error> {
  catch(failure: Error, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (failure instanceof Refusal) {
      response.status(422).json({ refusals: failure.refusals.map(refusalView) });
      return;
    }
    response.status(STATUS[failure.message] ?? 500).json({ code: failure.message });
  }
}
