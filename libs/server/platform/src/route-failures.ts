import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { Forbidden, NotFound, Unauthenticated } from './refusal';

const STATUS: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/** What a route outside GraphQL (a file, a webhook) answers to whoever may not have it: `@UseFilters(RouteFailures)`. */
@Catch(Forbidden, NotFound, Unauthenticated)
export class RouteFailures implements ExceptionFilter<Error> {
  catch(failure: Error, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.status(STATUS[failure.message] ?? 500).json({ code: failure.message });
  }
}
