import { ArgsType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Done, resultOf } from '@kvartal/platform';
import { ViewerAnswer } from '../people/viewer.types';

/** Beyond it nothing is read at all; the rules of the portal are stricter and say so in words. */
const SANE = 1000;

@ObjectType({
  description: 'A picture with a code, or a sum in words, to answer; good for ten minutes and one try.',
})
export class Captcha {
  @Field(() => ID, { description: 'To name with the answer.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'The picture, SVG; null where a sum is asked.' })
  svg!: string | null;
  @Field(() => String, { nullable: true, description: 'The sum in words; null where there is a picture.' })
  question!: string | null;
}

@ArgsType()
export class CaptchaArgs {
  @Field({
    defaultValue: false,
    description: 'To be asked a sum in words: for whoever cannot see a picture.',
  })
  @IsBoolean()
  inWords!: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'The language of the words: ru, kk or en; the portal’s otherwise.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  locale?: string;
}

@InputType({ description: 'The code on a picture, or the result of a sum.' })
export class CaptchaAnswerInput {
  @Field(() => ID, { description: 'Of which picture or sum.' }) @IsString() @MaxLength(64) id!: string;
  @Field({ description: 'The code, case does not matter; or the number.' })
  @IsString()
  @MaxLength(64)
  text!: string;
}

@InputType({ description: 'A registration.' })
export class RegisterInput {
  @Field({ description: 'By the portal’s rule.' }) @IsString() @MaxLength(SANE) login!: string;
  @Field({ description: 'Where the link to confirm goes.' }) @IsString() @MaxLength(SANE) email!: string;
  @Field({ description: 'By the portal’s rule.' }) @IsString() @MaxLength(SANE) password!: string;
  @Field({ description: 'The same, against slips.' }) @IsString() @MaxLength(SANE) passwordAgain!: string;
  @Field(() => CaptchaAnswerInput, { nullable: true, description: 'Where the portal wants it.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CaptchaAnswerInput)
  captcha?: CaptchaAnswerInput;
  @Field({ description: 'The agreement was read and accepted.' }) @IsBoolean() agreement!: boolean;
  @Field({ description: 'The consent to the processing of personal data was read and given.' })
  @IsBoolean()
  consent!: boolean;
}

@ObjectType({ description: 'A letter with a link is on its way, if the address is free.' })
export class RegistrationStarted {
  @Field({ description: 'Where the letter went.' }) email!: string;
  @Field({ description: 'Until when the link can be used.' }) expiresAt!: Date;
}

@ObjectType({ description: 'The address is confirmed: one may sign in.' })
export class RegistrationConfirmed {
  @Field({ description: 'The login to sign in with.' }) login!: string;
}

@InputType({ description: 'A sign-in.' })
export class SignInInput {
  @Field({ description: 'The login, or the e-mail.' }) @IsString() @MaxLength(SANE) login!: string;
  @Field({ description: 'The password.' }) @IsString() @MaxLength(SANE) password!: string;
  @Field({ description: 'To stay signed in for 30 days.' }) @IsBoolean() remember!: boolean;
  @Field(() => CaptchaAnswerInput, { nullable: true, description: 'After three failures.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CaptchaAnswerInput)
  captcha?: CaptchaAnswerInput;
}

@ObjectType({ description: 'Signed in: the session is in a cookie.' })
export class SignedIn {
  @Field(() => ViewerAnswer, { description: 'Who.' }) viewer!: ViewerAnswer;
}

@ArgsType()
export class RecoveryArgs {
  @Field({ description: 'The login, or the e-mail.' }) @IsString() @MaxLength(SANE) loginOrEmail!: string;
  @Field(() => CaptchaAnswerInput, { nullable: true, description: 'After three tries.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CaptchaAnswerInput)
  captcha?: CaptchaAnswerInput;
}

@InputType({ description: 'A new password, by a link from a letter.' })
export class ResetPasswordInput {
  @Field({ description: 'From the link.' }) @IsString() @MaxLength(SANE) token!: string;
  @Field({ description: 'By the portal’s rule.' }) @IsString() @MaxLength(SANE) password!: string;
  @Field({ description: 'The same, against slips.' }) @IsString() @MaxLength(SANE) passwordAgain!: string;
}

export const RegisterResult = resultOf('RegisterResult', RegistrationStarted);
export const ConfirmRegistrationResult = resultOf('ConfirmRegistrationResult', RegistrationConfirmed);
export const SignInResult = resultOf('SignInResult', SignedIn);
export const RequestRecoveryResult = resultOf('RequestRecoveryResult', Done);
export const ResetPasswordResult = resultOf('ResetPasswordResult', Done);
