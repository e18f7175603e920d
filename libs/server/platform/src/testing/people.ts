import type { DataSource } from 'typeorm';
import { row } from '../transaction';
import type { Machine, Resident, Staff } from '../viewer';

type Db = Pick<DataSource, 'query'>;

/** A resident of a portal who has signed in, from an address of their own. */
export async function aResident(owner: Db, portalId: string, login: string): Promise<Resident> {
  const added = await row<{ id: string }>(
    owner,
    `insert into portal_user (portal_id, kind, login, email, password_hash, state)
     values ($1, 'RESIDENT', $2, $2 || '@example.com', 'x', 'ACTIVE') returning id`,
    [portalId, login],
  );
  if (!added) throw new Error('Nobody was added');
  const ip = `10.0.${Math.trunc(Number(added.id) / 250)}.${(Number(added.id) % 250) + 1}`;
  return {
    kind: 'resident',
    userId: added.id,
    sessionId: '1',
    portalId,
    ip,
    userAgent: '',
    requestId: 'spec',
  };
}

/** Staff of an organisation who may do everything there. */
export async function aColleague(owner: Db, portalId: string, organizationId: string): Promise<Staff> {
  const { userId, ...asking } = await aResident(owner, portalId, `staff-${organizationId}`);
  return {
    ...asking,
    kind: 'staff',
    userId,
    memberships: [{ organizationId, role: 'OWNER', permissions: ['ACCOUNT_READ', 'READING_WRITE'] }],
  };
}

/** Links an account to a resident as staff would. */
export async function linked(
  owner: Db,
  viewer: Resident,
  account: { organizationId: string; accountId: string | undefined },
): Promise<void> {
  await owner.query(
    `insert into account_link (created_at, organization_id, user_id, account_id, proof) values (now(), $1, $2, $3, 'STAFF')`,
    [account.organizationId, viewer.userId, account.accountId],
  );
}

/** A machine with a key of an organisation that may write readings. */
export async function aMachine(owner: Db, portalId: string, organizationId: string): Promise<Machine> {
  const { userId, ip, userAgent, requestId } = await aResident(owner, portalId, `maker-${organizationId}`);
  const key = await row<{ id: string }>(
    owner,
    `insert into api_key (created_at, organization_id, name, prefix, secret_hash, scopes, created_by)
     values (now(), $1, 'spec', 'spec-' || $1::bigint, '\\x00', '{READINGS_WRITE}', $2) returning id`,
    [organizationId, userId],
  );
  if (!key) throw new Error('No key was made');
  return {
    kind: 'key',
    keyId: key.id,
    organizationId,
    scopes: ['READINGS_WRITE'],
    portalId,
    ip,
    userAgent,
    requestId,
  };
}
