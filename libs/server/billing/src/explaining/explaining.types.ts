import { Field, ID, ObjectType } from '@nestjs/graphql';
import type {
  CivilDate,
  ExplainedAddition,
  InputName,
  LineMethod,
  Money,
  Month,
  Quantity,
  Resource,
  Zone,
} from '@kvartal/domain';
import { type ReadingSource, ReadingSourceEnum, ResourceEnum, ZoneEnum } from '@kvartal/meters';
import { CivilDateScalar, MoneyScalar, MonthScalar, QuantityScalar, resultOf } from '@kvartal/platform';
import { MethodEnum } from '../billing.enums';
import {
  AdditionEnum,
  InputNameEnum,
  type LineMovementKind,
  LineMovementKindEnum,
  type OriginKind,
  OriginKindEnum,
} from './explaining.enums';

@ObjectType({ description: 'The record that a number comes from. Which fields are set depends on its kind.' })
export class Origin {
  @Field(() => OriginKindEnum, { description: 'What kind of record it is.' }) kind!: OriginKind;
  @Field(() => ID, { description: 'Its id among records of the kind.' }) id!: string;
  @Field({ description: 'The document that set it; empty where none is named.' }) document!: string;
  @Field(() => String, { nullable: true, description: 'Of a norm or a tariff: the service it is for.' })
  service!: string | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its first day; null where it has none.' })
  validFrom!: CivilDate | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Its last day; null while it stands.' })
  validTo!: CivilDate | null;
  @Field(() => Date, { nullable: true, description: 'When it was entered.' }) recordedAt!: Date | null;
  /** Who entered it; only staff are told. */
  author!: string | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Of a reading: its day.' })
  takenOn!: CivilDate | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Of a reading: what it showed.' })
  value!: Quantity | null;
  @Field(() => ReadingSourceEnum, { nullable: true, description: 'Of a reading: by which way it came.' })
  source!: ReadingSource | null;
  @Field(() => ResourceEnum, { nullable: true, description: 'Of a reading or a meter: what it counts.' })
  resource!: Resource | null;
  @Field(() => ZoneEnum, {
    nullable: true,
    description: 'Of a reading or a meter: the zone of the register.',
  })
  zone!: Zone | null;
  @Field(() => String, { nullable: true, description: 'Of a reading or a meter: where the meter is.' })
  place!: string | null;
  @Field(() => String, { nullable: true, description: 'Of a reading or a meter: its serial number.' })
  serial!: string | null;
}

@ObjectType({ description: 'A number that a rule took, on which days it counted, and where it comes from.' })
export class LineInput {
  @Field(() => InputNameEnum, { description: 'What it is.' }) name!: InputName;
  @Field({ description: 'The value: a plain decimal; of UNUSABLE_SINCE a date.' }) value!: string;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'First day of the month on which it counted.',
  })
  from!: CivilDate | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Last day of the month on which it counted.' })
  to!: CivilDate | null;
  @Field(() => [Origin], {
    description:
      'Where it comes from: one record; of the house’s meter its readings; none where it was computed.',
  })
  origins!: Origin[];
}

@ObjectType({ description: 'The rule that charged a line: its section of our rule book, and the law.' })
export class LineRule {
  @Field({ description: 'Section of the rules.' }) section!: string;
  @Field(() => String, { nullable: true, description: 'The law that it follows, where there is one.' })
  law!: string | null;
}

