import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, PageInput, type Staff, requireIds } from '@kvartal/platform';
import { PaymentsQueries } from './payments.queries';
import { Payment, PaymentPage, ReversePaymentInput, ReversePaymentResult } from './payments.types';
import { Reversals } from './reversals.service';

/** What staff may ask of payments. */
@For('staff')
@Resolver()
export class PaymentsBackofficeResolver {
  constructor(
    @Inject(PaymentsQueries) private readonly queries: PaymentsQueries,
    @Inject(Reversals) private readonly reversals: Reversals,
  ) {}

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

  @Needs('PAYMENT_WRITE')
  @Mutation(() => ReversePaymentResult, {
    description:
      'staff, PAYMENT_WRITE. Takes a payment off the balance as it had come, in the open month; the payer is written to.',
  })
  reversePayment(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'Which, and why.' }) input: ReversePaymentInput,
  ): Promise<Payment> {
    return this.reversals.reverse(viewer, input);
  }
}
