import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Money, Month, Quantity } from '@kvartal/domain';
import {
  MoneyScalar,
  MonthScalar,
  QuantityScalar,
  RefusalParam,
  RefusalView,
  resultOf,
} from '@kvartal/platform';
import {
  type AnomalyKind,
  AnomalyKindEnum,
  type ClosingState,
  ClosingStateEnum,
  type FindingCode,
  FindingCodeEnum,
  type HouseProgress,
  HouseProgressEnum,
  type PeriodState,
  PeriodStateEnum,
} from '../billing.enums';

@ObjectType({ description: 'One house of a closing: a window of the façade.' })
export class HouseCell {
  @Field(() => ID, { description: 'The house.' }) houseId!: string;
  @Field({ description: 'Street and number.' }) address!: string;
  @Field(() => HouseProgressEnum, { description: 'Whether it has been computed.' }) state!: HouseProgress;
  @Field(() => String, {
    nullable: true,
    description:
      'Why it could not be computed: a code, a colon and what it is about. NO_TARIFF names services without a price, ' +
      'TWO_SUPPLIERS a measured service that two suppliers charge, NO_AREA accounts without an area, NO_NORM services without ' +
      'a norm that they are charged by (and after a semicolon accounts), NO_COMMON_AREA services shared by the common area of ' +
      'a house that has none, ENGINE_ERROR is an error of the computation, for support.',
  })
  failure!: string | null;
  @Field({ description: 'Whether the month is closed without it: its charges wait for the next month.' })
  isLeftOut!: boolean;
}

@ObjectType({ description: 'What a service charges in this closing and in the last closed month.' })
export class ServiceTotal {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field({ description: 'Its name.' }) service!: string;
  @Field(() => MoneyScalar, { description: 'Charged in the last closed month.' }) previous!: Money;
  @Field(() => MoneyScalar, { description: 'Charged in this closing.' }) current!: Money;
  @Field(() => MoneyScalar, { description: 'By how much it differs.' }) difference!: Money;
}

@ObjectType({ description: 'How many of a kind of anomaly a closing has.' })
export class AnomalyCount {
  @Field(() => AnomalyKindEnum, { description: 'The kind.' }) kind!: AnomalyKind;
  @Field(() => Int, { description: 'How many.' }) count!: number;
  @Field(() => Int, {
    description:
      'How many nobody has decided on: the month is not closed before. 0 for kinds that are only told.',
  })
  undecided!: number;
}

@ObjectType({ description: 'Why a charge that looks wrong is charged as it is.' })
export class AnomalyDecision {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'The reason in the words of who decided.' }) reason!: string;
  @Field({ description: 'Who decided: the sign-in name.' }) by!: string;
  @Field({ description: 'When.' }) at!: Date;
}

@ObjectType({ description: "What of a month is not charged in it, by a person's decision." })
export class HeldCharge {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => ID, { description: 'The house.' }) houseId!: string;
  @Field(() => ID, { nullable: true, description: 'The account; null where the whole house is left out.' })
  accountId!: string | null;
  @Field(() => String, { nullable: true, description: "The account's number." }) number!: string | null;
  @Field({ description: 'Where it is.' }) address!: string;
  @Field({ description: 'The service; empty where all of them are meant.' }) service!: string;
  @Field(() => MoneyScalar, { nullable: true, description: 'What would have been charged; null of a house.' })
  charged!: Money | null;
  @Field({ description: 'The reason in the words of who decided.' }) reason!: string;
  @Field({ description: 'Who decided: the sign-in name.' }) by!: string;
  @Field({ description: 'When.' }) at!: Date;
}

