import { Args, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import type { Month } from '@kvartal/domain';
import { MonthScalar, type Refused, orRefused } from '@kvartal/platform';
import { type Explained, ExplainedResult } from './explaining.types';
import { Explanations } from './explanations.service';

/** How an account was charged, to whoever may see the account: residents, staff and keys alike. */
@Resolver(() => Account)
export class AccountExplainingFields {
  constructor(private readonly explanations: Explanations) {}

  @ResolveField(() => ExplainedResult, {
    description:
      'How the lines of a closed month were charged. Refused with PERIOD_NOT_CLOSED, and with EXPLANATION_DIFFERS where ' +
      'the stored lines could not be computed again.',
  })
  explained(
    @Parent() { organizationId, id }: Account,
    @Args('month', { type: () => MonthScalar, description: 'The month.' }) month: Month,
    @Args('serviceId', { type: () => ID, nullable: true, description: 'Only lines of this service.' })
    serviceId?: string | null,
    @Args('supplierId', { type: () => ID, nullable: true, description: 'Only lines of this supplier.' })
    supplierId?: string | null,
  ): Promise<Explained | Refused> {
    return orRefused(
      this.explanations.ofMonth({ organizationId, accountId: id }, month, { serviceId, supplierId }),
    );
  }
}
