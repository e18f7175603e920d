import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { setViewer, withRequestId } from '@kvartal/platform';
import { Viewers } from './viewers.service';

/** Stands before every route: asks each request who it comes from, and lets its id follow into logs and the outbox. */
@Injectable()
export class Identify implements NestMiddleware {
  constructor(@Inject(Viewers) private readonly viewers: Viewers) {}

  use(request: Request, _response: Response, next: NextFunction): void {
    const requestId = 'id' in request && typeof request.id === 'string' ? request.id : '';
    withRequestId(requestId || undefined, () => {
      this.viewers.of(request, requestId).then(
        (viewer) => {
          setViewer(request, viewer);
          next();
        },
        (failure: unknown) => next(failure),
      );
    });
  }
}
