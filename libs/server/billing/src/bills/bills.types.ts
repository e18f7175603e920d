import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Money } from '@kvartal/domain';
import { CivilDateScalar, MoneyScalar } from '@kvartal/platform';

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
