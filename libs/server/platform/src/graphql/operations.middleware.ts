import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Config } from '../config';
import { viewerOf } from '../viewer';
import { KnownOperations, type OperationRequest } from './operations';

const NOT_KNOWN = {
  errors: [{ message: 'OPERATION_NOT_KNOWN', extensions: { code: 'OPERATION_NOT_KNOWN' } }],
};

/**
 * Stands before Apollo on `/graphql`: runs the operations of our own apps itself. Where only those are allowed (in
 * production), whoever comes without an API key may send nothing else.
 */
@Injectable()
export class OperationsMiddleware implements NestMiddleware {
  constructor(
    @Inject(KnownOperations) private readonly operations: KnownOperations,
    @Inject(Config) private readonly config: Config,
  ) {}

  use(request: Request, response: Response, next: NextFunction): void {
    if (request.method !== 'POST') return next();
    const asked: OperationRequest = request.body ?? {};
    this.operations.run(asked, { req: request, res: response }).then(
      (result) => {
        if (result) response.json(result);
        else if (this.config.knownOperationsOnly && viewerOf(request).kind !== 'key')
          response.status(400).json(NOT_KNOWN);
        else next();
      },
      (failure: unknown) => next(failure),
    );
  }
}
