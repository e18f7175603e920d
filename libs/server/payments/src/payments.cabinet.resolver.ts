import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import { Me } from '@kvartal/auth';
import { CurrentViewer, For, PageInput, type Resident } from '@kvartal/platform';
import { ReturnPage } from './return-page.service';
import { PaymentsQueries } from './payments.queries';
import { PaymentsService } from './payments.service';
import {
  Payment,
  PaymentPage,
  PaymentStarted,
  StartPaymentInput,
  StartPaymentResult,
} from './payments.types';

/** What a resident may ask of payments. */
@For('resident')
@Resolver(() => Me)
export class PaymentsCabinetResolver {
  constructor(
    @Inject(PaymentsService) private readonly service: PaymentsService,
    @Inject(ReturnPage) private readonly returnPage: ReturnPage,
  ) {}

  @Mutation(() => StartPaymentResult, {
    description: 'resident. Registers an order at the bank; the person pays on the bank’s own page.',
  })
  startPayment(
    @CurrentViewer() viewer: Resident,
    @Args('input', { description: 'What is to be paid.' }) input: StartPaymentInput,
  ): Promise<PaymentStarted> {
    return this.service.start(viewer, input);
  }

  @ResolveField(() => Payment, {
    description:
      'My order by its number, asked after at the bank where it is still open; NOT_FOUND for any other.',
  })
  payment(
    @CurrentViewer() viewer: Resident,
    @Args('orderNumber', { description: 'The number that startPayment answered.' }) orderNumber: string,
  ): Promise<Payment> {
    return this.returnPage.show(viewer, orderNumber);
  }
}

/** Payments of an account, for whoever may see the account. */
@Resolver(() => Account)
export class AccountPaymentsFields {
  constructor(@Inject(PaymentsQueries) private readonly queries: PaymentsQueries) {}

  @ResolveField(() => PaymentPage, { description: 'What was paid, newest first.' })
  payments(
    @Parent() account: Account,
    @Args('page', { type: () => PageInput, nullable: true, description: 'Which page.' }) page?: PageInput,
  ): Promise<PaymentPage> {
    return this.queries.ofAccount(account.organizationId, account.id, page);
  }
}
