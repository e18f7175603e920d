import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import type { CivilDate } from '@kvartal/domain';
import { CivilDateScalar, CurrentViewer, type Viewer } from '@kvartal/platform';
import { HistoryQueries } from './history.queries';
import { AccountAsOf } from './history.types';

/** An account on past days, to whoever may see the account. */
@Resolver(() => Account)
export class AccountHistoryFields {
  constructor(private readonly history: HistoryQueries) {}

  @ResolveField(() => AccountAsOf, {
    nullable: true,
    description:
      'The account as of the end of a day, by what was known then. Null for a day that has not come.',
  })
  asOf(
    @Parent() { organizationId, id }: Account,
    @Args('on', { type: () => CivilDateScalar, description: 'The day.' }) on: CivilDate,
  ): Promise<AccountAsOf | null> {
    return this.history.asOf({ organizationId, accountId: id }, on);
  }
}

/** Whose the account was: an earlier holder is told to staff only. */
@Resolver(() => AccountAsOf)
export class AccountAsOfFields {
  @ResolveField(() => String, {
    nullable: true,
    description: 'Whose it was on the day; only staff are told.',
  })
  holder(@Parent() { holder }: AccountAsOf, @CurrentViewer() viewer: Viewer): string | null {
    return viewer.kind === 'staff' ? holder : null;
  }
}
