import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Money, Month } from '@kvartal/domain';
import { CivilDateScalar, MoneyScalar, MonthScalar } from '@kvartal/platform';

@ObjectType({ description: 'The numbered document issued from a statement, as a PDF with a payment code.' })
export class Bill {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Its number.' }) number!: string;
  @Field(() => CivilDateScalar, { description: 'When it was issued.' }) issuedOn!: CivilDate;
  @Field(() => CivilDateScalar, { description: 'The last day to pay without a penalty.' }) payBy!: CivilDate;
  @Field(() => MoneyScalar, { description: 'The total to pay that it prints.' }) total!: Money;
  /** Where the PDF is; the field is made by whom it is for. */
  url!: string;
}

@ObjectType({ description: 'The bills of a house for one month as one file, for the printer.' })
export class HouseBillsFile {
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field({ description: 'Where the PDF is.' }) url!: string;
}
