import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { Forbidden, NotFound, type Viewer, requestOf, viewerOf } from '@kvartal/platform';
import type { KnownPortal } from '../portals/portals';

export const APPS = ['cabinet', 'backoffice'] as const;
export type App = (typeof APPS)[number];

/** Where a request came to, before it is known from whom. */
export interface Arrival {
  /** Which of our apps sent it; undefined for anybody else, whose cookies do not count. */
  app: App | undefined;
  portal: KnownPortal | undefined;
  /** Whether the request itself told the portal, by header or host. */
  isNamed: boolean;
  /** A benchmark, outside production: limits and pictures are lifted. */
  isBench: boolean;
}

/** Somebody at the door of one of our apps, who wants to sign in, register or get in again. */
export interface Visitor {
  app: App;
  portal: KnownPortal;
  viewer: Viewer;
  isBench: boolean;
}

const arrivals = new WeakMap<object, Arrival>();

export const setArrival = (request: object, arrival: Arrival): void => void arrivals.set(request, arrival);

/** Throws where `Identify` did not run. */
export function arrivalOf(request: object): Arrival {
  const arrival = arrivals.get(request);
  if (!arrival) throw new Error('This request was never asked where it came to');
  return arrival;
}

export const CurrentArrival = createParamDecorator((_: unknown, context: ExecutionContext) =>
  arrivalOf(requestOf(context)),
);

/** Forbidden without the header that no foreign form can send; NotFound where there is no such portal. */
export function visitorOf(request: object): Visitor {
  const { app, portal, isBench } = arrivalOf(request);
  if (!app) throw new Forbidden();
  if (!portal) throw new NotFound();
  return { app, portal, isBench, viewer: viewerOf(request) };
}

export const CurrentVisitor = createParamDecorator((_: unknown, context: ExecutionContext) =>
  visitorOf(requestOf(context)),
);