@ObjectType({ description: 'A part of a line: some days of the month at one price.' })
export class LineSegment {
  @Field(() => CivilDateScalar, { description: 'Its first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, { description: 'Its last day.' }) to!: CivilDate;
  @Field({ description: 'The formula with the account’s numbers: `61.4 × 31.77 × 14 / 30`.' })
  expression!: string;
  @Field({ description: 'What it comes to before rounding, a plain decimal.' }) exact!: string;
  @Field(() => MoneyScalar, { description: 'Rounded once, half away from zero.' }) amount!: Money;
  @Field(() => Origin, { nullable: true, description: 'The tariff of its price.' }) tariff!: Origin | null;
}

@ObjectType({ description: 'What changes a line beside its price.' })
export class LineAddition {
  @Field(() => AdditionEnum, { description: 'What it is.' }) kind!: ExplainedAddition['kind'];
  @Field(() => LineRule, { description: 'By which rule.' }) rule!: LineRule;
  @Field(() => MoneyScalar, { description: 'By how much.' }) amount!: Money;
  @Field(() => String, {
    nullable: true,
    description:
      'Of an under-delivery: the charge, the hours (or degrees times hours) that count and the per cent of each, as ' +
      '`432.70 × 8 × 0.15 %`; of a correction of estimated months: what each costs now less what was charged for it, as ' +
      '`(467.82 − 415.62)`; null where it is neither, or where tax comes on top.',
  })
  expression!: string | null;
  @Field(() => Origin, { nullable: true, description: 'The record behind it, where there is one.' })
  origin!: Origin | null;
  @Field(() => Origin, {
    nullable: true,
    description:
      'The number of the law behind it: the per cent of an under-delivery, the days of an absence that do not count.',
  })
  law!: Origin | null;
}

@ObjectType({ description: 'What moved the balance of a line in a month beside its charge.' })
export class LineMovement {
  @Field(() => LineMovementKindEnum, { description: 'What it is.' }) kind!: LineMovementKind;
  @Field(() => MoneyScalar, { description: 'Its effect on the debt: a payment is below zero.' })
  amount!: Money;
  @Field(() => CivilDateScalar, { description: 'The day from which it counts.' }) on!: CivilDate;
  @Field({
    description: 'Its document: the reason that was given; of a payment where it was made and its number.',
  })
  document!: string;
  @Field(() => MonthScalar, { nullable: true, description: 'The month that it is for, where one was named.' })
  forMonth!: Month | null;
  @Field({ description: 'When it was entered.' }) recordedAt!: Date;
  /** Who entered it; only staff are told. */
  author!: string | null;
}

@ObjectType({ description: 'Days of a debt that cost the same each.' })
export class LotPart {
  @Field(() => CivilDateScalar, { description: 'Its first day.' }) from!: CivilDate;
  @Field(() => CivilDateScalar, { description: 'Its last day.' }) to!: CivilDate;
  @Field({ description: 'Balance × rate × days × part of the rate.' }) expression!: string;
}

@ObjectType({ description: 'What one unpaid month adds to a penalty.' })
export class LineLot {
  @Field(() => CivilDateScalar, { description: 'The last day on which it was to be paid.' }) due!: CivilDate;
  @Field(() => MoneyScalar, { description: 'What was owed.' }) principal!: Money;
  @Field(() => [LotPart], { description: 'Its days since then.' }) parts!: LotPart[];
  @Field(() => MoneyScalar, { description: 'The penalty since it was due.' }) cumulative!: Money;
  @Field(() => MoneyScalar, { description: 'What earlier months have charged of that.' }) accrued!: Money;
  @Field(() => MoneyScalar, { description: 'What this month charges.' }) amount!: Money;
}

@ObjectType({
  description:
    'How a line was charged. Computed again by the closing’s own rules, from what was known then, and compared with the ' +
    'stored line: it is told only where it is the same to the kopek.',
})
export class LineExplanation {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field(() => ID, { description: 'The supplier.' }) supplierId!: string;
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field({ description: 'Name of the supplier.' }) supplier!: string;
  @Field({ description: 'Unit of the quantity.' }) unit!: string;
  @Field(() => MethodEnum, { description: 'How it was charged.' }) method!: LineMethod;
  @Field(() => LineRule, { description: 'By which rule.' }) rule!: LineRule;
  @Field(() => [String], {
    description:
      'The formula; several where the terms changed within the month, none where nothing was charged.',
  })
  formulas!: string[];
  @Field(() => QuantityScalar, { description: 'All that is charged.' }) quantity!: Quantity;
  @Field(() => [LineInput], { description: 'The numbers it took.' }) inputs!: LineInput[];
  @Field(() => [LineSegment], { description: 'Its parts, which add up to the charge with the additions.' })
  segments!: LineSegment[];
  @Field(() => [LineAddition], { description: 'What changes it beside its price.' })
  additions!: LineAddition[];
  @Field(() => [LineLot], { description: 'Of a penalty: the unpaid months.' }) lots!: LineLot[];
  @Field(() => [LineMovement], { description: 'What moved its balance in the month beside the charge.' })
  movements!: LineMovement[];
  @Field(() => MoneyScalar, { description: 'The charge.' }) charged!: Money;
}

@ObjectType({ description: 'How lines of a month were charged.' })
export class Explained {
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field(() => [LineExplanation], { description: 'The lines that were asked for, in the order of the bill.' })
  lines!: LineExplanation[];
}

@ObjectType({ description: 'A line as it would be charged if the month were closed now.' })
export class PreliminaryLine {
  @Field(() => LineExplanation, { description: 'How it would be charged.' }) explanation!: LineExplanation;
  @Field(() => MoneyScalar, {
    description: 'What the month would add for it: charged, recalculated, reduced and corrected.',
  })
  amount!: Money;
}

@ObjectType({
  description: 'A charge of an earlier month that was held back then and comes with the open one.',
})
export class PreliminaryLate {
  @Field(() => MonthScalar, { description: 'The month that it is for.' }) month!: Month;
  @Field({ description: 'Name of the service.' }) service!: string;
  @Field(() => MoneyScalar, { description: 'How much it is.' }) amount!: Money;
}

@ObjectType({
  description:
    'What the open month would charge if it were closed now: a preliminary calculation, no bill. Readings, facts and prices ' +
    'that come until it is closed change it.',
})
export class Preliminary {
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field({ description: 'The moment whose facts and readings it was computed from.' }) asOf!: Date;
  @Field(() => MoneyScalar, { description: 'All lines together.' }) total!: Money;
  @Field(() => [String], {
    description: 'Services that have no price on some day yet: their lines are not whole.',
  })
  unpriced!: string[];
  @Field(() => [String], {
    description:
      'Services that staff hold back this month: they come with a later one, and are in no sum of this one.',
  })
  held!: string[];
  @Field(() => [PreliminaryLate], {
    description: 'What was held back in earlier months and comes with this one; it is in the sums.',
  })
  late!: PreliminaryLate[];
  @Field(() => [PreliminaryLine], { description: 'The lines, in the order of the bill.' })
  lines!: PreliminaryLine[];
}

export const PreliminaryResult = resultOf('PreliminaryResult', Preliminary);

export const ExplainedResult = resultOf('ExplainedResult', Explained);
