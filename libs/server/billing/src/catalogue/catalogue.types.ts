import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate, NegativeCommonPolicy, Price, Quantity } from '@kvartal/domain';
import { CivilDateScalar, PriceScalar, QuantityScalar, resultOf } from '@kvartal/platform';
import { IsString, Length } from 'class-validator';
import { DecidedDays, DecidedFromInput } from './catalogue.days';
import {
  type AreaKind,
  AreaKindEnum,
  type CommonMode,
  CommonModeEnum,
  NegativePolicyEnum,
  type NormKind,
  NormKindEnum,
  type PlanKind,
  PlanKindEnum,
  type SharedBy,
  SharedByEnum,
  type VatMode,
  VatModeEnum,
} from './catalogue.enums';

@ObjectType({ description: 'What a price is above a limit.' })
export class TariffStep {
  @Field(() => QuantityScalar, {
    description: 'The limit, which belongs to what is below it: of a month, of a DAILY_LIMIT of a day.',
  })
  above!: Quantity;
  @Field(() => PriceScalar, { nullable: true, description: 'The price above it; null of a DAILY_LIMIT.' })
  price!: Price | null;
}

@ObjectType({
  description:
    'How a price changes with the volume of a month. Up to the first limit the tariff’s price holds.',
})
export class TariffPlan {
  @Field(() => PlanKindEnum, { description: 'How.' }) kind!: PlanKind;
  @Field({ description: 'Whether the limits are for each person.' }) perPerson!: boolean;
  @Field(() => [TariffStep], { description: 'Limits, ascending.' }) steps!: TariffStep[];
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'By what the price is multiplied above a DAILY_LIMIT; null of the others.',
  })
  overCoefficient!: Quantity | null;
}

@ObjectType({ description: 'What a unit of a service costs on some days.' })
export class Tariff extends DecidedDays {
  @Field(() => ID, { description: 'Who provides it.' }) supplierId!: string;
  @Field({ description: 'The supplier’s name.' }) supplier!: string;
  @Field(() => Int, {
    description: 'Which accounts it is for: those of this group; 1 unless there are several.',
  })
  tariffGroup!: number;
  @Field(() => PriceScalar, { description: 'The price of a unit.' }) price!: Price;
  @Field(() => VatModeEnum, { description: 'Whether it holds its tax.' }) vatMode!: VatMode;
  @Field(() => TariffPlan, {
    nullable: true,
    description: 'How it changes with the volume; null where it does not.',
  })
  plan!: TariffPlan | null;
}

@ObjectType({ description: 'A norm of a service on some days.' })
export class Norm extends DecidedDays {
  @Field(() => NormKindEnum, { description: 'What it is for.' }) kind!: NormKind;
  @Field(() => QuantityScalar, { description: 'In the service’s unit; HEATING_MONTHS in months.' })
  value!: Quantity;
}

@ObjectType({
  description:
    'What was decided of a service beside its price and norms. The row of a month’s last day holds for the whole month.',
})
export class ServiceTerms extends DecidedDays {
  @Field({ description: 'Whether a month that is begun is charged whole.' }) wholeMonths!: boolean;
  @Field({ description: 'Whether the owners count where nobody lives.' }) chargesOwners!: boolean;
  @Field({ description: 'Whether the share of the house’s common volume is a part of this row.' })
  takesShare!: boolean;
  @Field({ description: 'Whether a reading after estimated months is spread over them.' })
  redistributes!: boolean;
  @Field({
    description: 'Whether the norm is raised by the law’s coefficient where no average may be taken.',
  })
  raisesNorm!: boolean;
  @Field(() => AreaKindEnum, {
    nullable: true,
    description: 'Which area counts; null: heated for heat, else total.',
  })
  areaKind!: AreaKind | null;
  @Field(() => CommonModeEnum, { description: 'How what the house uses in common is found.' })
  commonMode!: CommonMode;
  @Field(() => SharedByEnum, { description: 'By what that is shared.' }) sharedBy!: SharedBy;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is capped by the norm; null: as the organisation does with all its services.',
  })
  capByNorm!: boolean | null;
  @Field(() => NegativePolicyEnum, {
    nullable: true,
    description: 'What happens below zero; null: as the organisation does with all its services.',
  })
  negativePolicy!: NegativeCommonPolicy | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'The month of the year, 1 to 12, that settles the year before by its readings; null: none does.',
  })
  trueUpMonth!: number | null;
}

@ObjectType({ description: 'Days for which a service has no price though somebody takes it.' })
export class MissingTariff {
  @Field(() => ID, { description: 'Who provides it.' }) supplierId!: string;
  @Field({ description: 'The supplier’s name.' }) supplier!: string;
  @Field(() => Int, { description: 'Accounts of which group take it.' }) tariffGroup!: number;
  @Field(() => CivilDateScalar, { description: 'The first day, of those whose month is not closed.' })
  from!: CivilDate;
  @Field(() => CivilDateScalar, { nullable: true, description: 'The last day; null while it has no end.' })
  to!: CivilDate | null;
  @Field(() => [String], { description: 'Houses where it is taken on these days, twenty at most.' })
  houses!: string[];
  @Field(() => Int, { description: 'How many such houses there are.' }) houseCount!: number;
}

@ObjectType({
  description: 'A service of an organisation with everything that its months are charged by, newest first.',
})
export class CatalogueService {
  @Field(() => ID, { description: 'The service.' }) id!: string;
  @Field({ description: 'Its name.' }) name!: string;
  @Field({ description: 'Its unit.' }) unit!: string;
  @Field(() => [Tariff], { description: 'Its prices.' }) tariffs!: Tariff[];
  @Field(() => [MissingTariff], { description: 'Days for which it has no price though somebody takes it.' })
  missing!: MissingTariff[];
  @Field(() => [Norm], { description: 'Its norms.' }) norms!: Norm[];
  @Field(() => [ServiceTerms], { description: 'What else was decided of it.' }) terms!: ServiceTerms[];
}

