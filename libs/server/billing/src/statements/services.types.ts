import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { ChargingMethod, CivilDate, Money, Month, Price, Quantity, Resource } from '@kvartal/domain';
import { ResourceEnum } from '@kvartal/meters';
import {
  CivilDateScalar,
  MoneyScalar,
  MonthScalar,
  PriceScalar,
  QuantityScalar,
  RefusalView,
} from '@kvartal/platform';
import { IsString, MaxLength } from 'class-validator';
import { MethodEnum } from '../billing.enums';

@ObjectType({ description: 'A service that an account takes today, and its price.' })
export class AccountService {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field({ description: 'Its name.' }) name!: string;
  @Field({ description: 'Unit of its price.' }) unit!: string;
  @Field({ description: 'Who provides it.' }) supplier!: string;
  @Field(() => PriceScalar, { nullable: true, description: 'The price today; null where there is none.' })
  price!: Price | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Since when this price holds.' })
  priceSince!: CivilDate | null;
  @Field({ description: 'The document that set the price; empty where there is none.' }) document!: string;
  @Field(() => MethodEnum, { description: 'How it is charged.' }) method!: ChargingMethod;
}

@ObjectType({ description: 'What was consumed in a month, as it was charged.' })
export class MonthVolume {
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field(() => QuantityScalar, { description: 'The volume, without the share of common consumption.' })
  quantity!: Quantity;
  @Field(() => MoneyScalar, { description: 'What was charged for it.' }) charged!: Money;
  @Field({ description: 'Whether it was estimated for want of a reading.' }) estimated!: boolean;
}

@ObjectType({ description: 'Consumption of a resource month by month, the earliest first.' })
export class ConsumptionSeries {
  @Field(() => ResourceEnum, { description: 'What was consumed.' }) resource!: Resource;
  @Field({ description: 'Unit of the volumes.' }) unit!: string;
  @Field(() => [MonthVolume], { description: 'Closed months.' }) months!: MonthVolume[];
}

@InputType({ description: 'A value while it is being typed.' })
export class ReadingDraftInput {
  @Field(() => ID, { description: 'The register.' })
  @IsString()
  @MaxLength(20)
  registerId!: string;

  @Field({ description: 'As typed: digits with a point or a comma.' })
  @IsString()
  @MaxLength(40)
  value!: string;
}

@ObjectType({ description: 'What a typed value would mean.' })
export class RegisterPreview {
  @Field(() => ID, { description: 'The register.' }) registerId!: string;
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'Since the previous reading; null where refused.',
  })
  consumption!: Quantity | null;
  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'What it costs with the services that follow from it (costIncludes); null where refused.',
  })
  cost!: Money | null;
  @Field(() => [RefusalView], { description: 'Why it would be refused.' }) refusals!: RefusalView[];
  @Field(() => [RefusalView], { description: 'What to look at again; it would be accepted.' })
  warnings!: RefusalView[];
}

@ObjectType({ description: 'What readings that are being typed would cost.' })
export class ChargePreview {
  @Field(() => [RegisterPreview], { description: 'One a draft, in the order given.' })
  registers!: RegisterPreview[];
  @Field(() => MoneyScalar, { description: 'Sum of the costs.' }) total!: Money;
  @Field({ description: 'Whether the charge may still differ: until the month is closed it may.' })
  isEstimated!: boolean;
}
