import { Field, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Money, Month, Quantity } from '@kvartal/domain';
import { CivilDateScalar, MoneyScalar, MonthScalar, QuantityScalar } from '@kvartal/platform';
import { Bill } from '../bills/bills.types';
import { AccountService } from '../statements/services.types';

@ObjectType({ description: 'What was true of an account and its premises on a day.' })
export class PastFacts {
  @Field(() => QuantityScalar, { nullable: true, description: 'Total area, m².' })
  totalArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Living area, m².' })
  livingArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Heated area, m².' })
  heatedArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Residents that charges by person count.' })
  residents!: Quantity | null;
}

@ObjectType({
  description:
    'An account as it stood at the end of a day, by what was known then: later corrections are not in it.',
})
export class AccountAsOf {
  @Field(() => CivilDateScalar, { description: 'The day.' }) on!: CivilDate;
  @Field(() => MoneyScalar, {
    description:
      'What was owed by the books of that day: the last month closed by then, and what had moved since.',
  })
  balance!: Money;
  @Field(() => MonthScalar, { nullable: true, description: 'The last month that was closed by then.' })
  month!: Month | null;
  @Field(() => Bill, { nullable: true, description: 'The bill of that month, where it was issued by then.' })
  bill!: Bill | null;
  @Field(() => CivilDateScalar, {
    nullable: true,
    description: 'The last day of the account, as it was known then; null while none was.',
  })
  closedOn!: CivilDate | null;
  /** Whose it was; only staff are told. */
  holder!: string;
  @Field(() => PastFacts, { description: 'What was true on the day, as it was known then.' })
  facts!: PastFacts;
  @Field(() => PastFacts, {
    description: 'What was true on the day, as it is known now: later corrections are in it.',
  })
  factsNow!: PastFacts;
  @Field(() => [AccountService], { description: 'Services of the day with the prices that were known then.' })
  services!: AccountService[];
}
