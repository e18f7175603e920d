import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Month } from '@kvartal/domain';
import { CurrentViewer, For, MonthScalar, Needs, type Staff, fileUrl, requireIds } from '@kvartal/platform';
import { draftBillUrl } from '../bills/bills.queries';
import { StatementsQueries } from '../statements/statements.queries';
import { Statement } from '../statements/statements.types';
import { ClosingChecklists } from './closing.checklist';
import { ClosingQueries } from './closing.queries';
import { Closing, ClosingChecklist, ClosingResult, Period } from './closing.types';
import { Closings } from './closings.service';

const ORGANIZATION = { type: () => ID, description: 'The organisation.' };
const CLOSING = { type: () => ID, description: 'The closing.' };
const MONTH = { type: () => MonthScalar, description: 'The month.' };

/** How staff close a month: checklist, computation, review, commit. */
@For('staff')
@Resolver()
export class ClosingsBackofficeResolver {
  constructor(
    private readonly closings: Closings,
    private readonly queries: ClosingQueries,
    private readonly checklists: ClosingChecklists,
    private readonly statements: StatementsQueries,
  ) {}

  @Needs('ACCOUNT_READ')
  @Query(() => [Period], { description: 'staff, ACCOUNT_READ. The months of the books, newest first.' })
  periods(@Args('organizationId', ORGANIZATION) organizationId: string): Promise<Period[]> {
    requireIds(organizationId);
    return this.queries.listPeriods(organizationId);
  }

  @Needs('PERIOD_CLOSE')
  @Query(() => ClosingChecklist, {
    description: 'staff, PERIOD_CLOSE. What a month needs before it is closed.',
  })
  closingChecklist(
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('month', MONTH) month: Month,
  ): Promise<ClosingChecklist> {
    return this.checklists.of(organizationId, month);
  }

  @Needs('PERIOD_CLOSE')
  @Query(() => Closing, { description: 'staff, PERIOD_CLOSE. One computation of a month.' })
  closing(
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', CLOSING) closingId: string,
  ): Promise<Closing> {
    return this.queries.get({ organizationId, closingId });
  }

  @Needs('PERIOD_CLOSE')
  @Query(() => Statement, {
    description: 'staff, PERIOD_CLOSE. An account’s statement in a closing under review.',
  })
  async closingStatement(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('closingId', CLOSING) closingId: string,
    @Args('accountId', { type: () => ID, description: 'The account.' }) accountId: string,
  ): Promise<Statement> {
    const { month, state } = await this.queries.getAlive({ organizationId, closingId });
    const statement = await this.statements.preview({ organizationId, closingId, accountId, month });
    if (state === 'COMMITTED' || statement.lines.length === 0) return statement;
    return { ...statement, draftUrl: fileUrl(viewer, draftBillUrl(organizationId, closingId, accountId)) };
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description: 'staff, PERIOD_CLOSE. Cuts the month off and has it computed by the worker.',
  })
  async startClosing(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('month', MONTH) month: Month,
    @Args('anyway', {
      type: () => Boolean,
      nullable: true,
      description: 'Whether to compute in spite of missing tariffs: their houses are parked, not charged.',
    })
    anyway?: boolean,
  ): Promise<Closing> {
    return this.queries.get(await this.closings.start(viewer, organizationId, month, anyway ?? false));
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description: 'staff, PERIOD_CLOSE. Computes again the houses that changed or failed.',
  })
  async recomputeClosing(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', CLOSING) closingId: string,
  ): Promise<Closing> {
    await this.closings.recompute(viewer, { organizationId, closingId });
    return this.queries.get({ organizationId, closingId });
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description: 'staff, PERIOD_CLOSE. Throws the computation away; the month waits to be started again.',
  })
  async discardClosing(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', CLOSING) closingId: string,
  ): Promise<Closing> {
    await this.closings.discard(viewer, { organizationId, closingId });
    return this.queries.get({ organizationId, closingId });
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description:
      'staff, PERIOD_CLOSE. Closes the month with what was reviewed: nothing of it can be changed after.',
  })
  async commitClosing(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', CLOSING) closingId: string,
    @Args('digest', { description: 'The fingerprint that was shown.' }) digest: string,
  ): Promise<Closing> {
    await this.closings.commit(viewer, { organizationId, closingId }, digest);
    return this.queries.get({ organizationId, closingId });
  }
}
