import { Args, Field, ID, InputType, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Money, Month } from '@kvartal/domain';
import { CurrentViewer, For, MoneyScalar, MonthScalar, Needs, type Staff } from '@kvartal/platform';
import { type AnomalyKind, AnomalyKindEnum, type DecisionChoice, DecisionChoiceEnum } from '../billing.enums';
import { ClosingDecisions } from './closing.decisions';
import { ClosingQueries } from './closing.queries';
import {
  Closing,
  ClosingBound,
  ClosingBoundResult,
  ClosingResult,
  Period,
  PeriodResult,
} from './closing.types';
import { PeriodReopenings } from './reopening.service';

const ORGANIZATION = { type: () => ID, description: 'The organisation.' };
const CLOSING = { type: () => ID, description: 'The closing.' };
const REASON = { description: 'Why, in plain words: 3 to 500 characters. It is kept.' };

@InputType({ description: 'A charge that looks wrong.' })
export class DecidedLineInput {
  @Field(() => ID, { description: 'The account.' }) accountId!: string;
  @Field(() => ID, { nullable: true, description: 'The service; null where the whole account is meant.' })
  serviceId!: string | null;
}

@InputType({ description: 'What is to become of charges that look wrong.' })
export class DecisionInput {
  @Field(() => AnomalyKindEnum, { description: 'What looks wrong.' }) kind!: AnomalyKind;
  @Field(() => DecisionChoiceEnum, { description: 'What becomes of it.' }) choice!: DecisionChoice;
  @Field(REASON) reason!: string;
  @Field(() => [DecidedLineInput], {
    nullable: true,
    description: 'Which; all of the kind that nobody has decided on where left out.',
  })
  lines!: DecidedLineInput[] | null;
}

@InputType({ description: 'Houses that a month is closed without.' })
export class LeftOutInput {
  @Field(() => [ID], { description: 'The houses: each could not be computed.' }) houseIds!: string[];
  @Field(REASON) reason!: string;
}

/** What people decide in a closing, and a closed month that they open again. */
@For('staff')
@Resolver()
export class DecisionsBackofficeResolver {
  constructor(
    private readonly decisions: ClosingDecisions,
    private readonly reopenings: PeriodReopenings,
    private readonly queries: ClosingQueries,
  ) {}

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description:
      'staff, PERIOD_CLOSE. Closes the month without houses that cannot be charged: balances and payments are carried ' +
      'forward, their charges wait for the next month.',
  })
  async leaveHousesOut(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', CLOSING) closingId: string,
    @Args('leftOut', { description: 'Which, and why.' }) leftOut: LeftOutInput,
  ): Promise<Closing> {
    const key = { organizationId, closingId };
    await this.decisions.leaveOut(viewer, key, leftOut);
    return this.queries.get(key);
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description:
      'staff, PERIOD_CLOSE. Decides on charges that look wrong: charged as they are, or held for the next month.',
  })
  async decideAnomalies(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', CLOSING) closingId: string,
    @Args('decision', { description: 'What is decided.' }) decision: DecisionInput,
  ): Promise<Closing> {
    const key = { organizationId, closingId };
    await this.decisions.decide(viewer, key, { ...decision, lines: decision.lines ?? null });
    return this.queries.get(key);
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingResult, {
    description: 'staff, PERIOD_CLOSE. Takes a decision back: what was held is charged this month.',
  })
  async withdrawDecision(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', CLOSING) closingId: string,
    @Args('decisionId', { type: () => ID, description: 'The decision.' }) decisionId: string,
  ): Promise<Closing> {
    const key = { organizationId, closingId };
    await this.decisions.withdraw(viewer, key, decisionId);
    return this.queries.get(key);
  }

  @Needs('PERIOD_CLOSE')
  @Query(() => ClosingBound, {
    description: 'staff, PERIOD_CLOSE. The charge above which somebody is asked before a month is closed.',
  })
  async closingBound(@Args('organizationId', ORGANIZATION) organizationId: string): Promise<ClosingBound> {
    return { bound: await this.decisions.bound(organizationId) };
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ClosingBoundResult, {
    description: 'staff, PERIOD_CLOSE. Sets the charge above which somebody is asked, or takes it away.',
  })
  async setClosingBound(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('bound', { type: () => MoneyScalar, nullable: true, description: 'The bound; null asks nobody.' })
    bound: Money | null,
  ): Promise<ClosingBound> {
    return { bound: await this.decisions.setBound(viewer, organizationId, bound ?? null) };
  }

  @Needs('PERIOD_REOPEN')
  @Mutation(() => PeriodResult, {
    description:
      'staff, PERIOD_REOPEN. Opens the last closed month again: what stands stays in force until another closing of it is ' +
      'committed.',
  })
  async reopenPeriod(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('month', { type: () => MonthScalar, description: 'The month.' }) month: Month,
    @Args('reason', REASON) reason: string,
  ): Promise<Period> {
    await this.reopenings.reopen(viewer, { organizationId, month, reason });
    return this.queries.getPeriod(organizationId, month);
  }
}
