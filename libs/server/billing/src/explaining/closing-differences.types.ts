import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Money, Month } from '@kvartal/domain';
import { MoneyScalar, MonthScalar } from '@kvartal/platform';
import { CauseEnum, type ReviewedCause } from './explaining.enums';

@ObjectType({ description: 'A cause of a closing’s difference from the month before.' })
export class CauseTotal {
  @Field(() => CauseEnum, { description: 'The cause.' }) cause!: ReviewedCause;
  @Field(() => MoneyScalar, { description: 'Its part of the difference.' }) amount!: Money;
  @Field(() => Int, { description: 'Lines of accounts that it changed.' }) lines!: number;
}

@ObjectType({
  description:
    'Why a closing adds another sum to the accounts than the month before: charges with their corrections and benefits, ' +
    'without payments. The causes add up to `after` − `before` exactly, of the houses that are explained so far.',
})
export class ClosingDifference {
  @Field(() => MonthScalar, { description: 'The month that it is compared with.' }) since!: Month;
  @Field({ description: 'Whether somebody asked: the worker explains houses since, and again what changes.' })
  isAsked!: boolean;
  @Field(() => Int, { description: 'Houses in all.' }) houses!: number;
  @Field(() => Int, { description: 'Houses that are explained as they were computed last.' })
  explained!: number;
  @Field(() => MoneyScalar, { description: 'The earlier month.' }) before!: Money;
  @Field(() => MoneyScalar, { description: 'This closing.' }) after!: Money;
  @Field(() => [CauseTotal], { description: 'The causes, the greatest first.' }) causes!: CauseTotal[];
}
