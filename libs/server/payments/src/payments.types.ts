import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { CurrencyEnum, type Currency } from '@kvartal/accounts';
import type { CivilDate, Money, Month } from '@kvartal/domain';
import { CivilDateScalar, MoneyScalar, MonthScalar, resultOf } from '@kvartal/platform';
import { PaymentStateEnum, type PaymentState } from './payment.states';

@ObjectType({ description: 'Money that came, or is on its way.' })
export class Payment {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Our number of the order at the provider: the key of the return page.' })
  orderNumber!: string;
  @Field({ description: 'Number of the account it is for.' }) accountNumber!: string;
  @Field(() => MoneyScalar, { description: 'How much.' }) amount!: Money;
  @Field(() => CurrencyEnum, { description: 'In which currency.' }) currency!: Currency;
  @Field(() => PaymentStateEnum, { description: 'Where it stands.' }) state!: PaymentState;
  @Field({ description: 'When it was begun.' }) createdAt!: Date;
  @Field(() => CivilDateScalar, { nullable: true, description: 'The payer’s day: it stops a penalty.' })
  valueDate!: CivilDate | null;
  @Field(() => Date, { nullable: true, description: 'When it moved the balance.' }) postedAt!: Date | null;
  @Field({ description: 'Where it was paid: a bank, a cash desk, this site.' }) place!: string;
  @Field(() => String, { nullable: true, description: 'The provider’s words for a refusal.' }) failure!:
    string | null;
  @Field(() => String, { nullable: true, description: 'Why staff took it back; null where they did not.' })
  reversalReason!: string | null;
  @Field(() => MonthScalar, {
    nullable: true,
    description: 'The month whose «paid» it stands in: the one that was open when it moved the balance.',
  })
  month!: Month | null;
  @Field(() => MonthScalar, {
    nullable: true,
    description: 'The month that the payer named; null where none was: then the oldest debts are paid.',
  })
  forMonth!: Month | null;
}

@ObjectType({ description: 'A page of payments, newest first.' })
export class PaymentPage {
  @Field(() => [Payment], { description: 'The payments.' }) items!: Payment[];
  @Field(() => Int, { description: 'How many there are in all.' }) total!: number;
  @Field(() => MoneyScalar, { description: 'Sum of all that succeeded, not of this page only.' }) sum!: Money;
}

@InputType({ description: 'What is to be paid.' })
export class StartPaymentInput {
  @Field(() => ID, { description: 'Whose books the account is in.' }) organizationId!: string;
  @Field(() => ID, { description: 'The account.' }) accountId!: string;
  @Field(() => MoneyScalar, { description: 'From 1.00 to the organisation’s limit.' }) amount!: Money;
  @Field(() => String, {
    nullable: true,
    description: 'Where the receipt goes; the payer’s own address when left out.',
  })
  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;
  @Field(() => MonthScalar, {
    nullable: true,
    description:
      'The month that it is for: its debt is paid first, then the oldest. From the first month of the books to the open one; the oldest debts when left out.',
  })
  forMonth?: Month | null;
  @Field({ description: 'One key is one order: repeating it gives the same answer.' })
  @Length(1, 64)
  idempotencyKey!: string;
}

@ObjectType({ description: 'An order at the bank: the person pays on the bank’s own page.' })
export class PaymentStarted {
  @Field({ description: 'Our number of the order.' }) orderNumber!: string;
  @Field({ description: 'The bank’s page.' }) redirectUrl!: string;
}

@InputType({ description: 'A payment that is to be taken back.' })
export class ReversePaymentInput {
  @Field(() => ID, { description: 'Whose books.' }) @IsString() @MaxLength(20) organizationId!: string;
  @Field(() => ID, { description: 'The payment.' }) @IsString() @MaxLength(20) paymentId!: string;
  @Field({ description: 'Why, 3 to 500 symbols; the payer reads it.' }) @IsString() reason!: string;
  @Field({ description: 'A new one for each reversal; the same again has no second effect.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

export const ReversePaymentResult = resultOf('ReversePaymentResult', Payment);
export const StartPaymentResult = resultOf('StartPaymentResult', PaymentStarted);
