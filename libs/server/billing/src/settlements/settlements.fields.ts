import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import type { CivilDate, Month } from '@kvartal/domain';
import { CivilDateScalar, CurrentViewer, MonthScalar, type Viewer } from '@kvartal/platform';
import { Breakdown, Reconciliation } from './settlements.types';
import { Breakdowns } from './breakdowns.service';
import { Reconciliations } from './reconciliations.service';

/** Documents of an account's settlements, to residents and staff alike: whoever has the account may see them. */
@Resolver(() => Account)
export class SettlementsFields {
  constructor(
    private readonly reconciliations: Reconciliations,
    private readonly breakdowns: Breakdowns,
  ) {}

  @ResolveField(() => Reconciliation, {
    description: 'Settlements over some days, both ends among them, whichever of the two is named first.',
  })
  reconciliation(
    @CurrentViewer() viewer: Viewer,
    @Parent() { organizationId, id }: Account,
    @Args('from', { type: () => CivilDateScalar, description: 'The first day.' }) from: CivilDate,
    @Args('to', { type: () => CivilDateScalar, description: 'The last day.' }) to: CivilDate,
  ): Promise<Reconciliation> {
    const days = from <= to ? { from, to } : { from: to, to: from };
    return this.reconciliations.get(viewer, { organizationId, accountId: id }, days);
  }

  @ResolveField(() => Breakdown, {
    nullable: true,
    description:
      'What the holder was charged in a month: a legal entity for all accounts that it holds and the viewer has, with tax. Null where no month is closed.',
  })
  breakdown(
    @CurrentViewer() viewer: Viewer,
    @Parent() { organizationId, id }: Account,
    @Args('month', {
      type: () => MonthScalar,
      nullable: true,
      description: 'The month; the newest closed one where left out.',
    })
    month: Month | null = null,
  ): Promise<Breakdown | null> {
    return this.breakdowns.get(viewer, { organizationId, accountId: id }, month);
  }
}