@ObjectType({ description: 'Something worth a look before the month is closed.' })
export class Anomaly {
  @Field(() => ID, { nullable: true, description: 'The account; null where it concerns a whole house.' })
  accountId!: string | null;
  @Field(() => ID, { description: 'The house.' }) houseId!: string;
  @Field(() => ID, { nullable: true, description: 'The service; null where it concerns the whole account.' })
  serviceId!: string | null;
  @Field(() => String, { nullable: true, description: "The account's number." }) number!: string | null;
  @Field({ description: 'Where it is.' }) address!: string;
  @Field({ description: 'The service; empty where it concerns the whole account.' }) service!: string;
  @Field(() => MoneyScalar, { nullable: true, description: 'Charged in the last closed month.' })
  previous!: Money | null;
  @Field(() => MoneyScalar, { nullable: true, description: 'Charged in this closing.' })
  current!: Money | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'The volume it is about.' })
  quantity!: Quantity | null;
  @Field(() => String, {
    nullable: true,
    description: 'The unit of the volume; null where there is no service.',
  })
  unit!: string | null;
  @Field(() => AnomalyDecision, {
    nullable: true,
    description: 'Why it is charged as it is; null while nobody decided.',
  })
  decision!: AnomalyDecision | null;
}

@ObjectType({ description: 'A page of anomalies.' })
export class AnomalyPage {
  @Field(() => [Anomaly], { description: 'This page.' }) items!: Anomaly[];
  @Field(() => Int, { description: 'How many there are in all.' }) total!: number;
}

@ObjectType({
  description:
    'One computation of a month: built beside the ledger, reviewed, then joined to it in one step.',
})
export class Closing {
  organizationId!: string;

  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => MonthScalar, { description: 'The month being closed.' }) month!: Month;
  @Field(() => Int, { description: 'Which computation of this month it is, from 1.' }) revision!: number;
  @Field(() => ClosingStateEnum, { description: 'How far it has come.' }) state!: ClosingState;
  @Field({ description: 'When it was started.' }) startedAt!: Date;
  @Field(() => Int, { description: 'Houses in all.' }) houses!: number;
  @Field(() => Int, { description: 'Houses computed.' }) done!: number;
  @Field(() => Int, { description: 'Houses that could not be computed.' }) failed!: number;
  @Field(() => Int, { description: 'Accounts computed so far.' }) accounts!: number;
  @Field(() => Int, { description: 'Statement lines computed so far.' }) lines!: number;
  @Field(() => MoneyScalar, { description: 'Balances brought forward.' }) opening!: Money;
  @Field(() => MoneyScalar, { description: 'Charged.' }) charged!: Money;
  @Field(() => MoneyScalar, { description: 'Paid in the month.' }) paid!: Money;
  @Field(() => MoneyScalar, { description: 'Balances carried on.' }) closing!: Money;
  @Field(() => String, {
    nullable: true,
    description: 'Fingerprint of what was computed: a commit names the one it was shown.',
  })
  digest!: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Why the computation failed: a code, here and there with a number. HOUSES_FAILED n (and after a colon the first ' +
      'reasons, as `HouseCell.failure` has them), NOTHING_COMPUTED, LINES_DISAGREE, OPENINGS_DISAGREE, PAYMENTS_DISAGREE, ' +
      'ORPHANS n.',
  })
  failure!: string | null;
}

@ObjectType({ description: 'A month of an organisation.' })
export class Period {
  organizationId!: string;
  closingId!: string | null;

  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field(() => PeriodStateEnum, {
    description: 'Whether it takes money, is being closed, or stays as it is.',
  })
  state!: PeriodState;
  @Field(() => Date, { nullable: true, description: 'When it was closed.' }) closedAt!: Date | null;
  @Field(() => MoneyScalar, { nullable: true, description: 'Charged; null until the month is closed.' })
  charged!: Money | null;
  @Field(() => Int, { nullable: true, description: 'Accounts charged; null until the month is closed.' })
  accounts!: number | null;
  @Field(() => [Reopened], {
    description: 'How often it was opened again after it had been closed, the latest first.',
  })
  reopenings!: Reopened[];
}

