import { randomInt, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  Clock,
  type KeyScope,
  NotFound,
  Refusal,
  type RefusalDetail,
  type Staff,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
} from '@kvartal/platform';
import { Remembered } from '../remembered';
import { hashOf, newToken } from '../tokens';
import type { ApiKey, CreateApiKeyInput, CreatedApiKey } from './keys.types';

/** What a working key opens, as it is remembered. */
export interface KnownKey {
  keyId: string;
  organizationId: string;
  scopes: readonly KeyScope[];
  /** A portal of the organisation, or null where it has none. */
  portalId: string | null;
}

const WHOLE_KEY = /^kv_([a-z0-9]{8})_([\w-]{43})$/;
const PREFIX_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LONGEST_NAME = 60;
const COLUMNS = `id, name, prefix, scopes, created_at as "createdAt", revoked_at as "revokedAt"`;

const newPrefix = (): string =>
  Array.from({ length: 8 }, () => PREFIX_LETTERS[randomInt(PREFIX_LETTERS.length)]).join('');
const keyOf = (prefix: string): string => `api-key:${prefix}`;

/** Keys of machines: 256 random bits, kept as a hash, shown once, revocable at once. */
@Injectable()
export class KeysService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly remembered: Remembered,
  ) {}

  /** What this key opens; undefined where it is none of ours or was revoked. */
  async find(whole: string): Promise<KnownKey | undefined> {
    const [, prefix, secret] = WHOLE_KEY.exec(whole) ?? [];
    if (!prefix || !secret) return undefined;
    const kept = await this.remembered.recall(keyOf(prefix), () => this.read(prefix));
    if (!kept || !timingSafeEqual(hashOf(secret), Buffer.from(kept.secretHash, 'hex'))) return undefined;
    const { secretHash: _, ...known } = kept;
    return known;
  }

  list(organizationId: string): Promise<ApiKey[]> {
    return rows<ApiKey>(
      this.db,
      `select ${COLUMNS} from api_key where organization_id = $1 order by id desc`,
      [organizationId],
    );
  }

  /** Refuses REQUIRED and TOO_LONG at `name`, KEY_SCOPE where no scope is named. */
  async create(viewer: Staff, { organizationId, name, scopes }: CreateApiKeyInput): Promise<CreatedApiKey> {
    refuseUnless(name.trim(), scopes);
    const prefix = newPrefix();
    const secret = newToken(256);
    const now = await this.clock.now();
    const key = await inTransaction(this.db, async (tx) => {
      const made = await row<ApiKey>(
        tx,
        `insert into api_key (organization_id, name, prefix, secret_hash, scopes, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
        [organizationId, name.trim(), prefix, secret.hash, [...new Set(scopes)], viewer.userId, now],
      );
      if (!made) throw new Error('No key was made');
      const details = { scopes: made.scopes.join(' ') };
      await audit(tx, viewer, {
        at: now,
        action: 'key.create',
        organizationId,
        objectKind: 'api_key',
        objectId: made.id,
        details,
      });
      return made;
    });
    return { key, secret: `kv_${prefix}_${secret.text}` };
  }

  /** Ends a key at once. A second time changes nothing; NotFound where the organisation has no such key. */
  async revoke(viewer: Staff, organizationId: string, id: string): Promise<void> {
    requireIds(organizationId, id);
    await inTransaction(this.db, async (tx) => {
      const key = await row<{ prefix: string; revokedAt: Date | null }>(
        tx,
        `select prefix, revoked_at as "revokedAt" from api_key where organization_id = $1 and id = $2 for update`,
        [organizationId, id],
      );
      if (!key) throw new NotFound();
      if (key.revokedAt) return;
      const at = await this.clock.now();
      await rows(tx, 'update api_key set revoked_at = $3 where organization_id = $1 and id = $2', [
        organizationId,
        id,
        at,
      ]);
      const what = { action: 'key.revoke', organizationId, objectKind: 'api_key', objectId: id };
      await audit(tx, viewer, { at, ...what });
      await this.remembered.forget([keyOf(key.prefix)]);
    });
  }

  private read(prefix: string): Promise<(KnownKey & { secretHash: string }) | undefined> {
    return row(
      this.db,
      `select k.id as "keyId", k.organization_id as "organizationId", k.scopes, encode(k.secret_hash, 'hex') as "secretHash",
         (select min(portal_id) from portal_organization po where po.organization_id = k.organization_id) as "portalId"
       from api_key k where k.prefix = $1 and k.revoked_at is null`,
      [prefix],
    );
  }
}

function refuseUnless(name: string, scopes: readonly KeyScope[]): void {
  const refusals: RefusalDetail[] = [];
  const length = [...name].length;
  if (!length) refusals.push({ code: 'REQUIRED', path: ['name'] });
  if (length > LONGEST_NAME)
    refusals.push({ code: 'TOO_LONG', path: ['name'], params: { max: LONGEST_NAME, length } });
  if (!scopes.length) refusals.push({ code: 'KEY_SCOPE', path: ['scopes'] });
  if (refusals.length) throw new Refusal(refusals);
}
