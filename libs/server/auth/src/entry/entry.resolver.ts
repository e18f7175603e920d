import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { DONE, Done, For } from '@kvartal/platform';
import { localeOf } from '@kvartal/words';
import { CurrentVisitor, type Visitor } from '../viewers/arrival';
import { Captchas } from './captchas';
import { EntryGuard } from './entry-guard';
import {
  Captcha,
  CaptchaArgs,
  ConfirmRegistrationResult,
  RecoveryArgs,
  RegisterInput,
  RegisterResult,
  type RegistrationConfirmed,
  type RegistrationStarted,
  RequestRecoveryResult,
  ResetPasswordInput,
  ResetPasswordResult,
} from './entry.types';
import { RecoveryService } from './recovery.service';
import { RegistrationService } from './registration.service';

/** What somebody may ask for who has no way in yet, or has lost it. */
@For('anyone')
@Resolver()
export class EntryResolver {
  constructor(
    private readonly captchas: Captchas,
    private readonly guard: EntryGuard,
    private readonly registration: RegistrationService,
    private readonly recovery: RecoveryService,
  ) {}

  @Mutation(() => Captcha, { description: 'anyone. A new picture with a code, or a sum in words.' })
  async newCaptcha(
    @CurrentVisitor() visitor: Visitor,
    @Args() { inWords, locale }: CaptchaArgs,
  ): Promise<Captcha> {
    await this.guard.admitPicture(visitor);
    return inWords ? this.captchas.ask(localeOf(locale ?? visitor.portal.locale)) : this.captchas.draw();
  }

  @Mutation(() => RegisterResult, {
    description:
      'anyone. Begins a registration; a letter with a link goes out that can be used for 48 hours.',
  })
  register(
    @CurrentVisitor() visitor: Visitor,
    @Args('input', { description: 'Who registers.' }) input: RegisterInput,
  ): Promise<RegistrationStarted> {
    return this.registration.register(visitor, input);
  }

  @Mutation(() => ConfirmRegistrationResult, {
    description: 'anyone. Confirms the address by the link of the letter, once.',
  })
  confirmRegistration(
    @CurrentVisitor() visitor: Visitor,
    @Args('token', { description: 'From the link.' }) token: string,
  ): Promise<RegistrationConfirmed> {
    return this.registration.confirm(visitor, token);
  }

  @Mutation(() => Done, { description: 'anyone. Sends the letter again, where a registration waits for it.' })
  async resendConfirmation(
    @CurrentVisitor() visitor: Visitor,
    @Args('login', { description: 'The login that was registered, or the e-mail.' }) login: string,
  ): Promise<Done> {
    await this.registration.resend(visitor, login);
    return DONE;
  }

  @Mutation(() => RequestRecoveryResult, {
    description:
      'anyone. Sends a letter with a link to set a new password; the answer does not tell whether there is such a person.',
  })
  async requestRecovery(@CurrentVisitor() visitor: Visitor, @Args() args: RecoveryArgs): Promise<Done> {
    await this.guard.admitRecovery(visitor, args.loginOrEmail, args.captcha);
    await this.recovery.request(visitor, args);
    return DONE;
  }

  @Mutation(() => ResetPasswordResult, {
    description: 'anyone. Sets a new password by the link of the letter, once, and ends all sessions.',
  })
  async resetPassword(
    @CurrentVisitor() visitor: Visitor,
    @Args('input', { description: 'The link and the password.' }) input: ResetPasswordInput,
  ): Promise<Done> {
    await this.guard.admitLink(visitor);
    await this.recovery.reset(visitor, input);
    return DONE;
  }
}
