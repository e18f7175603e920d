import { Field, ID, Int, ObjectType, TypeMetadataStorage } from '@nestjs/graphql';
import { AccountFacts, Address, type Currency, CurrencyEnum, House } from '@kvartal/accounts';
import type { CivilDate, Money, Month, Price, Quantity, Resource } from '@kvartal/domain';
import { IntakeWindow, ResourceEnum } from '@kvartal/meters';
import { CivilDateScalar, MoneyScalar, MonthScalar, PriceScalar, QuantityScalar } from '@kvartal/platform';
import { AccountService, ConsumptionSeries } from '../statements/services.types';
import { Equation } from '../statements/statements.types';

/** An enum that another module registers: requests stand beside billing and neither imports the other. */
const enumNamed = (name: string) => (): object => {
  const known = TypeMetadataStorage.getEnumsMetadata().find((one) => one.name === name);
  if (!known) throw new RangeError(`No module registers the enum ${name}`);
  return known.ref;
};

@ObjectType({ description: 'The account as the first page shows it.' })
export class HomeAccount {
  @Field(() => ID, { description: 'Whose books it is in.' }) organizationId!: string;
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Its number.' }) number!: string;
  @Field({ description: 'Whose it is today. Masked where the organisation says so.' }) holder!: string;
  @Field(() => Address, { description: 'Where it is.' }) address!: Address;
  @Field(() => String, { nullable: true, description: 'Phone of the account.' }) phone!: string | null;
  @Field({ description: 'Name of the organisation for headings.' }) organization!: string;
  @Field(() => CurrencyEnum, { description: 'Of all amounts.' }) currency!: Currency;
}

@ObjectType({ description: 'A line of the last closed month, as the first page shows it.' })
export class HomeLine {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field({ description: 'Name of the supplier.' }) supplier!: string;
  @Field({ description: 'Unit of the quantity.' }) unit!: string;
  @Field(() => QuantityScalar, { description: 'What is charged.' }) quantity!: Quantity;
  @Field(() => PriceScalar, { description: 'At what price.' }) price!: Price;
  @Field(() => MoneyScalar, { description: 'Brought forward.' }) opening!: Money;
  @Field(() => MoneyScalar, { description: 'Charged.' }) charged!: Money;
  @Field(() => MoneyScalar, { description: 'Paid in the month.' }) paid!: Money;
  @Field(() => MoneyScalar, { description: 'Carried on.' }) closing!: Money;
  @Field(() => MoneyScalar, { description: 'What the row asks to pay.' }) due!: Money;
}

@ObjectType({ description: 'A request that is not finished.' })
export class HomeRequest {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => Int, { description: 'Its number.' }) number!: number;
  @Field({ description: 'What was asked.' }) text!: string;
  @Field(enumNamed('RequestState'), { description: 'How far it has come.' }) state!: string;
  @Field(enumNamed('RequestCategory'), { description: 'What it is about.' }) category!: string;
}

@ObjectType({ description: 'A meter whose verification ends soon.' })
export class HomeVerification {
  @Field(() => ID, { description: 'The meter.' }) meterId!: string;
  @Field(() => ResourceEnum, { description: 'What it counts.' }) resource!: Resource;
  @Field({ description: 'Where it stands.' }) place!: string;
  @Field(() => String, { nullable: true, description: 'Serial number.' }) serial!: string | null;
  @Field(() => CivilDateScalar, { description: 'The day by which it has to be verified.' }) until!: CivilDate;
}

@ObjectType({ description: 'Everything that the first page shows of an account.' })
export class Home {
  @Field(() => HomeAccount, { description: 'The account.' }) account!: HomeAccount;
  @Field(() => MonthScalar, { nullable: true, description: 'The last closed month; null before the first.' })
  month!: Month | null;
  @Field(() => ID, { nullable: true, description: 'Its bill; null until it is issued.' }) billId!:
    string | null;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The last day to pay that bill without a penalty.',
  })
  payBy!: CivilDate | null;
  @Field(() => MoneyScalar, { description: 'The total to pay of that month.' }) total!: Money;
  @Field(() => Equation, { description: 'How its balance came to be.' }) equation!: Equation;
  @Field(() => MoneyScalar, { description: 'Paid since that month was cut off.' }) paidSince!: Money;
  @Field(() => MoneyScalar, {
    description: 'What is owed today, without charges of months that are not closed.',
  })
  balanceToday!: Money;
  @Field(() => MonthScalar, { description: 'The month that takes money now.' }) currentMonth!: Month;
  @Field(() => [HomeLine], { description: 'Lines of the last closed month.' }) lines!: HomeLine[];
  @Field(() => [AccountService], { description: 'Services that it takes today.' })
  services!: AccountService[];
  @Field(() => IntakeWindow, { description: 'When readings are accepted.' }) window!: IntakeWindow;
  @Field(() => AccountFacts, { description: 'Area, residents, rooms.' }) facts!: AccountFacts;
  @Field(() => House, { description: 'The building.' }) house!: House;
  @Field(() => [ConsumptionSeries], { description: 'Consumption of the last twelve closed months.' })
  chart!: ConsumptionSeries[];
  @Field(() => [HomeRequest], {
    description: 'Requests that are not finished, the latest first, at most five.',
  })
  requests!: HomeRequest[];
  @Field(() => [HomeVerification], {
    description: 'Meters whose verification ends within 60 days, or has ended.',
  })
  verifications!: HomeVerification[];
  @Field(() => MoneyScalar, {
    description: 'What rows of that month are overpaid, and the total does not net.',
  })
  overpayment!: Money;
}
