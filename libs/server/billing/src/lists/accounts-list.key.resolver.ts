import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, type Machine, Needs } from '@kvartal/platform';
import { AccountsListQueries } from './accounts-list.queries';
import { AccountFeed } from './lists.types';

/** Accounts for other systems: all of the key's organisation, stretch by stretch. */
@For('key')
@Resolver()
export class AccountsListKeyResolver {
  constructor(private readonly queries: AccountsListQueries) {}

  @Needs('ACCOUNTS_READ')
  @Query(() => AccountFeed, {
    description: 'key, ACCOUNTS_READ. Accounts of the key’s organisation by cursor.',
  })
  accountFeed(
    @CurrentViewer() viewer: Machine,
    @Args('first', { type: () => Int, defaultValue: 100, description: 'How many, 1 to 500.' }) first: number,
    @Args('after', { type: () => String, nullable: true, description: '`next` of the stretch before.' })
    after: string | null | undefined,
  ): Promise<AccountFeed> {
    return this.queries.feed(viewer.organizationId, first, after);
  }
}
