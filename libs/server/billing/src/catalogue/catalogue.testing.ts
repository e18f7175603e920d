import { type RefusalDetail, type Permission, type Staff, Refusal, row } from '@kvartal/platform';
import type { DataSource } from 'typeorm';

/** Somebody with rights in organisations of the town. */
export async function staffWith(
  owner: DataSource,
  portalId: string,
  permissions: readonly Permission[],
  organizationIds: readonly string[],
): Promise<Staff> {
  const user = await row<{ id: string }>(
    owner,
    `insert into portal_user (portal_id, kind, login, password_hash, state)
     values ($1, 'STAFF', gen_random_uuid()::text, 'x', 'ACTIVE') returning id`,
    [portalId],
  );
  return {
    kind: 'staff',
    portalId,
    userId: user?.id ?? '',
    sessionId: '1',
    ip: '10.0.0.1',
    userAgent: '',
    requestId: 'spec',
    memberships: organizationIds.map((organizationId) => ({ organizationId, role: 'OWNER', permissions })),
  };
}

/** What was refused, as `CODE at path`; fails where nothing was. */
export async function refused(work: Promise<unknown>): Promise<string[]> {
  const failure = await work.then(
    () => new Error('It was not refused'),
    (reason: unknown) => reason,
  );
  if (!(failure instanceof Refusal)) throw failure;
  return failure.refusals.map(({ code, path = [] }: RefusalDetail) =>
    path.length ? `${code} at ${path.join('.')}` : code,
  );
}
