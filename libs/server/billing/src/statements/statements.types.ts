import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { LineMethod, Money, Month, Price, Quantity, TotalMode } from '@kvartal/domain';
import { MoneyScalar, MonthScalar, PriceScalar, QuantityScalar, resultOf } from '@kvartal/platform';
import { MethodEnum, TotalModeEnum } from '../billing.enums';
import { Bill } from '../bills/bills.types';

@ObjectType({
  description:
    'How a balance came to be: closing = opening + charged + recalculated + underdelivered + benefit + adjusted − paid.',
})
export class Equation {
  @Field(() => MoneyScalar, { description: 'Brought forward: debt positive, overpayment negative.' })
  opening!: Money;
  @Field(() => MoneyScalar, { description: 'Charged for the month.' }) charged!: Money;
  @Field(() => MoneyScalar, { description: 'Recalculated for earlier months.' }) recalculated!: Money;
  @Field(() => MoneyScalar, { description: 'Reduced for what was not delivered; at most zero.' })
  underdelivered!: Money;
  @Field(() => MoneyScalar, { description: 'Reduced by benefits; at most zero.' }) benefit!: Money;
  @Field(() => MoneyScalar, { description: 'Corrected by staff.' }) adjusted!: Money;
  @Field(() => MoneyScalar, { description: 'Paid in the month.' }) paid!: Money;
  @Field(() => MoneyScalar, { description: 'Carried on.' }) closing!: Money;
}

@ObjectType({ description: 'What is owed for a month, over all services; penalties left out.' })
export class OwedMonth {
  @Field(() => MonthScalar, {
    nullable: true,
    description: 'The month; null for older debts that no month is known of.',
  })
  month!: Month | null;
  @Field(() => MoneyScalar, { description: 'How much, what is overpaid taken for the oldest debts.' })
  amount!: Money;
}

@ObjectType({ description: 'One service of one supplier in one month: the row of the ledger.' })
export class StatementLine extends Equation {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field(() => ID, { description: 'The supplier.' }) supplierId!: string;
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field({ description: 'Name of the supplier.' }) supplier!: string;
  @Field({ description: 'Unit of the quantity and the price.' }) unit!: string;
  @Field(() => MethodEnum, { description: 'How it was charged.' }) method!: LineMethod;
  @Field(() => QuantityScalar, { description: 'All that is charged.' }) quantity!: Quantity;
  @Field(() => QuantityScalar, {
    description: 'Which part of it is a share of the house’s common consumption.',
  })
  commonQuantity!: Quantity;
  @Field(() => PriceScalar, { description: 'The price on the last day that is charged.' }) price!: Price;
  @Field(() => MoneyScalar, {
    description: 'The tax within what is charged, by the rate of the month; zero where there is none.',
  })
  vat!: Money;
  @Field(() => MoneyScalar, {
    description:
      'Which part of what is charged a raised norm adds (no meter though there could be one, for instance), without a tax that comes on top.',
  })
  excess!: Money;
  @Field(() => MoneyScalar, { description: 'What the row asks to pay: an overpayment asks nothing.' })
  due!: Money;
}

@ObjectType({ description: 'What is owed to one recipient: whoever’s bank account takes the money.' })
export class RecipientTotal {
  @Field({ description: 'Name of the recipient.' }) recipient!: string;
  @Field(() => MoneyScalar, { description: 'Sum of its lines; an overpayment is negative.' }) closing!: Money;
  @Field(() => MoneyScalar, { description: 'What is to be paid to it.' }) due!: Money;
}

@ObjectType({ description: 'An account’s lines of one month.' })
export class Statement {
  organizationId!: string;
  closingId!: string;

  @Field(() => ID, { description: 'The account.' }) accountId!: string;
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field(() => [StatementLine], { description: 'Its lines, in the order of the bill.' })
  lines!: StatementLine[];
  @Field(() => Equation, { description: 'Sums of the lines.' }) totals!: Equation;
  @Field(() => MoneyScalar, { description: 'The total to pay.' }) toPay!: Money;
  @Field(() => TotalModeEnum, { description: 'How the total nets overpayments.' }) mode!: TotalMode;
  @Field(() => [RecipientTotal], { description: 'The same by recipient.' }) recipients!: RecipientTotal[];
  @Field(() => Bill, { nullable: true, description: 'The bill; null until it is issued.' })
  bill!: Bill | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Where the PDF of the bill is as a closing under review would issue it, marked as a draft; null elsewhere.',
  })
  draftUrl!: string | null;
}

export const StatementResult = resultOf('StatementResult', Statement);
