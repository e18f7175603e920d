import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { KnownOperations, type OperationRequest } from './operations';

/** Stands before Apollo on `/graphql`: runs the operations of our own apps itself. What it does not know goes on. */
@Injectable()
export class OperationsMiddleware implements NestMiddleware {
  constructor(@Inject(KnownOperations) private readonly operations: KnownOperations) {}

  use(request: Request, response: Response, next: NextFunction): void {
    if (request.method !== 'POST') return next();
    const asked: OperationRequest = request.body ?? {};
    this.operations.run(asked, { req: request, res: response }).then(
      (result) => (result ? answer(response, result) : next()),
      (failure: unknown) => next(failure),
    );
  }
}

/** Without the digest that Express takes of every body, to compare it with what no browser sends along with a POST. */
function answer(response: Response, result: object): void {
  const body = Buffer.from(JSON.stringify(result));
  response
    .writeHead(response.statusCode, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
    })
    .end(body);
}
