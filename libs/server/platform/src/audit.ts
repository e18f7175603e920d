import { rows, type Tx } from './transaction';
import type { Viewer } from './viewer';

const ACTORS = { nobody: 'NOBODY', resident: 'RESIDENT', staff: 'STAFF', key: 'KEY' } as const;

export interface AuditEntry {
  /** When, by the product's clock. */
  at: Date;
  /** A verb of the trade in lower case: `account.link`, `closing.commit`. */
  action: string;
  organizationId?: string;
  objectKind?: string;
  objectId?: string;
  /** Ids and codes; never a password, a token or somebody's name. */
  details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes down who did what, in the transaction that did it. */
export async function audit(
  tx: Pick<Tx, 'query'>,
  viewer: Viewer | 'system',
  entry: AuditEntry,
): Promise<void> {
  const who = viewer === 'system' ? undefined : viewer;
  const actorId =
    who?.kind === 'resident' || who?.kind === 'staff' ? who.userId : who?.kind === 'key' ? who.keyId : null;
  await rows(
    tx,
    `insert into audit_event (organization_id, actor, actor_id, action, object_kind, object_id, details, ip, request_id,
       created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      entry.organizationId ?? null,
      who ? ACTORS[who.kind] : 'SYSTEM',
      actorId,
      entry.action,
      entry.objectKind ?? '',
      entry.objectId ?? null,
      entry.details ?? {},
      who?.ip || null,
      who?.requestId ?? null,
      entry.at,
    ],
  );
}
