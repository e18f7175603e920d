import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CivilDate, Quantity } from '@kvartal/domain';
import { CivilDateScalar, Done, QuantityScalar, enumOf, resultOf } from '@kvartal/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsInt, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { Meter } from '../meters.types';

export const METER_STATES = [
  'WORKING',
  'BROKEN',
  'LOST',
  'REMOVED',
  'VERIFIED',
  'UNVERIFIED',
  'IRRIGATION',
  'INDOORS',
] as const;
export type MeterState = (typeof METER_STATES)[number];
export const MeterStateEnum = enumOf(METER_STATES);
registerEnumType(MeterStateEnum, {
  name: 'MeterState',
  description:
    'What is found out of a meter: it works, stands broken, is lost, was taken down; is verified until a day, is not (a broken seal, too); waters a garden, does so no longer.',
});

export const METER_FACTS = ['METER_WORKING', 'METER_LOST', 'METER_VERIFIED', 'METER_IRRIGATION'] as const;
export type MeterFactKind = (typeof METER_FACTS)[number];
export const MeterFactEnum = enumOf(METER_FACTS);
registerEnumType(MeterFactEnum, { name: 'MeterFact', description: 'What a dated fact of a meter is about.' });

@ObjectType({ description: 'What is known of a meter on some days.' })
export class MeterFactDays {
  @Field(() => ID, { description: 'The row.' }) id!: string;
  @Field(() => MeterFactEnum, { description: 'What it is about.' }) kind!: MeterFactKind;
  @Field({ description: 'Whether it is so: a meter that does not work stands broken.' }) isSo!: boolean;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its first day; null for ever before.' })
  from!: CivilDate | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its last day; null while it has no end.' })
  to!: CivilDate | null;
  @Field({ description: 'The act that says so; empty where nobody named one.' }) document!: string;
}

@ObjectType({ description: 'A meter of an account or of a house, with all that is known of it by days.' })
export class AccountMeter {
  @Field(() => Meter, { description: 'The meter as it is today.' }) meter!: Meter;
  @Field(() => [MeterFactDays], { description: 'What is known of it, the latest days first.' })
  facts!: MeterFactDays[];
}

@InputType({ description: 'What was found out of a meter, for days.' })
export class MeterStateInput {
  @Field(() => ID, { description: 'The organisation.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

  @Field(() => ID, { description: 'The meter.' })
  @IsString()
  @MaxLength(20)
  meterId!: string;

  @Field(() => MeterStateEnum, { description: 'What it is.' }) state!: MeterState;
  @Field(() => CivilDateScalar, { description: 'Its first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description:
      'Its last day, of BROKEN, LOST and IRRIGATION: what was known of later days stays; of VERIFIED the last day of the verification. The others last.',
  })
  to?: CivilDate | null;
  @Field({ description: 'The act that says so, up to 200 symbols.' }) @IsString() document!: string;
  @Field({ description: 'A new one for each change; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

@InputType({
  description: 'A register of a meter that is replaced: where the old one ended and the new one begins.',
})
export class ReplacedRegisterInput {
  @Field(() => ID, { description: 'The old register.' }) @IsString() @MaxLength(20) registerId!: string;
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'The last value of the old one; left out where it could not be read.',
  })
  final?: Quantity | null;
  @Field(() => QuantityScalar, { description: 'The first value of the new one.' }) initial!: Quantity;
}

@InputType({ description: 'A meter that takes the place of another.' })
export class ReplaceMeterInput {
  @Field(() => ID, { description: 'The organisation.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

  @Field(() => ID, { description: 'The meter that was taken down.' })
  @IsString()
  @MaxLength(20)
  meterId!: string;

  @Field(() => CivilDateScalar, { description: 'The day, in a month that is not closed.' }) on!: CivilDate;
  @Field(() => [ReplacedRegisterInput], { description: 'Each register of the old meter.' })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ReplacedRegisterInput)
  registers!: ReplacedRegisterInput[];

  @Field({ description: 'Serial number of the new one, up to 50 symbols.' }) @IsString() serial!: string;
  @Field(() => Int, { description: 'Its digits before the decimal mark, 1 to 9.' }) @IsInt() digits!: number;
  @Field(() => Int, { description: 'Its digits behind it, 0 to 6.' }) @IsInt() decimals!: number;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The last day of its verification; left out where it is not known.',
  })
  verifiedTo?: CivilDate | null;
  @Field({ description: 'The act that says so, up to 200 symbols.' }) @IsString() document!: string;
  @Field({ description: 'A new one for each change; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

@InputType({ description: 'What was read of a meter of a house.' })
export class HouseReadingInput {
  @Field(() => ID, { description: 'The organisation.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

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
  takenOn!: CivilDate;

  @Field({ defaultValue: false, description: 'That the unusual consumption it means is right.' })
  @IsBoolean()
  confirmUnusual!: boolean;

  @Field({ description: 'A new one for each reading; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

export const MeterChangeResult = resultOf('MeterChangeResult', Done);
