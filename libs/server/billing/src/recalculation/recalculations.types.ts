import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Cause, CivilDate, Money, Month, Quantity } from '@kvartal/domain';
import { CivilDateScalar, Done, MoneyScalar, MonthScalar, QuantityScalar, resultOf } from '@kvartal/platform';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { CauseEnum } from '../explaining/explaining.enums';

@ObjectType({ description: 'What charging closed months anew has posted into the open one.' })
export class RecalculationRun {
  @Field(() => Int, { description: 'Closed months of accounts that cost another sum now.' }) months!: number;
  @Field(() => Int, { description: 'Accounts that have such months.' }) accounts!: number;
  @Field(() => Int, { description: 'Houses that could not be charged anew: what is due of them stays due.' })
  failed!: number;
}

@InputType({ description: 'What a register should have been read at in a closed month.' })
export class CorrectReadingInput {
  @Field(() => ID, { description: 'The organisation.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

  @Field(() => ID, { description: 'The register.' })
  @IsString()
  @MaxLength(20)
  registerId!: string;

  @Field(() => CivilDateScalar, { description: 'The day of the reading, in a closed month.' })
  takenOn!: CivilDate;
  @Field(() => QuantityScalar, { description: 'What it showed.' }) value!: Quantity;
  @Field({ description: 'What proves it, up to 200 symbols.' })
  @IsString()
  document!: string;

  @Field({ description: 'A key of the caller’s own: sent again with it, nothing new is made.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

@ObjectType({ description: 'One cause of what a line costs otherwise.' })
export class RecalculationCause {
  @Field(() => CauseEnum, { description: 'The cause.' }) cause!: Cause;
  @Field(() => MoneyScalar, { description: 'Its part of the sum.' }) amount!: Money;
}

@ObjectType({ description: 'What a line of a closed month costs otherwise.' })
export class RecalculatedLine {
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field({ description: 'Its unit.' }) unit!: string;
  @Field(() => QuantityScalar, { description: 'How much more was used; below zero less.' })
  quantity!: Quantity;
  @Field(() => MoneyScalar, { description: 'What it costs more; below zero less.' }) amount!: Money;
  @Field(() => [RecalculationCause], {
    description:
      'Why, adding up to the sum; empty where earlier recalculations of the month have a part in it.',
  })
  causes!: RecalculationCause[];
}

@ObjectType({ description: 'A closed month of an account that costs another sum now.' })
export class RecalculatedMonth {
  @Field(() => ID, { description: 'The account.' }) accountId!: string;
  @Field({ description: 'Its number.' }) accountNumber!: string;
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field(() => MoneyScalar, { description: 'What it costs more; below zero less.' }) sum!: Money;
  @Field(() => [RecalculatedLine], { description: 'By line.' }) lines!: RecalculatedLine[];
}

@ObjectType({
  description: 'What charging closed months anew would post into the open one. Nothing is posted yet.',
})
export class RecalculationPreview {
  @Field(() => MoneyScalar, { description: 'All of it.' }) sum!: Money;
  @Field(() => [RecalculatedMonth], { description: 'Months of accounts that cost another sum.' })
  months!: RecalculatedMonth[];
}

@InputType({ description: 'Which closed months are charged anew, and whose.' })
export class RecalculationAsked {
  @Field(() => ID, { description: 'The organisation.' }) @IsString() @MaxLength(20) organizationId!: string;
  @Field(() => ID, { description: 'The house.' }) @IsString() @MaxLength(20) houseId!: string;
  @Field(() => ID, { nullable: true, description: 'One account of it; all when left out.' })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  accountId?: string | null;
  @Field(() => MonthScalar, { description: 'The first closed month.' }) from!: Month;
  @Field(() => MonthScalar, { description: 'The last one.' }) to!: Month;
}

@InputType({ description: 'Closed months to charge anew, as they were seen before.' })
export class RecalculationInput extends RecalculationAsked {
  @Field(() => MoneyScalar, { description: 'The sum that was seen: another one is refused.' })
  expected!: Money;
  @Field({ description: 'A new one for each time; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

export const RecalculationPreviewResult = resultOf('RecalculationPreviewResult', RecalculationPreview);
export const RecalculateResult = resultOf('RecalculateResult', Done);
export const CorrectReadingResult = resultOf('CorrectReadingResult', Done);