@ObjectType({ description: 'A house or an account whose inputs are broken or missing.' })
export class FindingItem {
  @Field(() => ID, { description: 'The house.' }) houseId!: string;
  @Field(() => ID, { nullable: true, description: 'The account; null where it concerns the house.' })
  accountId!: string | null;
  @Field(() => String, { nullable: true, description: "The account's number." }) number!: string | null;
  @Field({ description: 'Where it is.' }) address!: string;
  @Field(() => [RefusalParam], { description: 'What it is about: values for the sentence.' })
  params!: RefusalParam[];
}

@ObjectType({ description: "What of a month's inputs is broken or missing." })
export class Finding {
  @Field(() => FindingCodeEnum, { description: 'What.' }) code!: FindingCode;
  @Field(() => Int, { description: 'How many times in all.' }) total!: number;
  @Field(() => [FindingItem], { description: 'Where: the first fifty by address.' }) items!: FindingItem[];
}

@ObjectType({ description: 'What a month needs before it is closed.' })
export class ClosingChecklist {
  organizationId!: string;

  @Field(() => MonthScalar, { description: 'The month.' }) month!: Month;
  @Field({ description: 'Whether nothing stands in the way.' }) mayStart!: boolean;
  @Field(() => [RefusalView], { description: 'What stands in the way.' }) refusals!: RefusalView[];
  @Field(() => Int, { description: 'Houses.' }) houses!: number;
  @Field(() => Int, { description: 'Accounts open in the month.' }) accounts!: number;
  @Field(() => Int, { description: "Registers of accounts' working meters." }) registers!: number;
  @Field(() => Int, { description: 'How many of those registers have a reading for the month.' })
  readings!: number;
  @Field(() => [String], {
    description: 'Services that somebody takes and that have no tariff for the whole month.',
  })
  missingTariffs!: string[];
  @Field(() => [String], {
    description: 'Houses with a meter of their own that has no reading for the month.',
  })
  housesWithoutReading!: string[];
}

@ObjectType({ description: 'A page of what is held.' })
export class HeldPage {
  @Field(() => [HeldCharge], { description: 'This page.' }) items!: HeldCharge[];
  @Field(() => Int, { description: 'How many there are in all.' }) total!: number;
}

@ObjectType({ description: 'A closed month that was opened again.' })
export class Reopened {
  @Field({ description: 'Why, in the words of who did it.' }) reason!: string;
  @Field({ description: 'Who did it: the sign-in name.' }) by!: string;
  @Field({ description: 'When.' }) at!: Date;
}

@ObjectType({ description: 'When people are asked about a charge before a month is closed.' })
export class ClosingBound {
  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'The charge of a line above which somebody is asked; null where nobody is.',
  })
  bound!: Money | null;
}

@ObjectType({ description: 'A line about which the independent evaluator does not agree with the engine.' })
export class OpinionDifference {
  @Field(() => ID, { description: 'The account.' }) accountId!: string;
  @Field({ description: "The account's number." }) number!: string;
  @Field({ description: 'The service.' }) service!: string;
  @Field({ description: 'The column of the line that differs; LINE where only one of the two knows it.' })
  column!: string;
}

@ObjectType('SecondOpinion', {
  description: 'What the independent evaluator found when it computed a sample of the closing again.',
})
export class SecondOpinionView {
  @Field(() => Int, { description: 'Houses computed again.' }) houses!: number;
  @Field(() => Int, { description: 'Lines compared.' }) lines!: number;
  @Field({ description: 'When.' }) at!: Date;
  @Field(() => [OpinionDifference], {
    description: 'Where it differs: then nothing of the closing is published.',
  })
  differences!: OpinionDifference[];
}

export const ClosingResult = resultOf('ClosingResult', Closing);
export const ClosingBoundResult = resultOf('ClosingBoundResult', ClosingBound);
export const PeriodResult = resultOf('PeriodResult', Period);
