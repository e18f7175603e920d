import { type Tx, type Viewer, row, rows } from '@kvartal/platform';
import { type ConsentKind, proofOf } from '../texts/legal-text';

export interface NewPerson {
  portalId: string;
  login: string;
  email: string;
  passwordHash: string;
  now: Date;
  expiresAt: Date;
}

/**
 * Drops registrations that stand in the way and hold nothing: expired ones of this login or address, and an unconfirmed
 * one of this address, which proves nothing yet; its links die with it.
 */
export async function clearTheWay(tx: Tx, { portalId, login, email, now }: NewPerson): Promise<void> {
  await rows(
    tx,
    `delete from portal_user where portal_id = $1 and state = 'PENDING'
       and (lower(email) = lower($3) or (lower(login) = lower($2) and expires_at <= $4))`,
    [portalId, login, email, now],
  );
}

/** Adds a person who has yet to confirm; undefined where login or address has an owner. Waits for a twin request. */
export async function addPending(tx: Tx, person: NewPerson): Promise<string | undefined> {
  const { portalId, login, email, passwordHash, now, expiresAt } = person;
  const added = await row<{ id: string }>(
    tx,
    `insert into portal_user (portal_id, kind, login, email, password_hash, state, locale, expires_at, created_at)
     select id, 'RESIDENT', $2, $3, $4, 'PENDING', locale, $5, $6 from portal where id = $1
     on conflict do nothing returning id`,
    [portalId, login, email, passwordHash, expiresAt, now],
  );
  return added?.id;
}

/** Who owns this login or address on the portal. */
export async function ownersOf(
  tx: Tx,
  { portalId, login, email }: NewPerson,
): Promise<{ id: string; state: string; hasLogin: boolean }[]> {
  return rows(
    tx,
    `select id, state, lower(login) = lower($2) as "hasLogin" from portal_user
     where portal_id = $1 and (lower(login) = lower($2) or lower(email) = lower($3))`,
    [portalId, login, email],
  );
}

/** Keeps which text was agreed to, by its version and its hash, when and from where. */
export async function keepConsent(
  tx: Tx,
  userId: string,
  kind: ConsentKind,
  given: { viewer: Viewer; now: Date },
) {
  const { version, sha256 } = proofOf(kind);
  await rows(
    tx,
    `insert into consent (user_id, kind, text_version, text_sha256, ip, user_agent, given_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [userId, kind, version, sha256, given.viewer.ip || null, given.viewer.userAgent, given.now],
  );
}

/** Makes a pending person active; the login, or undefined where there was none to confirm. */
export async function activate(tx: Tx, userId: string): Promise<string | undefined> {
  const active = await row<{ login: string }>(
    tx,
    `with active as (
       update portal_user set state = 'ACTIVE', expires_at = null where id = $1 and state = 'PENDING' returning login)
     select login from active`,
    [userId],
  );
  return active?.login;
}

/** Drops the registration whose link has expired, so that its login is free at once. */
export async function dropExpired(tx: Tx, tokenHash: Buffer, now: Date): Promise<void> {
  await rows(
    tx,
    `delete from portal_user u using confirmation c
     where c.token_hash = $1 and c.purpose = 'REGISTRATION' and c.user_id = u.id
       and u.state = 'PENDING' and u.expires_at <= $2`,
    [tokenHash, now],
  );
}
