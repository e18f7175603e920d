import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Month, Price, Quantity, Resource, Zone } from '@kvartal/domain';
import { ResourceEnum, ZoneEnum } from '@kvartal/meters';
import { MonthScalar, PriceScalar, QuantityScalar } from '@kvartal/platform';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';

const MOST = 20;

@ObjectType({ description: 'A counter of the account in the month that a what-if starts from.' })
export class WhatIfRegister {
  @Field(() => ID, { description: 'The register.' }) registerId!: string;
  @Field(() => ResourceEnum, { description: 'What it counts.' }) resource!: Resource;
  @Field(() => ZoneEnum, { description: 'Its zone.' }) zone!: Zone;
  @Field({ description: 'Where the meter is.' }) place!: string;
  @Field(() => QuantityScalar, { description: 'What it counted in the month.' }) used!: Quantity;
}

@ObjectType({ description: 'A service that is charged by the norm for want of a meter.' })
export class WhatIfUnmetered {
  @Field(() => ResourceEnum, { description: 'What flows.' }) resource!: Resource;
  @Field(() => ZoneEnum, { description: 'Its zone.' }) zone!: Zone;
  @Field(() => QuantityScalar, { description: 'What the norm charged in the month.' }) used!: Quantity;
}

@ObjectType({
  description: 'Electricity of a meter of one zone, and what the organisation takes by day and by night.',
})
export class WhatIfTwoZones {
  @Field(() => QuantityScalar, { description: 'What was used in the month.' }) used!: Quantity;
  @Field(() => PriceScalar, {
    nullable: true,
    description: 'Price by day on the month’s last day; null where the organisation has no prices by zones.',
  })
  dayPrice!: Price | null;
  @Field(() => PriceScalar, { nullable: true, description: 'Price by night; null where there is none.' })
  nightPrice!: Price | null;
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'How much of it the norms put into the night, per cent; null where there are no norms.',
  })
  nightPercent!: Quantity | null;
}

@ObjectType({ description: 'What a what-if starts from: the facts of the last closed month.' })
export class WhatIfBase {
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field(() => QuantityScalar, { description: 'How many lived there on its last day.' }) residents!: Quantity;
  @Field(() => [WhatIfRegister], { description: 'Counters with a reading.' }) registers!: WhatIfRegister[];
  @Field(() => [WhatIfUnmetered], { description: 'What is charged without a meter.' })
  unmetered!: WhatIfUnmetered[];
  @Field(() => WhatIfTwoZones, {
    nullable: true,
    description: 'A meter by day and by night; null where electricity is not by a meter of one zone.',
  })
  twoZones!: WhatIfTwoZones | null;
}

@InputType({ description: 'What a counter would have counted in the month.' })
export class WhatIfVolumeInput {
  @Field(() => ID, { description: 'The register.' })
  @IsString()
  @MaxLength(20)
  registerId!: string;

  @Field(() => QuantityScalar, { description: 'The volume.' })
  volume!: Quantity;
}

@InputType({ description: 'A meter where there is none, and what it would have counted in the month.' })
export class WhatIfMeterInput {
  @Field(() => ResourceEnum, { description: 'What it would count.' })
  resource!: Resource;

  @Field(() => ZoneEnum, { description: 'Its zone.' })
  zone!: Zone;

  @Field(() => QuantityScalar, { description: 'The volume.' })
  volume!: Quantity;
}

@InputType({ description: 'Facts as they would be. Nothing is stored.' })
export class WhatIfInput {
  @Field(() => QuantityScalar, { nullable: true, description: 'How many would live there, 0 to 50.' })
  @IsOptional()
  residents?: Quantity | null;

  @Field(() => [WhatIfVolumeInput], { defaultValue: [], description: 'Other volumes by meters, at most 20.' })
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => WhatIfVolumeInput)
  volumes!: WhatIfVolumeInput[];

  @Field(() => [WhatIfMeterInput], { defaultValue: [], description: 'Meters to install, at most 20.' })
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => WhatIfMeterInput)
  meters!: WhatIfMeterInput[];

  @Field(() => QuantityScalar, {
    nullable: true,
    description:
      'Electricity by a meter of two zones: how much of it would be used by night, per cent, 0 to 100.',
  })
  @IsOptional()
  nightPercent?: Quantity | null;
}
