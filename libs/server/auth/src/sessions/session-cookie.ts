import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { App } from '../viewers/arrival';

/** Two names, because cookies do not know ports or paths: both apps stand at one origin. */
const NAMES: Readonly<Record<App, string>> = { cabinet: '__Host-resident', backoffice: '__Host-staff' };
const ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;
const REMEMBERED_MS = 30 * 86_400_000;
const TOKEN = /^[\w-]{43}$/;

const rawCookie = (request: Request, app: App): string | undefined =>
  parseCookie(request.get('cookie') ?? '')[NAMES[app]];

/** The session token that a browser sent for an app; undefined where there is none or it cannot be one. */
export function cookieOf(request: Request, app: App): string | undefined {
  const token = rawCookie(request, app);
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

export const hasCookie = (request: Request, app: App): boolean => rawCookie(request, app) !== undefined;

/** Gives the token to the browser: until it is closed, or for 30 days. */
export function giveCookie(
  response: Response,
  app: App,
  session: { token: string; remembered: boolean },
): void {
  const kept = session.remembered ? { maxAge: REMEMBERED_MS } : {};
  response.cookie(NAMES[app], session.token, { ...ATTRIBUTES, ...kept });
}

export const takeCookie = (response: Response, app: App): void =>
  void response.clearCookie(NAMES[app], ATTRIBUTES);
