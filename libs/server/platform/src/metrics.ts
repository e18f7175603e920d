import type { NextFunction, Request, Response } from 'express';
import { Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What the process counts about itself, for Prometheus. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const seconds = new Histogram({
  name: 'kvartal_request_seconds',
  help: 'How long requests took, by the first part of their path and the status of the answer.',
  labelNames: ['path', 'status'],
  registers: [registry],
});
const COUNTED = /^\/(graphql|files|pay)(?=\/|$)/;

/** Times every request; what is none of the api's own paths counts as `other`, so that nobody can invent labels. */
export function timeRequests(request: Request, response: Response, next: NextFunction): void {
  const end = seconds.startTimer({ path: COUNTED.exec(request.path)?.[1] ?? 'other' });
  response.once('finish', () => end({ status: String(response.statusCode) }));
  next();
}
