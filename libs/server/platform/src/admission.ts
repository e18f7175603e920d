import { Inject, Injectable, Module } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Counter, Gauge } from 'prom-client';
import { Config } from './config';
import { HealthModule } from './health';
import { Metrics } from './metrics';

/** What takes a while, and is turned away where too much of it is asked for. */
const COSTLY = /^\/(graphql|files\/bills)(\/|\?|$)/;
const OVERLOADED = JSON.stringify({
  errors: [{ message: 'OVERLOADED', extensions: { code: 'OVERLOADED' } }],
});
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': Buffer.byteLength(OVERLOADED),
  'retry-after': '1',
  'x-content-type-options': 'nosniff',
};

/**
 * How many requests are worked on at once. Past that they are shed at the door: those inside stay quick, and whoever is
 * turned away knows at once that nothing was done. Slow senders hold no place: a request counts from its whole body on.
 */
@Injectable()
export class Admission {
  private readonly shed: Counter;
  private readonly inFlight: Gauge;
  private now = 0;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Metrics) { registry }: Metrics,
  ) {
    const registers = [registry];
    this.shed = new Counter({
      name: 'kvartal_requests_shed_total',
      help: 'Requests turned away because too many were worked on',
      registers,
    });
    this.inFlight = new Gauge({
      name: 'kvartal_requests_in_flight',
      help: 'Requests that are worked on',
      registers,
      collect: () => this.inFlight.set(this.now),
    });
  }

  /** Stands before everything else: costs next to nothing where the house is full. */
  readonly knock = (request: Request, response: Response, next: NextFunction): void => {
    if (this.isFull && COSTLY.test(request.url)) this.turnAway(response);
    else next();
  };

  /** Stands after the reading of bodies, and gives the place back when the answer has gone out or the asker has left. */
  readonly enter = (request: Request, response: Response, next: NextFunction): void => {
    if (!COSTLY.test(request.url)) return next();
    if (this.isFull) return this.turnAway(response);
    this.now += 1;
    response.once('close', () => (this.now -= 1));
    next();
  };

  private get isFull(): boolean {
    return this.now >= this.config.mostRequests;
  }

  private turnAway(response: Response): void {
    this.shed.inc();
    response.writeHead(503, HEADERS).end(OVERLOADED);
  }
}

@Module({ imports: [HealthModule], providers: [Admission] })
export class AdmissionModule {}
