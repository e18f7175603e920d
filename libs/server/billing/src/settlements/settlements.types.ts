import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Money, Month, Price, Quantity } from '@kvartal/domain';
import { CivilDateScalar, MoneyScalar, MonthScalar, PriceScalar, QuantityScalar } from '@kvartal/platform';

@ObjectType({ description: 'Settlements of one month, or of those of its days that were asked for.' })
export class MonthSettlement {
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field(() => MoneyScalar, { description: 'Owed when it began; an overpayment is negative.' })
  opening!: Money;
  @Field(() => MoneyScalar, { description: 'Charged and corrected.' }) debit!: Money;
  @Field(() => MoneyScalar, { description: 'Paid, less what was paid back.' }) credit!: Money;
  @Field(() => MoneyScalar, { description: 'Owed when it ended; an overpayment is negative.' })
  closing!: Money;
}

@ObjectType({
  description:
    'Settlements with the holder of an account over some days: closing = opening + debit − credit. What is not closed yet is charged in none of them.',
})
export class Reconciliation {
  @Field(() => CivilDateScalar, { description: 'The first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, { description: 'The last day.' }) to!: CivilDate;
  @Field(() => MoneyScalar, { description: 'Owed before the first day; an overpayment is negative.' })
  opening!: Money;
  @Field(() => MoneyScalar, { description: 'Charged and corrected.' }) debit!: Money;
  @Field(() => MoneyScalar, { description: 'Paid, less what was paid back.' }) credit!: Money;
  @Field(() => MoneyScalar, { description: 'Owed after the last day; an overpayment is negative.' })
  closing!: Money;
  @Field(() => [MonthSettlement], {
    description: 'The same month by month, newest first, since anything moved.',
  })
  months!: MonthSettlement[];
  @Field({ description: 'Where the statement is as PDF, for whoever may see the account.' }) pdf!: string;
  @Field({ description: 'Where it is as a spreadsheet.' }) xlsx!: string;
}

@ObjectType({ description: 'What one account was charged for one service in a month, with its tax.' })
export class BreakdownRow {
  @Field(() => ID, { description: 'The account.' }) accountId!: string;
  @Field({ description: 'Its number, leading zeros kept.' }) number!: string;
  @Field({ description: 'Who receives the service, and where.' }) recipient!: string;
  @Field(() => Int, { nullable: true, description: 'Tariff group; null where no tariff was charged.' })
  tariffGroup!: number | null;
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field({ description: 'Unit of the quantity.' }) unit!: string;
  @Field(() => QuantityScalar, { description: 'All that is charged.' }) quantity!: Quantity;
  @Field(() => PriceScalar, { description: 'The price on the last day that is charged.' }) price!: Price;
  @Field(() => String, {
    nullable: true,
    description: 'Rate of the value-added tax, per cent; null where there is none.',
  })
  vatPercent!: string | null;
  @Field(() => MoneyScalar, { description: 'The tax in the sum.' }) vat!: Money;
  @Field(() => MoneyScalar, { description: 'Charged, tax included.' }) charged!: Money;
}

@ObjectType({ description: 'A month’s charges of all accounts of one payer, account by account, with tax.' })
export class Breakdown {
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field({ description: 'Who pays.' }) payer!: string;
  @Field(() => String, { nullable: true, description: 'Tax id of the payer.' }) taxId!: string | null;
  @Field(() => [BreakdownRow], {
    description: 'By account, then in the order of the bill; empty for a month that is not closed.',
  })
  rows!: BreakdownRow[];
  @Field(() => MoneyScalar, { description: 'The tax of all rows.' }) vat!: Money;
  @Field(() => MoneyScalar, { description: 'The sum of all rows: what the statements of the month charged.' })
  charged!: Money;
  @Field({ description: 'Where the breakdown is as PDF, for whoever may see the account.' }) pdf!: string;
  @Field({ description: 'Where it is as a spreadsheet.' }) xlsx!: string;
}
