import { Inject, Injectable } from '@nestjs/common';
import { NotFound, type Resident, isId, requireIds, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';

export interface AccountScope {
  organizationId: string;
  accountId: string;
}

/** Which accounts a resident may see: those that are linked to this person, and no other. */
@Injectable()
export class AccountAccess {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Throws NotFound unless the account is linked to this person: a foreign and a missing one look the same. */
  async require(viewer: Resident, organizationId: string, accountId: string): Promise<void> {
    requireIds(organizationId, accountId);
    if (!(await this.isLinked(viewer, organizationId, accountId))) throw new NotFound();
  }

  /** Whether the account is linked to this person now. */
  async isLinked(viewer: Resident, organizationId: string, accountId: string): Promise<boolean> {
    if (!isId(organizationId) || !isId(accountId)) return false;
    const link = await row<{ id: string }>(
      this.db,
      `select id from account_link
       where user_id = $1 and organization_id = $2 and account_id = $3 and ended_at is null`,
      [viewer.userId, organizationId, accountId],
    );
    return link !== undefined;
  }

  /** All accounts of this person, in the order in which they were linked. */
  async scopeOf(viewer: Resident): Promise<AccountScope[]> {
    return rows<AccountScope>(
      this.db,
      `select organization_id as "organizationId", account_id as "accountId" from account_link
       where user_id = $1 and ended_at is null order by id`,
      [viewer.userId],
    );
  }
}
