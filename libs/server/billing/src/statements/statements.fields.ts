import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import { type Money, type Month, type Price } from '@kvartal/domain';
import { Register } from '@kvartal/meters';
import { MoneyScalar, MonthScalar, PriceScalar, type Refused, orRefused } from '@kvartal/platform';
import { ChargePreviews } from './charge-preview.service';
import { ServicesQueries } from './services.queries';
import { AccountService, ChargePreview, ConsumptionSeries, ReadingDraftInput } from './services.types';
import { StatementsQueries } from './statements.queries';
import { OwedMonth, type Statement, StatementResult } from './statements.types';

/** What an account shows of its money, to residents and staff alike: whoever has the account may see it. */
@Resolver(() => Account)
export class AccountStatementsFields {
  constructor(
    private readonly statements: StatementsQueries,
    private readonly services: ServicesQueries,
    private readonly previews: ChargePreviews,
  ) {}

  @ResolveField(() => MoneyScalar, {
    description: 'What is owed now, without charges of months that are not closed.',
  })
  balance(@Parent() { organizationId, id }: Account): Promise<Money> {
    return this.statements.balance(organizationId, id);
  }

  @ResolveField(() => MoneyScalar, { description: 'What is to be paid now: an overpayment asks nothing.' })
  toPay(@Parent() { organizationId, id }: Account): Promise<Money> {
    return this.statements.toPay(organizationId, id);
  }

  @ResolveField(() => [OwedMonth], {
    description: 'For which months it is owed now, the oldest first: a payment may name one of them.',
  })
  owedMonths(@Parent() { organizationId, id }: Account): Promise<OwedMonth[]> {
    return this.statements.owedMonths(organizationId, id);
  }

  @ResolveField(() => [MonthScalar], { description: 'Months with a statement, newest first.' })
  months(@Parent() { organizationId, id }: Account): Promise<Month[]> {
    return this.statements.listMonths(organizationId, id);
  }

  @ResolveField(() => StatementResult, {
    description: 'The statement of a closed month; refused with PERIOD_NOT_CLOSED for any other.',
  })
  statement(
    @Parent() { organizationId, id }: Account,
    @Args('month', { type: () => MonthScalar, description: 'The month.' }) month: Month,
  ): Promise<Statement | Refused> {
    return orRefused(this.statements.get(organizationId, id, month));
  }

  @ResolveField('services', () => [AccountService], {
    description: 'The services it takes today, with today’s prices.',
  })
  listServices(@Parent() { organizationId, id }: Account): Promise<AccountService[]> {
    return this.services.listServices({ organizationId, accountId: id });
  }

  @ResolveField(() => [ConsumptionSeries], {
    description: 'Consumption by resource over the last closed months.',
  })
  consumption(
    @Parent() { organizationId, id }: Account,
    @Args('months', { type: () => Int, defaultValue: 12, description: 'How many months, 1 to 36.' })
    months: number,
  ): Promise<ConsumptionSeries[]> {
    return this.services.listConsumption({ organizationId, accountId: id }, months);
  }

  @ResolveField(() => ChargePreview, { description: 'What readings that are being typed would cost.' })
  chargePreview(
    @Parent() { organizationId, id }: Account,
    @Args('readings', { type: () => [ReadingDraftInput], description: 'What is typed so far.' })
    readings: ReadingDraftInput[],
  ): Promise<ChargePreview> {
    return this.previews.preview({ organizationId, accountId: id }, readings);
  }
}

const WATER: ReadonlySet<string> = new Set(['COLD_WATER', 'HOT_WATER']);

/** What a register's volume costs: prices are billing's, the register is of meters. */
@Resolver(() => Register)
export class RegisterPriceFields {
  constructor(private readonly services: ServicesQueries) {}

  @ResolveField(() => PriceScalar, {
    nullable: true,
    description: 'The price today of what it counts; null where it is not charged by this register.',
  })
  async price(@Parent() register: Register): Promise<Price | null> {
    const services = await this.listOf(register);
    return (
      services.find((one) => one.resource === register.resource && one.zone === register.zone)?.price ?? null
    );
  }

  @ResolveField(() => [String], { description: 'Names of the services that its volume is charged by.' })
  async costIncludes(@Parent() register: Register): Promise<string[]> {
    return (await this.listOf(register)).map(({ name }) => name);
  }

  private async listOf({ organizationId, accountId, resource, zone }: Register) {
    if (accountId === null) return [];
    const services = await this.services.listServices({ organizationId, accountId });
    return services.filter(
      (one) =>
        (one.method === 'METER' && one.resource === resource && one.zone === zone) ||
        (one.method === 'SUM_OF_WATER' && WATER.has(resource)),
    );
  }
}
