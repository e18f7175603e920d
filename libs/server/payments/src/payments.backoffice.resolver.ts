import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { For, Needs, PageInput, requireIds } from '@kvartal/platform';
import { PaymentsQueries } from './payments.queries';
import { PaymentPage } from './payments.types';

/** What staff may ask of payments. */
@For('staff')
@Resolver()
export class PaymentsBackofficeResolver {
  constructor(@Inject(PaymentsQueries) private readonly queries: PaymentsQueries) {}

  @Needs('PAYMENT_READ')
  @Query(() => PaymentPage, {
    description: 'staff PAYMENT_READ. All payments of an organisation, newest first.',
  })
  payments(
    @Args('organizationId', { type: () => ID, description: 'Whose books.' }) organizationId: string,
    @Args('page', { type: () => PageInput, nullable: true, description: 'Which page.' }) page?: PageInput,
  ): Promise<PaymentPage> {
    requireIds(organizationId);
    return this.queries.ofOrganization(organizationId, page);
  }
}
