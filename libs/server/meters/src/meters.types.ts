import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Month, Quantity, Resource, Zone } from '@kvartal/domain';
import { CivilDateScalar, MonthScalar, QuantityScalar, RefusalView } from '@kvartal/platform';
import {
  type ReadingSource,
  ReadingSourceEnum,
  type ReadingState,
  ReadingStateEnum,
  ResourceEnum,
  ZoneEnum,
} from './meters.enums';

@ObjectType({ description: 'One value of a register on a day.' })
export class Reading {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => ID, { description: 'The register.' }) registerId!: string;
  @Field(() => MonthScalar, { description: 'The month that it is for.' }) month!: Month;
  @Field(() => CivilDateScalar, { description: 'The day on which it was read.' }) takenOn!: CivilDate;
  @Field(() => QuantityScalar, { description: 'What the register showed.' }) value!: Quantity;
  @Field(() => QuantityScalar, {
    nullable: true,
    description:
      'What staff have corrected it to after its month was closed: that is what counts. Null where they have not, and where it is shown as corrected already.',
  })
  correctedTo!: Quantity | null;
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'Since the reading before it; null for the first one and where it does not settle.',
  })
  consumption!: Quantity | null;
  @Field(() => ReadingSourceEnum, { description: 'By which way it came.' }) source!: ReadingSource;
  @Field(() => ReadingStateEnum, { description: 'Whether it stands.' }) state!: ReadingState;
  @Field({ description: 'Whether the month is charged by it: one such for a register and month.' })
  settles!: boolean;
  @Field({ description: 'Whether it was confirmed in spite of an unusual consumption.' }) unusual!: boolean;
  @Field({ description: 'When it was entered.' }) createdAt!: Date;
  @Field({ description: 'Whether the viewer may take it back now.' }) deletable!: boolean;
  @Field(() => ResourceEnum, { description: 'What its meter counts.' }) resource!: Resource;
  @Field(() => ZoneEnum, { description: 'The zone of its register.' }) zone!: Zone;
  @Field(() => String, { nullable: true, description: 'Serial number of its meter.' }) serial!: string | null;
}

@ObjectType({ description: 'A page of readings.' })
export class ReadingPage {
  @Field(() => [Reading], { description: 'The readings of this page, the latest first.' }) items!: Reading[];
  @Field(() => Int, { description: 'How many there are on all pages.' }) total!: number;
}

@ObjectType({ description: 'One counter of a meter: a zone of the day, or the only one.' })
export class Register {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => ZoneEnum, { description: 'What part of the day it counts.' }) zone!: Zone;
  @Field(() => Int, { description: 'Digits before the decimal mark.' }) digits!: number;
  @Field(() => Int, { description: 'Digits behind the decimal mark.' }) decimals!: number;
  @Field({ description: 'Unit of its values.' }) unit!: string;
  @Field(() => Reading, {
    nullable: true,
    description: 'The reading that settled the last month before this.',
  })
  previous!: Reading | null;
  @Field(() => Reading, { nullable: true, description: 'The reading that settles this month so far.' })
  current!: Reading | null;
  @Field({ description: 'Whether a reading of it is accepted from a resident now.' }) editable!: boolean;
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'The least monthly consumption of the last year; null where fewer than three are known.',
  })
  usualFrom!: Quantity | null;
  @Field(() => QuantityScalar, {
    nullable: true,
    description: 'The greatest monthly consumption of the last year; null where fewer than three are known.',
  })
  usualTo!: Quantity | null;

  /** Not shown: whose it is and what it counts, for the fields that billing resolves. */
  organizationId!: string;
  accountId!: string | null;
  resource!: Resource;
}

@ObjectType({ description: 'A device that counts what an account or a house consumes.' })
export class Meter {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => ResourceEnum, { description: 'What it counts.' }) resource!: Resource;
  @Field(() => String, { nullable: true, description: 'Serial number; letters and leading zeros count.' })
  serial!: string | null;
  @Field({ description: 'Where it stands: «кухня»; empty where nobody said.' }) place!: string;
  @Field({ description: 'Whether it is installed and works today.' }) works!: boolean;
  @Field(() => CivilDateScalar, { nullable: true, description: 'When it was removed, or stopped working.' })
  removedOn!: CivilDate | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'When it was verified last.' })
  verifiedOn!: CivilDate | null;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The day by which it has to be verified again.',
  })
  verifyUntil!: CivilDate | null;
  @Field(() => RefusalView, { nullable: true, description: 'Why no reading of it is accepted now, if so.' })
  refusal!: RefusalView | null;
  @Field(() => [Register], { description: 'Its registers, one to three.' }) registers!: Register[];
}

@ObjectType({ description: 'When readings of a month are accepted, and how many have come.' })
export class IntakeWindow {
  @Field(() => MonthScalar, { description: 'The month that readings are for now.' }) month!: Month;
  @Field(() => CivilDateScalar, { description: 'First day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, { description: 'Last day, until midnight at the organisation’s place.' })
  to!: CivilDate;
  @Field({ description: 'Whether readings are accepted now.' }) isOpen!: boolean;
  @Field(() => Int, { description: 'Registers of working meters.' }) registers!: number;
  @Field(() => Int, { description: 'Of these, with a reading of the month.' }) submitted!: number;
}

@ObjectType({ description: 'Everything needed to enter the readings of an account.' })
export class Intake {
  @Field(() => IntakeWindow, { description: 'When.' }) window!: IntakeWindow;
  @Field(() => [Meter], { description: 'The meters of the account, those that were removed last.' })
  meters!: Meter[];
}
