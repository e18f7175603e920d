import type { Request } from 'express';

/** What staff may do in an organisation. */
export const PERMISSIONS = [
  'ACCOUNT_READ',
  'ACCOUNT_WRITE',
  'READING_WRITE',
  'PERIOD_CLOSE',
  'PERIOD_REOPEN',
  'REQUEST_WORK',
  'KEY_MANAGE',
  'PAYMENT_READ',
  'PAYMENT_WRITE',
  'TARIFF_WRITE',
  'LAW_WRITE',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What an API key may do. */
export const KEY_SCOPES = ['ACCOUNTS_READ', 'READINGS_WRITE'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export type Audience = 'anyone' | 'resident' | 'staff' | 'key';

interface Asking {
  portalId: string;
  ip: string;
  userAgent: string;
  requestId: string;
}

export interface Nobody extends Asking {
  kind: 'nobody';
}
export interface Resident extends Asking {
  kind: 'resident';
  userId: string;
  sessionId: string;
}
export interface Staff extends Asking {
  kind: 'staff';
  userId: string;
  sessionId: string;
  memberships: readonly { organizationId: string; role: string; permissions: readonly Permission[] }[];
}
export interface Machine extends Asking {
  kind: 'key';
  keyId: string;
  organizationId: string;
  scopes: readonly KeyScope[];
}

/** Who asks. Set on the request once, by the auth module, before any resolver or route runs. */
export type Viewer = Nobody | Resident | Staff | Machine;

const viewers = new WeakMap<object, Viewer>();

export const setViewer = (request: object, viewer: Viewer): void => void viewers.set(request, viewer);

/** Throws where the auth module did not run: a route outside its reach must not answer anything. */
export function viewerOf(request: Request | object): Viewer {
  const viewer = viewers.get(request);
  if (!viewer) throw new Error('This request was never asked who it comes from');
  return viewer;
}
