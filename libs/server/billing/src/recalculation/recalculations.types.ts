import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Quantity } from '@kvartal/domain';
import { CivilDateScalar, Done, QuantityScalar, resultOf } from '@kvartal/platform';
import { IsString, Length, MaxLength } from 'class-validator';

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

export const CorrectReadingResult = resultOf('CorrectReadingResult', Done);
