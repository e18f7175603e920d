import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config, type Limit, RateLimits, Refusal, type Viewer } from '@kvartal/platform';
import type { KnownKey } from '../keys/keys.service';
import { Portals } from '../portals/portals';
import { permissionsOf } from '../roles';
import { hasCookie } from '../sessions/session-cookie';
import type { KnownSession } from '../sessions/sessions.queries';
import { hashOf } from '../tokens';
import { APPS, type App, type Arrival, setArrival } from './arrival';
import { authenticate } from './authenticate';

/** No portal has it: rows of a portal that is not there are found nowhere. */
const NO_PORTAL = '0';
const LONGEST_USER_AGENT = 300;
/** Of one key, whatever it asks: ten requests a second, a thousand readings each. */
export const KEY_REQUESTS: Limit = { name: 'key-requests', points: 600, seconds: 60 };

type Asking = Pick<Viewer, 'portalId' | 'ip' | 'userAgent' | 'requestId'>;

/** Says who asks. */
@Injectable()
export class Viewers {
  constructor(
    private readonly config: Config,
    private readonly portals: Portals,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Who sent the request, by key or by session; nobody where neither holds. Notes where it came to. Refuses
   * TOO_MANY_ATTEMPTS where a key asks too often.
   */
  async of(request: Request, requestId: string): Promise<Viewer> {
    const arrival = await this.arrive(request);
    const asking: Asking = {
      portalId: arrival.portal?.id ?? NO_PORTAL,
      ip: request.ip ?? '',
      userAgent: (request.get('user-agent') ?? '').slice(0, LONGEST_USER_AGENT),
      requestId,
    };
    const viewer = request.get('authorization')
      ? await byKey(request, asking)
      : await bySession(request, asking, arrival);
    if (viewer?.kind === 'key' && !arrival.isBench) await this.spend(viewer.keyId);
    return viewer ?? { kind: 'nobody', ...asking };
  }

  /** Without Redis nothing is counted: a key guesses at nothing, so its work need not stop for that. */
  private async spend(keyId: string): Promise<void> {
    await this.limits.spend(KEY_REQUESTS, keyId).catch((failure: unknown) => {
      if (failure instanceof Refusal) throw failure;
    });
  }

  private async arrive(request: Request): Promise<Arrival> {
    const arrival = {
      ...(await this.portals.find(request)),
      app: appOf(request),
      isBench: isSame(request.get('x-kvartal-bench') ?? '', this.config.benchKey),
    };
    setArrival(request, arrival);
    return arrival;
  }
}

async function byKey(request: Request, asking: Asking): Promise<Viewer | undefined> {
  const key = await authenticate<KnownKey>('kvartal-key', request);
  return key && { ...asking, ...key, portalId: key.portalId ?? NO_PORTAL, kind: 'key' };
}

async function bySession(request: Request, asking: Asking, arrival: Arrival): Promise<Viewer | undefined> {
  const session = await authenticate<KnownSession>('kvartal-session', request);
  if (!session || (arrival.isNamed && session.portalId !== arrival.portal?.id)) return undefined;
  const { userId, sessionId, portalId } = session;
  if (session.kind !== 'STAFF') return { ...asking, portalId, userId, sessionId, kind: 'resident' };
  const memberships = session.memberships.map(({ organizationId, role }) => ({
    organizationId,
    role,
    permissions: permissionsOf(role),
  }));
  return { ...asking, portalId, userId, sessionId, memberships, kind: 'staff' };
}

/**
 * Which of our apps sent it. The header is what no foreign page can send; a link to a file cannot send it either, so
 * there the browser's own word counts that the link was ours.
 */
function appOf(request: Request): App | undefined {
  const named = request.get('x-kvartal-app');
  if (named !== undefined) return APPS.find((app) => app === named);
  const from = request.get('sec-fetch-site') ?? '';
  const isOwnLink =
    request.method === 'GET' &&
    request.originalUrl.startsWith('/files/') &&
    /^(same-origin|none)$/.test(from);
  if (!isOwnLink) return undefined;
  return request.query['as'] === 'staff' || !hasCookie(request, 'cabinet') ? 'backoffice' : 'cabinet';
}

const isSame = (given: string, expected: string): boolean =>
  expected !== '' && timingSafeEqual(hashOf(given), hashOf(expected));
