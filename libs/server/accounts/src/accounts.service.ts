import { Inject, Injectable } from '@nestjs/common';
import { Clock, NotFound, type Resident, type Staff, audit, requireIds, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { AccountsQueries } from './accounts.queries';
import type { Account, LinkAccountInput, StaffAccount } from './accounts.types';
import { digitsOf, lettersOf } from './link-proof';
import { LinksService } from './links.service';

/** An account as other modules work with it. */
export interface AccountRef {
  organizationId: string;
  accountId: string;
  houseId: string;
  number: string;
}

/** Accounts: whose card may be seen by whom, and which account a number means. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(AccountsQueries) private readonly accounts: AccountsQueries,
    @Inject(LinksService) private readonly links: LinksService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A resident's accounts, in the order in which they were linked. */
  async listOf(viewer: Resident): Promise<Account[]> {
    return this.accounts.listLinked(viewer.userId);
  }

  /** One of a resident's accounts; throws NotFound for any other. */
  async getOf(viewer: Resident, organizationId: string, accountId: string): Promise<Account> {
    requireIds(organizationId, accountId);
    const found = await this.accounts.findLinked(viewer.userId, organizationId, accountId);
    if (!found) throw new NotFound();
    return found;
  }

  /** Links an account and gives its card at once (see LinksService.link for what is refused). */
  async link(viewer: Resident, input: LinkAccountInput): Promise<Account> {
    const { organizationId, accountId } = await this.links.link(viewer, input);
    return this.getOf(viewer, organizationId, accountId);
  }

  /** An account of the organisation as its staff see it; that it was looked at is written down (domain part K). */
  async getForStaff(viewer: Staff, organizationId: string, accountId: string): Promise<StaffAccount> {
    requireIds(organizationId, accountId);
    const account = await this.accounts.find(organizationId, accountId);
    if (!account) throw new NotFound();
    await audit(this.db, viewer, {
      at: await this.clock.now(),
      action: 'account.view',
      organizationId,
      objectKind: 'account',
      objectId: accountId,
    });
    return { account, links: await this.accounts.listLinks(organizationId, accountId) };
  }

  /**
   * The account of an organisation that a number means: as it is written, or by its digits alone where only one account
   * has them. Undefined where there is none, or more than one.
   */
  async ofNumber(organizationId: string, number: string): Promise<AccountRef | undefined> {
    const digits = digitsOf(number);
    if (!digits) return undefined;
    const found = await rows<AccountRef>(
      this.db,
      `select organization_id as "organizationId", id as "accountId", house_id as "houseId", number
       from account where organization_id = $1 and number_digits = $2 limit 50`,
      [organizationId, digits],
    );
    const letters = lettersOf(number);
    const exact = found.filter((account) => lettersOf(account.number) === letters);
    const candidates = exact.length
      ? exact
      : found.filter((account) => !letters || !lettersOf(account.number));
    return candidates.length === 1 ? candidates[0] : undefined;
  }
}
