import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Money, Quantity, Resource, Zone } from '@kvartal/domain';
import { ResourceEnum, ZoneEnum } from '@kvartal/meters';
import { CivilDateScalar, MoneyScalar, QuantityScalar } from '@kvartal/platform';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';

@InputType({ description: 'Which accounts.' })
export class AccountFilterInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of a number, a surname or an address, in any order: «Садовая 12 47», «Иванов», «0401287».',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this house only.' })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  houseId?: string | null;

  @Field({ defaultValue: false, description: 'Only those that owe something today.' })
  @IsBoolean()
  debtorsOnly!: boolean;
}

@ObjectType({ description: 'An account in a list.' })
export class AccountRow {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Its number.' }) number!: string;
  @Field({ description: 'Whose it is today.' }) holder!: string;
  @Field({ description: 'Where it is.' }) address!: string;
  @Field(() => MoneyScalar, { description: 'What is owed now.' }) balance!: Money;
}

@ObjectType({ description: 'A page of accounts.' })
export class AccountPage {
  @Field(() => [AccountRow], { description: 'The accounts of this page, by number.' }) items!: AccountRow[];
  @Field(() => Int, { description: 'How many there are on all pages.' }) total!: number;
}

@ObjectType({ description: 'A register of an account, for a system that collects readings.' })
export class FeedRegister {
  @Field(() => ID, { description: 'Its id: readings are sent by it.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'Serial number of its meter.' }) serial!: string | null;
  @Field(() => ResourceEnum, { description: 'What its meter counts.' }) resource!: Resource;
  @Field(() => ZoneEnum, { description: 'Its zone.' }) zone!: Zone;
  @Field(() => QuantityScalar, { nullable: true, description: 'The last reading that settles.' })
  lastValue!: Quantity | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'The day of that reading.' })
  lastOn!: CivilDate | null;
}

@ObjectType({ description: 'An account in the feed.' })
export class FeedAccount {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Its number.' }) number!: string;
  @Field({ description: 'Whose it is today.' }) holder!: string;
  @Field({ description: 'Where it is.' }) address!: string;
  @Field(() => MoneyScalar, { description: 'What is owed now.' }) balance!: Money;
  @Field(() => [FeedRegister], { description: 'Registers of its working meters.' })
  registers!: FeedRegister[];
}

@ObjectType({ description: 'A stretch of the feed of accounts.' })
export class AccountFeed {
  @Field(() => [FeedAccount], { description: 'Accounts in the order of their ids.' }) items!: FeedAccount[];
  @Field(() => String, { nullable: true, description: 'What to ask the next stretch with; null at the end.' })
  next!: string | null;
}
