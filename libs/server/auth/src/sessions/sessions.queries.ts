import type { DataSource } from 'typeorm';
import { row, rows } from '@kvartal/platform';
import type { PersonKind } from '../auth.enums';

type Db = Pick<DataSource, 'query'>;

/** What a live session says, as it is remembered: plain JSON. */
export interface KnownSession {
  sessionId: string;
  userId: string;
  portalId: string;
  kind: PersonKind;
  memberships: readonly { organizationId: string; role: string }[];
  /** Milliseconds of the epoch. */
  expiresAt: number;
}

/** Finds a live session, notes that it was seen and puts its end off. Once a minute at most: then it is remembered. */
export async function touchSession(
  db: Db,
  { hash, audience, now }: { hash: Buffer; audience: string; now: Date },
): Promise<KnownSession | undefined> {
  const found = await row<Omit<KnownSession, 'expiresAt'> & { expiresAt: Date }>(
    db,
    `with seen as (
       update session s set seen_at = $3, expires_at = least(
           $3::timestamptz + case when s.remembered then interval '30 days' else interval '12 hours' end,
           s.created_at + case when s.remembered then interval '180 days' else interval '7 days' end)
       from portal_user u
       where s.token_hash = $1 and s.audience = $2 and s.ended_at is null and s.expires_at > $3
         and u.id = s.user_id and u.state = 'ACTIVE'
       returning s.id as "sessionId", u.id as "userId", u.portal_id as "portalId", u.kind, s.expires_at as "expiresAt")
     select seen.*, coalesce((
         select json_agg(json_build_object('organizationId', m.organization_id::text, 'role', m.role) order by m.organization_id)
         from membership m where m.user_id = seen."userId"), '[]') as memberships
     from seen`,
    [hash, audience, now],
  );
  return found && { ...found, expiresAt: found.expiresAt.getTime() };
}

export interface SessionRow {
  id: string;
  createdAt: Date;
  seenAt: Date;
  userAgent: string;
  remembered: boolean;
}

export function liveSessions(db: Db, userId: string, now: Date): Promise<SessionRow[]> {
  return rows<SessionRow>(
    db,
    `select id, created_at as "createdAt", seen_at as "seenAt", coalesce(user_agent, '') as "userAgent", remembered
     from session where user_id = $1 and ended_at is null and expires_at > $2 order by seen_at desc, id desc`,
    [userId, now],
  );
}
