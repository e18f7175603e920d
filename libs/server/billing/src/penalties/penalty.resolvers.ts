import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import type { CivilDate, Money } from '@kvartal/domain';
import { CivilDateScalar, CurrentViewer, For, MoneyScalar, Needs, type Staff } from '@kvartal/platform';
import { PenaltyForecasts } from './penalty.forecast.service';
import { PenaltyRulesService } from './penalty.rules.service';
import {
  AllocationRuleInput,
  PenaltyForecast,
  PenaltyMoratoriumInput,
  PenaltyRules,
  PenaltyRulesResult,
  PenaltyScheduleInput,
} from './penalty.types';

const ORGANIZATION = { type: () => ID, description: 'The organisation.' };
const INPUT = { description: 'What is to be set.' };

/** How staff see and set what penalties are charged by, and how payments are split. */
@For('staff')
@Resolver()
export class PenaltyBackofficeResolver {
  constructor(private readonly rules: PenaltyRulesService) {}

  @Needs('ACCOUNT_READ')
  @Query(() => PenaltyRules, {
    description: 'staff, ACCOUNT_READ. By what debts are penalised, and how payments are split.',
  })
  penaltyRules(@Args('organizationId', ORGANIZATION) organizationId: string): Promise<PenaltyRules> {
    return this.rules.of(organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => PenaltyRulesResult, {
    description:
      'staff, TARIFF_WRITE. Sets a schedule of the organisation’s own for debts due from a day on: a contract’s. ' +
      'Months that are closed stay as they are.',
  })
  async setPenaltySchedule(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: PenaltyScheduleInput,
  ): Promise<PenaltyRules> {
    await this.rules.setSchedule(viewer, input);
    return this.rules.of(input.organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => PenaltyRulesResult, {
    description:
      'staff, TARIFF_WRITE. Takes a schedule of the organisation’s own back: the law’s counts again, but of months that are closed.',
  })
  async withdrawPenaltySchedule(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', { type: () => ID, description: 'The schedule.' }) id: string,
  ): Promise<PenaltyRules> {
    await this.rules.withdrawSchedule(viewer, organizationId, id);
    return this.rules.of(organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => PenaltyRulesResult, {
    description:
      'staff, TARIFF_WRITE. Adds days on which nothing accrues, for all or for one account. Months that are closed stay ' +
      'as they are.',
  })
  async addPenaltyMoratorium(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: PenaltyMoratoriumInput,
  ): Promise<PenaltyRules> {
    await this.rules.addMoratorium(viewer, input);
    return this.rules.of(input.organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => PenaltyRulesResult, {
    description:
      'staff, TARIFF_WRITE. Takes a moratorium or an agreement of the organisation back, but of months that are closed.',
  })
  async withdrawPenaltyMoratorium(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('id', { type: () => ID, description: 'The moratorium.' }) id: string,
  ): Promise<PenaltyRules> {
    await this.rules.withdrawMoratorium(viewer, organizationId, id);
    return this.rules.of(organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => PenaltyRulesResult, {
    description: 'staff, TARIFF_WRITE. Sets how payments are split from a day on.',
  })
  async setPaymentAllocation(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: AllocationRuleInput,
  ): Promise<PenaltyRules> {
    await this.rules.setAllocation(viewer, input);
    return this.rules.of(input.organizationId);
  }
}

/** What waiting costs, for whoever may see the account. */
@Resolver(() => Account)
export class AccountPenaltyFields {
  constructor(private readonly forecasts: PenaltyForecasts) {}

  @ResolveField(() => PenaltyForecast, {
    nullable: true,
    description:
      'What the penalty will be if debts are paid on a day, by the rules of the next bill; nothing is stored. ' +
      'Null for a day that is past or more than a year away, and for a sum below zero.',
  })
  penaltyIfPaid(
    @Parent() { organizationId, id }: Account,
    @Args('on', { type: () => CivilDateScalar, description: 'The day of the payment.' }) on: CivilDate,
    @Args('amount', {
      type: () => MoneyScalar,
      nullable: true,
      description: 'How much is paid, split as payments are; all debts where it is left out.',
    })
    amount?: Money | null,
  ): Promise<PenaltyForecast | null> {
    return this.forecasts.ifPaid(organizationId, id, { on, amount });
  }
}
