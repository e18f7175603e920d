import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, type Staff } from '@kvartal/platform';
import { ClosingQueries } from '../closing/closing.queries';
import { Closing, ClosingResult } from '../closing/closing.types';
import { ClosingDifferences } from './closing-differences';
import { type Explained, ExplainedResult } from './explaining.types';
import { Explanations } from './explanations.service';

/** What staff ask about lines that nobody else sees yet. */
@For('staff')
@Resolver()
export class ExplainingBackofficeResolver {
  constructor(
    private readonly explanations: Explanations,
    private readonly differences: ClosingDifferences,
    private readonly queries: ClosingQueries,
  ) {}

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

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description:
      'staff, PERIOD_CLOSE. Has the worker find out why a closing under review charges another sum than the month before: ' +
      '`Closing.difference`. What is computed again later is explained again.',
  })
  async explainClosing(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('id', { type: () => ID, description: 'The closing.' }) closingId: string,
  ): Promise<Closing> {
    await this.differences.ask(viewer, { organizationId, closingId });
    return this.queries.get({ organizationId, closingId });
  }
}
