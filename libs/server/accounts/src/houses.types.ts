import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Quantity } from '@kvartal/domain';
import { QuantityScalar } from '@kvartal/platform';

@ObjectType({ description: 'A building.' })
export class House {
  @Field(() => ID, { description: 'Whose books it is in.' }) organizationId!: string;
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'City or settlement.' }) city!: string;
  @Field({ description: 'Street.' }) street!: string;
  @Field({ description: 'Number of the house, with its block: «12 к. 1».' }) number!: string;
  @Field({ description: 'The address in one line.' }) line!: string;
  @Field(() => QuantityScalar, { nullable: true, description: 'Total area today, m².' })
  totalArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Heated area today, m².' })
  heatedArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Area of the common premises today, m².' })
  commonArea!: Quantity | null;
  @Field(() => Int, { nullable: true, description: 'Number of flats.' }) flats!: number | null;
  @Field(() => Int, { nullable: true, description: 'Number of floors.' }) floors!: number | null;
  @Field(() => Int, { nullable: true, description: 'Number of entrances.' }) entrances!: number | null;
}

@ObjectType({ description: 'A page of houses.' })
export class HousePage {
  @Field(() => [House], { description: 'The houses of this page, by address.' }) items!: House[];
  @Field(() => Int, { description: 'How many there are on all pages.' }) total!: number;
}
