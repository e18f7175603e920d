import { Injectable } from '@nestjs/common';
import { Clock, type Tx, row } from '@kvartal/platform';
import { hashOf, newToken } from '../tokens';

export type LinkPurpose = 'REGISTRATION' | 'RECOVERY';

export interface MintedLink {
  /** Goes into the letter and nowhere else. */
  token: string;
  email: string;
  expiresAt: Date;
}

/**
 * Links that letters carry: 128 random bits, kept as a hash, used once. A registration's lives as long as the pending
 * registration (48 hours), a recovery's 24 hours.
 */
@Injectable()
export class Confirmations {
  constructor(private readonly clock: Clock) {}

  /** The moment by which links are made and judged. */
  now(): Promise<Date> {
    return this.clock.now();
  }

  /**
   * Makes a link for a person, in the moment of sending it: what waits in a queue holds no secret. Undefined where there
   * is nothing left to confirm, or nobody to recover.
   */
  async mint(tx: Tx, userId: string, purpose: LinkPurpose): Promise<MintedLink | undefined> {
    const { text, hash } = newToken(128);
    const made = await row<Omit<MintedLink, 'token'>>(
      tx,
      `insert into confirmation (user_id, purpose, token_hash, email, expires_at, created_at)
       select id, $2, $3, email, case $2 when 'RECOVERY' then $4::timestamptz + interval '24 hours' else expires_at end, $4
       from portal_user where id = $1 and email is not null
         and case $2 when 'RECOVERY' then state = 'ACTIVE' else state = 'PENDING' and expires_at > $4 end
       returning email, expires_at as "expiresAt"`,
      [userId, purpose, hash, await this.clock.now()],
    );
    return made && { ...made, token: text };
  }

  /** Uses a link up and says whose it was; undefined where it is none of ours, was used, or has expired. */
  async use(tx: Tx, token: string, purpose: LinkPurpose): Promise<string | undefined> {
    const used = await row<{ userId: string }>(
      tx,
      `with used as (
         update confirmation set used_at = $3
         where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3 returning user_id)
       select user_id as "userId" from used`,
      [hashOf(token), purpose, await this.clock.now()],
    );
    return used?.userId;
  }
}
