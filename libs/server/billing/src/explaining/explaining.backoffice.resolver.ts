import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { For, Needs } from '@kvartal/platform';
import { type Explained, ExplainedResult } from './explaining.types';
import { Explanations } from './explanations.service';

/** What staff ask about lines that nobody else sees yet. */
@For('staff')
@Resolver()
export class ExplainingBackofficeResolver {
  constructor(private readonly explanations: Explanations) {}

  @Needs('PERIOD_CLOSE')
  @Query(() => ExplainedResult, {
    description:
      'staff, PERIOD_CLOSE. How lines of a closing under review were charged; refused with EXPLANATION_DIFFERS where the ' +
      'house has changed since it was computed.',
  })
  closingExplained(
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('closingId', { type: () => ID, description: 'The closing.' }) closingId: string,
    @Args('accountId', { type: () => ID, description: 'The account.' }) accountId: string,
    @Args('serviceId', { type: () => ID, nullable: true, description: 'Only lines of this service.' })
    serviceId?: string | null,
  ): Promise<Explained> {
    return this.explanations.ofClosing({ organizationId, accountId }, closingId, { serviceId });
  }
}
