import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const requestSeconds = new Histogram({
  name: 'kvartal_request_seconds',
  help: 'How long requests took, by the first part of their path and the status of the answer.',
  labelNames: ['path', 'status'],
  registers: [],
});
export const jobSeconds = new Histogram({
  name: 'kvartal_job_seconds',
  help: 'How long jobs took, by queue, name and how they ended.',
  labelNames: ['queue', 'job', 'outcome'],
  registers: [],
});

/** What the process counts about itself, for Prometheus. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const metric of [requestSeconds, jobSeconds]) this.registry.registerMetric(metric);
  }
}

const COUNTED = /^\/(graphql|files|pay)(?=\/|$)/;

/** Times every request; what is none of the api's own paths counts as `other`, so that nobody can invent labels. */
export function timeRequests(request: Request, response: Response, next: NextFunction): void {
  const end = requestSeconds.startTimer({ path: COUNTED.exec(request.path)?.[1] ?? 'other' });
  response.once('finish', () => end({ status: String(response.statusCode) }));
  next();
}