@ObjectType({
  description: 'Days on which heating by norm is charged. A house without any is heated all the year.',
})
export class HeatingSeason {
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its first day; null for ever before.' })
  from!: CivilDate | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its last day; null while it has no end.' })
  to!: CivilDate | null;
  @Field({ description: 'The decree that set it.' }) document!: string;
  @Field(() => Int, { description: 'How many houses it is for.' }) houses!: number;
}

@ObjectType({ description: 'What an organisation charges for, as it is known now.' })
export class ServiceCatalogue {
  @Field(() => [CatalogueService], { description: 'Its services, in the order of the bill.' })
  services!: CatalogueService[];
  @Field(() => [HeatingSeason], { description: 'When the heating of its houses is on, newest first.' })
  heatingSeasons!: HeatingSeason[];
  @Field(() => CivilDateScalar, {
    description: 'The first day whose month is not closed: a change begins no earlier.',
  })
  changesFrom!: CivilDate;
}

/** For which service and from which day on something is decided. */
@InputType({ isAbstract: true })
abstract class DecisionInput extends DecidedFromInput {
  @Field(() => ID, { description: 'The organisation.' }) organizationId!: string;
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
}

@InputType({ description: 'What a price is above a limit.' })
export class TariffStepInput {
  @Field(() => QuantityScalar, { description: 'The limit.' }) above!: Quantity;
  @Field(() => PriceScalar, { nullable: true, description: 'The price above it; left out of a DAILY_LIMIT.' })
  price?: Price | null;
}

@InputType({ description: 'How a price changes with the volume.' })
export class TariffPlanInput {
  @Field(() => PlanKindEnum, { description: 'How.' }) kind!: PlanKind;
  @Field({
    description: 'Whether the limits are for each person; of a SOCIAL_NORM and a DAILY_LIMIT they are.',
  })
  perPerson!: boolean;
  @Field(() => [TariffStepInput], {
    description: 'Limits, ascending; one of a SOCIAL_NORM and a DAILY_LIMIT.',
  })
  steps!: TariffStepInput[];
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'Of a DAILY_LIMIT: by what the price is multiplied.',
  })
  overCoefficient?: Quantity | null;
}

@InputType({ description: 'A price from a day on.' })
export class TariffInput extends DecisionInput {
  @Field(() => ID, { description: 'Who provides the service.' }) supplierId!: string;
  @Field(() => Int, { defaultValue: 1, description: 'Which accounts it is for.' }) tariffGroup!: number;
  @Field(() => PriceScalar, { description: 'The price of a unit.' }) price!: Price;
  @Field(() => VatModeEnum, { description: 'Whether it holds its tax.' }) vatMode!: VatMode;
  @Field(() => TariffPlanInput, { nullable: true, description: 'How it changes with the volume.' })
  plan?: TariffPlanInput | null;
}

@InputType({ description: 'A norm from a day on.' })
export class NormInput extends DecisionInput {
  @Field(() => NormKindEnum, { description: 'What it is for.' }) kind!: NormKind;
  @Field(() => QuantityScalar, { description: 'In the service’s unit; HEATING_MONTHS in months.' })
  value!: Quantity;
}

@InputType({ description: 'What is decided of a service from a day on; all of it anew.' })
export class ServiceTermsInput extends DecisionInput {
  @Field({ defaultValue: false, description: 'Charge a month that is begun whole.' }) wholeMonths!: boolean;
  @Field({ defaultValue: false, description: 'Count the owners where nobody lives.' })
  chargesOwners!: boolean;
  @Field({ defaultValue: false, description: 'Make the share of the common volume a part of this row.' })
  takesShare!: boolean;
  @Field({ defaultValue: false, description: 'Spread a reading over the estimated months before it.' })
  redistributes!: boolean;
  @Field({
    defaultValue: false,
    description: 'Raise the norm by the law’s coefficient where no average may be taken.',
  })
  raisesNorm!: boolean;
  @Field(() => AreaKindEnum, { nullable: true, description: 'Which area counts.' })
  areaKind?: AreaKind | null;
  @Field(() => CommonModeEnum, {
    defaultValue: 'METER',
    description: 'How what the house uses in common is found.',
  })
  commonMode!: CommonMode;
  @Field(() => SharedByEnum, { defaultValue: 'TOTAL_AREA', description: 'By what that is shared.' })
  sharedBy!: SharedBy;
  @Field(() => Boolean, { nullable: true, description: 'Cap it by the norm.' }) capByNorm?: boolean | null;
  @Field(() => NegativePolicyEnum, { nullable: true, description: 'What happens below zero.' })
  negativePolicy?: NegativeCommonPolicy | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The month of the year that settles the year before, 1 to 12.',
  })
  trueUpMonth?: number | null;
}

@InputType({ description: 'A heating season from a day on, in place of whatever was set of the days since.' })
export class HeatingSeasonInput {
  @Field(() => ID, { description: 'The organisation.' }) organizationId!: string;
  @Field(() => [ID], { nullable: true, description: 'Its houses; all of them where left out.' })
  houseIds?: string[] | null;
  @Field(() => CivilDateScalar, { description: 'The first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The last day; left out while it is not known.',
  })
  to?: CivilDate | null;
  @Field({ description: 'The decree that sets it.' }) @IsString() document!: string;
  @Field({ description: 'A new one for each change; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

export const ServiceCatalogueResult = resultOf('ServiceCatalogueResult', ServiceCatalogue);
