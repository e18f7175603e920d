import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '@kvartal/domain';
import { CivilDateScalar } from '@kvartal/platform';
import { IsOptional, IsString, Length } from 'class-validator';

/** Days for which something was decided, and by which document. */
@ObjectType({ isAbstract: true })
export abstract class DecidedDays {
  @Field(() => ID, { description: 'The row.' }) id!: string;
  @Field({ description: 'The order, decree or minutes that decided it.' }) document!: string;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its first day; null for ever before.' })
  from!: CivilDate | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its last day; null while it has no end.' })
  to!: CivilDate | null;
  @Field({ description: 'Since when it is known.' }) knownSince!: Date;
  @Field(() => Date, {
    nullable: true,
    description: 'Until when it was believed; null while nothing has taken its place.',
  })
  knownUntil!: Date | null;
}

/** From which day on something is decided; what was decided of the days before stays, and so does what was of later. */
@InputType({ isAbstract: true })
export abstract class DecidedFromInput {
  @Field(() => CivilDateScalar, { description: 'The first day.' }) from!: CivilDate;
  @Field({ description: 'The order, decree or minutes that decided it.' }) @IsString() document!: string;
  @Field({ description: 'A new one for each change; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
  @Field(() => ID, {
    nullable: true,
    description:
      'The greatest id among the rows of it that were looked at, null where there was none. Where another stands now it is ' +
      'refused with CATALOGUE_CHANGED; left out, it is made whatever stands.',
  })
  @IsOptional()
  @IsString()
  seen?: string | null;
}
