import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { CivilDate, Money } from '@kvartal/domain';
import { CivilDateScalar, MoneyScalar, resultOf } from '@kvartal/platform';
import { DecidedFromInput } from '../catalogue/catalogue.days';
import { LineLot } from '../explaining/explaining.types';
import type { DebtGroup, Payer } from './penalty.book';
import { type AllocationMode, AllocationModeEnum, DebtGroupEnum, PenaltyPayerEnum } from './penalty.enums';

const FROM = { nullable: true, description: 'Its first day; null where it has always been so.' } as const;
const TO = { nullable: true, description: 'Its last day; null where no end is known.' } as const;
const DOCUMENT = { description: 'The law, order or contract that says so.' } as const;
const IS_LAW = { description: 'Whether it is the country’s: an organisation cannot change it.' } as const;

@ObjectType({ description: 'Days of a delay that cost the same fraction of the yearly rate each.' })
export class PenaltyBand {
  @Field(() => Int, { description: 'The first of them; 1 is the day after the due day.' }) fromDay!: number;
  @Field(() => Int, { nullable: true, description: 'The last of them; null where there is no end.' })
  toDay!: number | null;
  @Field(() => Int, { description: 'The fraction is this …' }) numerator!: number;
  @Field(() => Int, { description: '… divided by this.' }) denominator!: number;
}

@ObjectType({ description: 'What a day of delay costs, for one kind of payers and debts.' })
export class PenaltySchedule {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(IS_LAW) isLaw!: boolean;
  @Field(() => PenaltyPayerEnum, { description: 'Whose debts.' }) payer!: Payer;
  @Field(() => DebtGroupEnum, { description: 'Debts of what.' }) group!: DebtGroup;
  @Field(() => [PenaltyBand], { description: 'From the first day that costs on.' }) bands!: PenaltyBand[];
  @Field({ description: 'Whether the law’s cap of the rate counts for it.' }) isCapped!: boolean;
  @Field({ description: 'Whether the penalty never exceeds the debt.' }) upToPrincipal!: boolean;
  @Field(DOCUMENT) document!: string;
  @Field(() => CivilDateScalar, {
    ...FROM,
    description: 'It is for debts that were due on this day or later.',
  })
  from!: CivilDate | null;
  @Field(() => CivilDateScalar, { ...TO, description: 'And on this day at the latest; null without an end.' })
  to!: CivilDate | null;
}

@ObjectType({ description: 'Days on which nothing accrues, though the delay goes on being counted.' })
export class PenaltyMoratorium {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(IS_LAW) isLaw!: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Number of the one account that it is for: an agreement to pay by instalments.',
  })
  accountNumber!: string | null;
  @Field(() => PenaltyPayerEnum, { nullable: true, description: 'Whose debts; null for all.' })
  payer!: Payer | null;
  @Field(() => DebtGroupEnum, { nullable: true, description: 'Debts of what; null for all.' })
  group!: DebtGroup | null;
  @Field(DOCUMENT) document!: string;
  @Field(() => CivilDateScalar, FROM) from!: CivilDate | null;
  @Field(() => CivilDateScalar, TO) to!: CivilDate | null;
}

@ObjectType({ description: 'How payments are split on some days.' })
export class AllocationRule {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => AllocationModeEnum, { description: 'How.' }) mode!: AllocationMode;
  @Field(DOCUMENT) document!: string;
  @Field(() => CivilDateScalar, FROM) from!: CivilDate | null;
  @Field(() => CivilDateScalar, TO) to!: CivilDate | null;
}

@ObjectType({ description: 'By what debts are penalised and payments split.' })
export class PenaltyRules {
  @Field(() => [PenaltySchedule], { description: 'The organisation’s own first: it stands above the law’s.' })
  schedules!: PenaltySchedule[];
  @Field(() => [PenaltyMoratorium], { description: 'The latest first.' }) moratoria!: PenaltyMoratorium[];
  @Field(() => [AllocationRule], { description: 'The latest first; none where payments go in proportion.' })
  allocation!: AllocationRule[];
  @Field(() => CivilDateScalar, {
    description: 'The first day whose month is not closed: a change begins no earlier.',
  })
  changesFrom!: CivilDate;
}

