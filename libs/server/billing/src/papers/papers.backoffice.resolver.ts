import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, type Staff, requireIds } from '@kvartal/platform';
import { PapersQueries } from './papers.queries';
import { Papers } from './papers.service';
import { AccountPapers, AccountPapersResult, ActInput, BenefitInput, EndPaperInput } from './papers.types';

/** What staff see and enter of single accounts: acts and benefits. */
@For('staff')
@Resolver()
export class PapersBackofficeResolver {
  constructor(
    @Inject(Papers) private readonly acts: Papers,
    @Inject(PapersQueries) private readonly queries: PapersQueries,
  ) {}

  @Needs('ACCOUNT_READ')
  @Query(() => AccountPapers, {
    description: 'staff, ACCOUNT_READ. Papers and benefits that an account is charged by.',
  })
  accountPapers(
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('accountId', { type: () => ID, description: 'The account.' }) accountId: string,
  ): Promise<AccountPapers> {
    requireIds(organizationId, accountId);
    return this.queries.of({ organizationId, accountId });
  }

  @Needs('ACCOUNT_WRITE')
  @Mutation(() => AccountPapersResult, {
    description: 'staff, ACCOUNT_WRITE. Enters an act: absence, bad quality, a volume, a coefficient.',
  })
  recordAct(@CurrentViewer() viewer: Staff, @Args('input') input: ActInput): Promise<AccountPapers> {
    return this.acts.recordAct(viewer, input);
  }

  @Needs('ACCOUNT_WRITE')
  @Mutation(() => AccountPapersResult, { description: 'staff, ACCOUNT_WRITE. Enters a benefit.' })
  recordBenefit(@CurrentViewer() viewer: Staff, @Args('input') input: BenefitInput): Promise<AccountPapers> {
    return this.acts.recordBenefit(viewer, input);
  }

  @Needs('ACCOUNT_WRITE')
  @Mutation(() => AccountPapersResult, {
    description: 'staff, ACCOUNT_WRITE. Ends an act with a day, or withdraws it.',
  })
  endAct(@CurrentViewer() viewer: Staff, @Args('input') input: EndPaperInput): Promise<AccountPapers> {
    return this.acts.end(viewer, 'act', input);
  }

  @Needs('ACCOUNT_WRITE')
  @Mutation(() => AccountPapersResult, {
    description: 'staff, ACCOUNT_WRITE. Ends a benefit with a day, or withdraws it.',
  })
  endBenefit(@CurrentViewer() viewer: Staff, @Args('input') input: EndPaperInput): Promise<AccountPapers> {
    return this.acts.end(viewer, 'benefit', input);
  }
}
