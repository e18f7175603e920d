import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Refusal, refusalView, setViewer, withRequestId } from '@kvartal/platform';
import { Viewers } from './viewers.service';

/** Stands before every route: asks each request who it comes from, and lets its id follow into logs and the outbox. */
@Injectable()
export class Identify implements NestMiddleware {
  constructor(@Inject(Viewers) private readonly viewers: Viewers) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const requestId = 'id' in request && typeof request.id === 'string' ? request.id : '';
    withRequestId(requestId || undefined, () => {
      this.viewers.of(request, requestId).then(
        (viewer) => {
          setViewer(request, viewer);
          next();
        },
        (failure: unknown) => (failure instanceof Refusal ? tooMany(response, failure) : next(failure)),
      );
    });
  }
}

/** What a machine is told that asks too often, as an error of GraphQL: it may come again after so many seconds. */
function tooMany(response: Response, { message, refusals }: Refusal): void {
  response.set('retry-after', String(refusals[0]?.params?.['seconds'] ?? 1));
  response.status(429).json({
    errors: [{ message, extensions: { code: 'REFUSED', refusals: refusals.map(refusalView) } }],
  });
}
