import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '@kvartal/domain';
import { CivilDateScalar, Done, RefusalView, resultOf } from '@kvartal/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { Reading } from './meters.types';

@InputType({ description: 'One value that a resident read.' })
export class ReadingInput {
  @Field(() => ID, { description: 'The register.' })
  @IsString()
  @MaxLength(20)
  registerId!: string;

  @Field({ description: 'As read: digits with a point or a comma.' })
  @IsString()
  @MaxLength(40)
  value!: string;

  @Field({ defaultValue: false, description: 'That the unusual consumption it means is right.' })
  @IsBoolean()
  confirmUnusual!: boolean;

  @Field({ description: 'A key of the caller’s own: sent again with it, the reading is entered once.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

@InputType({ description: 'The readings of one account, entered together: all of them or none.' })
export class SubmitReadingsInput {
  @Field(() => ID, { description: 'Whose account it is.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

  @Field(() => ID, { description: 'The account.' })
  @IsString()
  @MaxLength(20)
  accountId!: string;

  @Field(() => [ReadingInput], { description: 'The values.' })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ReadingInput)
  readings!: ReadingInput[];

  @Field({ defaultValue: false, description: 'That the account’s other registers are left out on purpose.' })
  @IsBoolean()
  confirmPartial!: boolean;
}

@ObjectType({ description: 'The readings are entered.' })
export class ReadingsSubmitted {
  @Field(() => [Reading], { description: 'As they stand now, in the order of the input.' })
  readings!: Reading[];
}
export const SubmitReadingsResult = resultOf('SubmitReadingsResult', ReadingsSubmitted);
export const DeleteReadingResult = resultOf('DeleteReadingResult', Done);

@InputType({ description: 'One value that another system read.' })
export class BatchReadingInput {
  @Field(() => ID, { description: 'The register.' })
  @IsString()
  @MaxLength(20)
  registerId!: string;

  @Field({ description: 'As read: digits with a point or a comma.' })
  @IsString()
  @MaxLength(40)
  value!: string;

  @Field(() => CivilDateScalar, {
    description: 'The day on which it was read; its month is the one it is for.',
  })
  @IsString()
  takenOn!: CivilDate;

  @Field({ description: 'A key of the caller’s own: sent again with it, the reading is entered once.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;

  @Field({ defaultValue: false, description: 'That the unusual consumption it means is right.' })
  @IsBoolean()
  confirmUnusual!: boolean;
}

@ObjectType({ description: 'What became of one reading of a batch.' })
export class BatchReadingAnswer {
  @Field({ description: 'Its key.' }) clientKey!: string;
  @Field(() => Reading, {
    nullable: true,
    description: 'The reading as it stands; null where it is refused.',
  })
  reading!: Reading | null;
  @Field(() => [RefusalView], { description: 'Why it is refused; empty where it is not.' })
  refusals!: RefusalView[];
}

@ObjectType({ description: 'A batch, answered one by one in the order in which it was asked.' })
export class ReadingBatchAnswered {
  @Field(() => [BatchReadingAnswer], { description: 'One answer a reading.' }) answers!: BatchReadingAnswer[];
  @Field(() => Int, { description: 'How many are entered.' }) accepted!: number;
  @Field(() => Int, { description: 'How many are refused.' }) refused!: number;
}
export const SubmitReadingBatchResult = resultOf('SubmitReadingBatchResult', ReadingBatchAnswered);
