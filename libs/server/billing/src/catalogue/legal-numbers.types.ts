import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Ratio } from '@kvartal/domain';
import { CivilDateScalar, RatioScalar, resultOf } from '@kvartal/platform';
import { type LegalKind, LegalKindEnum, type LegalUnit, LegalUnitEnum } from './catalogue.enums';
import { DecidedDays, DecidedFromInput } from './catalogue.days';

@ObjectType({ description: 'The value of a legal number on some days.' })
export class LegalValue extends DecidedDays {
  @Field(() => RatioScalar, { description: 'The value, as the number’s unit says.' }) value!: Ratio;
}

@ObjectType({ description: 'A legal number of a country.' })
export class LegalNumber {
  @Field(() => LegalKindEnum, { description: 'What it is.' }) kind!: LegalKind;
  @Field(() => LegalUnitEnum, { description: 'How it is read.' }) unit!: LegalUnit;
  @Field(() => [LegalValue], { description: 'Its values as they are known now, newest first.' })
  values!: LegalValue[];
  @Field(() => CivilDateScalar, {
    nullable: true,
    description:
      'The first day, of those whose month is not closed, without a value; null where there is none.',
  })
  missingFrom!: CivilDate | null;
}

@ObjectType({ description: 'The legal numbers of an organisation’s country.' })
export class LegalNumbers {
  @Field({
    description:
      'Whether the viewer may change them: only who answers for all organisations of the country may.',
  })
  mayChange!: boolean;
  @Field(() => CivilDateScalar, {
    description:
      'The first day for which no organisation of the country has closed its month: a change begins no earlier.',
  })
  changesFrom!: CivilDate;
  @Field(() => [LegalNumber], { description: 'The numbers.' }) numbers!: LegalNumber[];
}

@InputType({ description: 'A legal number from a day on.' })
export class LegalNumberInput extends DecidedFromInput {
  @Field(() => ID, { description: 'The organisation, of whose country it is.' }) organizationId!: string;
  @Field(() => LegalKindEnum, { description: 'Which.' }) kind!: LegalKind;
  @Field(() => RatioScalar, { description: 'The value, as the number’s unit says.' }) value!: Ratio;
}

export const LegalNumbersResult = resultOf('LegalNumbersResult', LegalNumbers);
