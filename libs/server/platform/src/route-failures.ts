import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import type { Response } from 'express';
import type { GraphQLResolveInfo } from 'graphql';
import { refusalView } from './graphql/refused';
import { Forbidden, NotFound, Refusal, Unauthenticated } from './refusal';

const STATUS: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/**
 * Says no. A route outside GraphQL (a file, a webhook) answers to whoever may not have it, and 422 with `{ refusals }`
 * where the trade says no; a root field's failure goes on to `formatFailure`. Either is worth a line of information, with
 * its codes alone: nothing is broken.
 */
@Catch(Forbidden, NotFound, Refusal, Unauthenticated)
export class RouteFailures implements ExceptionFilter<Error> {
  private readonly logger = new Logger('Refusals');

  catch(failure: Error, host: ArgumentsHost): void {
    this.logger.log({ at: whereOf(host), codes: failure.message }, 'refused');
    if (host.getType<string>() === 'graphql') return;
    const response = host.switchToHttp().getResponse<Response>();
    if (failure instanceof Refusal) {
      response.status(422).json({ refusals: failure.refusals.map(refusalView) });
      return;
    }
    response.status(STATUS[failure.message] ?? 500).json({ code: failure.message });
  }
}

const whereOf = (host: ArgumentsHost): string =>
  host.getType<string>() === 'graphql'
    ? GqlArgumentsHost.create(host).getInfo<GraphQLResolveInfo>().fieldName
    : host.switchToHttp().getRequest<{ method: string }>().method;
