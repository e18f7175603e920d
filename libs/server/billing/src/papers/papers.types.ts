import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CivilDate, Quantity } from '@kvartal/domain';
import { CivilDateScalar, QuantityScalar, enumOf, resultOf } from '@kvartal/platform';
import { IsString, Length, MaxLength } from 'class-validator';

export const ACT_KINDS = [
  'ABSENCE',
  'INTERRUPTION',
  'HOT_WATER_TEMPERATURE',
  'HEATING_TEMPERATURE',
  'VOLUME',
  'COEFFICIENT',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];
const ActKindEnum = enumOf(ACT_KINDS);
registerEnumType(ActKindEnum, { name: 'ActKind', description: 'What an act says of an account or a house.' });

const quantity = (description: string) => Field(() => QuantityScalar, { nullable: true, description });

@ObjectType({ description: 'Hours during which hot water had a temperature.' })
export class TemperatureHours {
  @Field(() => QuantityScalar, { description: 'Degrees Celsius.' }) temperature!: Quantity;
  @Field(() => QuantityScalar, { description: 'Hours.' }) hours!: Quantity;
  @Field({ description: 'Whether between midnight and five o’clock.' }) night!: boolean;
}

@ObjectType({
  description: 'A document by which an account, or a whole house, is charged otherwise than usual.',
})
export class AccountAct {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => ActKindEnum, { description: 'What it says.' }) kind!: ActKind;
  @Field({ description: 'Whether it concerns all accounts of the house.' }) wholeHouse!: boolean;
  @Field(() => String, { nullable: true, description: 'The service; null for an absence.' })
  service!: string | null;
  @Field({ description: 'The act or application: its name, number and day.' }) document!: string;
  @Field(() => CivilDateScalar, { description: 'The first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, { nullable: true, description: 'The last day; null while none is known.' })
  to!: CivilDate | null;
  @quantity('How many are away.') people!: Quantity | null;
  @quantity('How many hours an interruption took in the month.') hours!: Quantity | null;
  @quantity('How many hours it might take.') allowedHours!: Quantity | null;
  @quantity('Degrees below the lowest allowed times hours, of heating.') degreeHours!: Quantity | null;
  @Field(() => [TemperatureHours], { description: 'Temperatures of hot water.' })
  temperatures!: TemperatureHours[];
  @quantity('What is charged for the month, in the unit of the service.') volume!: Quantity | null;
  @quantity('By what the norm is multiplied.') coefficient!: Quantity | null;
  @Field(() => String, { nullable: true, description: 'Who entered it.' }) author!: string | null;
  @Field({ description: 'When it was entered.' }) createdAt!: Date;
}

@ObjectType({ description: 'A right of an account to pay less for a service, as a reduction in the bill.' })
export class AccountBenefit {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'The service.' }) service!: string;
  @Field({ description: 'Who has it: veteran of labour, for instance.' }) category!: string;
  @Field({ description: 'What proves it.' }) document!: string;
  @Field(() => QuantityScalar, { description: 'Per cent of the price.' }) percent!: Quantity;
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'How many of those who live there have it; null for the whole household.',
  })
  beneficiaries!: Quantity | null;
  @Field({ description: 'Whether no more than the norm counts.' }) withinNorm!: boolean;
  @Field(() => CivilDateScalar, { description: 'The first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, { nullable: true, description: 'The last day; null while none is known.' })
  to!: CivilDate | null;
  @Field(() => String, { nullable: true, description: 'Who entered it.' }) author!: string | null;
  @Field({ description: 'When it was entered.' }) createdAt!: Date;
}

/** What both have in common. */
@InputType({ isAbstract: true })
class NewPaper {
  @Field(() => ID, { description: 'The organisation.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

  @Field(() => ID, { description: 'The account.' })
  @IsString()
  @MaxLength(20)
  accountId!: string;

  @Field({ description: 'The document, up to 200 symbols.' })
  @IsString()
  document!: string;

  @Field({ description: 'A key of the caller’s own: sent again with it, nothing new is made.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

@InputType({ description: 'Hours during which hot water had a temperature.' })
export class TemperatureHoursInput {
  @Field(() => QuantityScalar, { description: 'Degrees Celsius.' }) temperature!: Quantity;
  @Field(() => QuantityScalar, { description: 'Hours.' }) hours!: Quantity;
  @Field({ description: 'Whether between midnight and five o’clock.' }) night!: boolean;
}

@InputType({ description: 'A new act. Which numbers it has depends on its kind; the others are left out.' })
export class ActInput extends NewPaper {
  @Field(() => ActKindEnum, { description: 'What it says.' }) kind!: ActKind;

  @Field({
    defaultValue: false,
    description: 'Whether it concerns all accounts of the house: bad quality only.',
  })
  wholeHouse!: boolean;

  @Field(() => ID, { nullable: true, description: 'The service; none for an absence.' })
  serviceId?: string | null;

  @Field(() => CivilDateScalar, { description: 'The first day; of an absence the day of leaving.' })
  from!: CivilDate;

  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The last day; of an absence the day of coming back. None while it is not known.',
  })
  to?: CivilDate | null;

  @quantity('ABSENCE: how many are away.') people?: Quantity | null;
  @quantity('INTERRUPTION: hours in the month.') hours?: Quantity | null;
  @quantity('INTERRUPTION: hours that it might take.') allowedHours?: Quantity | null;
  @quantity('HEATING_TEMPERATURE: degrees below the lowest allowed times hours.')
  degreeHours?: Quantity | null;
  @quantity('VOLUME: what is charged for the month.') volume?: Quantity | null;
  @quantity('COEFFICIENT: by what the norm is multiplied.') coefficient?: Quantity | null;

  @Field(() => [TemperatureHoursInput], {
    nullable: true,
    description: 'HOT_WATER_TEMPERATURE: what was measured.',
  })
  temperatures?: TemperatureHoursInput[] | null;
}

@InputType({ description: 'A new right to pay less.' })
export class BenefitInput extends NewPaper {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field({ description: 'Who has it, up to 100 symbols.' }) category!: string;
  @Field(() => QuantityScalar, { description: 'Per cent of the price, above 0 and up to 100.' })
  percent!: Quantity;
  @quantity('How many have it; the whole household otherwise.') beneficiaries?: Quantity | null;
  @Field({ description: 'Whether no more than the norm counts.' }) withinNorm!: boolean;
  @Field(() => CivilDateScalar, { description: 'The first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, { nullable: true, description: 'The last day, where it is known.' })
  to?: CivilDate | null;
}

@InputType({ description: 'What ends, and with which day.' })
export class EndPaperInput {
  @Field(() => ID, { description: 'The organisation.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

  @Field(() => ID, { description: 'The act or the benefit.' })
  @IsString()
  @MaxLength(20)
  id!: string;

  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The last day on which it holds; none where it never should have: then it is withdrawn.',
  })
  lastDay?: CivilDate | null;
}

@ObjectType({ description: 'What acts and benefits an account is charged by.' })
export class AccountPapers {
  @Field(() => [AccountAct], { description: 'Acts that stand, the latest first.' }) acts!: AccountAct[];
  @Field(() => [AccountBenefit], { description: 'Benefits that stand, the latest first.' })
  benefits!: AccountBenefit[];
}

export const AccountPapersResult = resultOf('AccountPapersResult', AccountPapers);
