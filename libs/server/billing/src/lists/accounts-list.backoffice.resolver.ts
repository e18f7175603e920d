import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { For, Needs, PageInput } from '@kvartal/platform';
import { AccountsListQueries } from './accounts-list.queries';
import { AccountFilterInput, AccountPage } from './lists.types';

/** Accounts with their balances, as staff search them. */
@For('staff')
@Resolver()
export class AccountsListBackofficeResolver {
  constructor(private readonly queries: AccountsListQueries) {}

  @Needs('ACCOUNT_READ')
  @Query(() => AccountPage, { description: 'staff, ACCOUNT_READ. Accounts of the organisation, by number.' })
  accounts(
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('filter', { type: () => AccountFilterInput, nullable: true, description: 'Which; all otherwise.' })
    filter: AccountFilterInput | undefined,
    @Args('page', {
      type: () => PageInput,
      nullable: true,
      description: 'Which page; the first 25 otherwise.',
    })
    page?: PageInput,
  ): Promise<AccountPage> {
    return this.queries.page(organizationId, filter, page);
  }
}