@ObjectType({ description: 'Unpaid months of a service, with their penalty by a day.' })
export class PenaltyForecastDebt {
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field(() => [LineLot], { description: 'The unpaid months, the oldest first.' }) lots!: LineLot[];
}

@ObjectType({ description: 'What the penalty will be if a sum is paid on a day.' })
export class PenaltyForecast {
  @Field(() => CivilDateScalar, { description: 'The day.' }) on!: CivilDate;
  @Field(() => MoneyScalar, { description: 'Penalty that closed months have charged and nobody has paid.' })
  charged!: Money;
  @Field(() => MoneyScalar, {
    description:
      'What comes on top with the next bills, the day itself counted; below zero where a payment with an earlier day takes some back.',
  })
  accruing!: Money;
  @Field(() => MoneyScalar, { description: 'Both together.' }) total!: Money;
  @Field(() => MoneyScalar, { description: 'What is owed after the payment, penalties left out.' })
  left!: Money;
  @Field(() => MoneyScalar, { description: 'The penalty of what is left over the 30 days after the day.' })
  later!: Money;
  @Field(() => [PenaltyForecastDebt], { description: 'What comes on top, by services and unpaid months.' })
  debts!: PenaltyForecastDebt[];
}

@InputType({ description: 'From which day of a delay on a day costs which fraction.' })
export class PenaltyBandInput {
  @Field(() => Int, { description: 'The first day; the band ends where the next begins.' }) fromDay!: number;
  @Field(() => Int, { description: 'The fraction is this …; 0 where such days cost nothing.' })
  numerator!: number;
  @Field(() => Int, { description: '… divided by this.' }) denominator!: number;
}

@InputType({ description: 'A schedule of the organisation’s own, for debts that are due from a day on.' })
export class PenaltyScheduleInput extends DecidedFromInput {
  @Field(() => ID, { description: 'Whose.' }) @IsString() organizationId!: string;
  @Field(() => PenaltyPayerEnum, { description: 'For whose debts.' }) payer!: Payer;
  @Field(() => DebtGroupEnum, { description: 'For debts of what.' }) group!: DebtGroup;
  @Field(() => [PenaltyBandInput], { description: 'At least one, by ascending days.' })
  bands!: PenaltyBandInput[];
  @Field({ description: 'Whether the law’s cap of the rate counts.' }) isCapped!: boolean;
  @Field({ description: 'Whether the penalty stops at the debt.' }) upToPrincipal!: boolean;
}

@InputType({ description: 'Days on which nothing accrues.' })
export class PenaltyMoratoriumInput {
  @Field(() => ID, { description: 'In whose books.' }) @IsString() organizationId!: string;
  @Field(() => String, { nullable: true, description: 'Number of the one account that it is for.' })
  @IsOptional()
  @IsString()
  accountNumber?: string | null;
  @Field(() => PenaltyPayerEnum, { nullable: true, description: 'For whose debts; all when left out.' })
  payer?: Payer | null;
  @Field(() => DebtGroupEnum, { nullable: true, description: 'For debts of what; all when left out.' })
  group?: DebtGroup | null;
  @Field(() => CivilDateScalar, { description: 'The first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The last day; without an end when left out.',
  })
  to?: CivilDate | null;
  @Field({ description: 'The decision or agreement, up to 200 characters.' })
  @IsString()
  @MaxLength(1000)
  document!: string;
  @Field({ description: 'A new one for each change; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

@InputType({ description: 'How payments are split that are posted from a day on.' })
export class AllocationRuleInput extends DecidedFromInput {
  @Field(() => ID, { description: 'Whose.' }) @IsString() organizationId!: string;
  @Field(() => AllocationModeEnum, { description: 'How.' }) mode!: AllocationMode;
}

export const PenaltyRulesResult = resultOf('PenaltyRulesResult', PenaltyRules);
