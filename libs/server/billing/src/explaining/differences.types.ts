import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Cause, Money, Month, Price, Quantity } from '@kvartal/domain';
import { MoneyScalar, MonthScalar, PriceScalar, QuantityScalar, resultOf } from '@kvartal/platform';
import { CauseEnum } from './explaining.enums';

@ObjectType({
  description: 'One cause of a line’s difference, and what it did to the line’s volume and price.',
})
export class DifferenceCause {
  @Field(() => CauseEnum, { description: 'The cause.' }) cause!: Cause;
  @Field(() => MoneyScalar, { description: 'Its part of the difference.' }) amount!: Money;
  @Field(() => QuantityScalar, { nullable: true, description: 'The volume before; null where it stays.' })
  quantityBefore!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'The volume after; null where it stays.' })
  quantityAfter!: Quantity | null;
  @Field(() => PriceScalar, { nullable: true, description: 'The price before; null where it stays.' })
  priceBefore!: Price | null;
  @Field(() => PriceScalar, { nullable: true, description: 'The price after; null where it stays.' })
  priceAfter!: Price | null;
}

@ObjectType({
  description:
    'A line in two months: charged, recalculated, reduced and corrected. The causes add up to the difference exactly.',
})
export class DifferentLine {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field(() => ID, { description: 'The supplier.' }) supplierId!: string;
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field({ description: 'Unit of the volumes.' }) unit!: string;
  @Field(() => MoneyScalar, { description: 'In the earlier month, or as it is.' }) before!: Money;
  @Field(() => MoneyScalar, { description: 'In the later month, or as it would be.' }) after!: Money;
  @Field(() => [DifferenceCause], { description: 'Why, in the order in which they were told apart.' })
  causes!: DifferenceCause[];
}

@ObjectType({ description: 'Why two months differ, line by line. All causes add up to `after` − `before`.' })
export class Difference {
  @Field(() => MonthScalar, { description: 'The later month.' }) month!: Month;
  @Field(() => MonthScalar, { description: 'The month that it is compared with.' }) since!: Month;
  @Field(() => MoneyScalar, { description: 'All lines of the earlier month.' }) before!: Money;
  @Field(() => MoneyScalar, { description: 'All lines of the later month.' }) after!: Money;
  @Field(() => [DifferentLine], { description: 'The lines, in the order of the bill.' })
  lines!: DifferentLine[];
}

export const DifferenceResult = resultOf('DifferenceResult', Difference);
