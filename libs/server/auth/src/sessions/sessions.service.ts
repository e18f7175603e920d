import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, type Tx, rows } from '@kvartal/platform';
import { Remembered } from '../remembered';
import { hashOf, newToken } from '../tokens';
import type { App } from '../viewers/arrival';
import { type KnownSession, liveSessions, type SessionRow, touchSession } from './sessions.queries';

/** Whose cookie an app reads. */
const AUDIENCES: Readonly<Record<App, 'RESIDENT' | 'STAFF'>> = { cabinet: 'RESIDENT', backoffice: 'STAFF' };

export interface NewSession {
  userId: string;
  /** What was just verified: where it changed meanwhile, nobody is let in. */
  passwordHash: string;
  app: App;
  remembered: boolean;
  ip: string;
  userAgent: string;
}

const keyOf = (hash: string): string => `session:${hash}`;

/**
 * Who is signed in, and for how long: 12 hours after the last request and at most 7 days, or 30 days and at most 180
 * where the person wanted to be remembered. Tokens are kept as hashes.
 */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly remembered: Remembered,
  ) {}

  /** The live session of a token in this app. What it says may be up to a minute old; that it lives is not. */
  async find(token: string, app: App): Promise<KnownSession | undefined> {
    const hash = hashOf(token);
    const now = await this.clock.now();
    const session = await this.remembered.recall<KnownSession>(
      keyOf(`${AUDIENCES[app]}:${hash.toString('hex')}`),
      () => touchSession(this.db, { hash, audience: AUDIENCES[app], now }),
    );
    return session && session.expiresAt > now.getTime() ? session : undefined;
  }

  /**
   * Begins a session and returns its token; undefined where the password changed or the person may no longer enter. The
   * person's row is held, so that a password that is being changed is waited for: whoever changes it ends this session too.
   */
  async begin(tx: Tx, session: NewSession): Promise<string | undefined> {
    const { text, hash } = newToken(256);
    const { userId, passwordHash, app, remembered, ip, userAgent } = session;
    const begun = await rows<{ id: string }>(
      tx,
      `insert into session (user_id, token_hash, audience, remembered, ip, user_agent, created_at, seen_at, expires_at)
       select id, $2, $3, $4, $5, $6, $7, $7, $7::timestamptz + case when $4 then interval '30 days' else interval '12 hours' end
       from (select id from portal_user where id = $1 and state = 'ACTIVE' and password_hash = $8 for share) u
       returning id`,
      [
        userId,
        hash,
        AUDIENCES[app],
        remembered,
        ip || null,
        userAgent || null,
        await this.clock.now(),
        passwordHash,
      ],
    );
    return begun.length ? text : undefined;
  }

  /** Ends one session of a person, or all of them where none is named. Holds for every process before the commit. */
  async end(tx: Tx, userId: string, sessionId?: string): Promise<void> {
    const ended = await rows<{ hash: string; audience: string }>(
      tx,
      `with ended as (
         update session set ended_at = $3
         where user_id = $1 and ended_at is null and ($2::bigint is null or id = $2) returning token_hash, audience)
       select encode(token_hash, 'hex') as hash, audience from ended`,
      [userId, sessionId ?? null, await this.clock.now()],
    );
    await this.remembered.forget(ended.map(({ hash, audience }) => keyOf(`${audience}:${hash}`)));
  }

  /** The live sessions of a person, the latest first. */
  async list(userId: string): Promise<SessionRow[]> {
    return liveSessions(this.db, userId, await this.clock.now());
  }
}
