import { inject, Service } from '@angular/core';
import { Api, isRefused, Session } from '@kvartal/api-client';
import {
  ConfirmRegistrationDocument,
  NewCaptchaDocument,
  type NewCaptchaMutation,
  type NewCaptchaMutationVariables,
  RegisterDocument,
  type RegisterInput,
  type RegisterMutation,
  RequestRecoveryDocument,
  type RequestRecoveryMutationVariables,
  ResendConfirmationDocument,
  ResetPasswordDocument,
  type ResetPasswordInput,
  SignInDocument,
  type SignInInput,
} from '../../generated/graphql';
import type { Outcome } from '../forms/sending';

export type Captcha = NewCaptchaMutation['newCaptcha'];
export type Started = Extract<RegisterMutation['register'], { __typename: 'RegistrationStarted' }>;

/** The ways in: signing in, registering, getting back in. */
@Service()
export class Entry {
  private readonly api = inject(Api);
  private readonly session = inject(Session);

  async signIn(input: SignInInput): Promise<Outcome> {
    const { signIn: result } = await this.api.mutate(SignInDocument, { input });
    if (isRefused(result)) return result.refusals;
    this.session.begin(result.viewer);
    return undefined;
  }

  async register(input: RegisterInput): Promise<RegisterMutation['register']> {
    return (await this.api.mutate(RegisterDocument, { input })).register;
  }

  /** The login that may sign in from now on, or why not. */
  async confirm(token: string) {
    return (await this.api.mutate(ConfirmRegistrationDocument, { token })).confirmRegistration;
  }

  async resend(login: string): Promise<void> {
    await this.api.mutate(ResendConfirmationDocument, { login });
  }

  async recover(variables: RequestRecoveryMutationVariables): Promise<Outcome> {
    const { requestRecovery: result } = await this.api.mutate(RequestRecoveryDocument, variables);
    return isRefused(result) ? result.refusals : undefined;
  }

  async reset(input: ResetPasswordInput): Promise<Outcome> {
    const { resetPassword: result } = await this.api.mutate(ResetPasswordDocument, { input });
    return isRefused(result) ? result.refusals : undefined;
  }

  /** A picture with a code, or a sum in words for whoever cannot see it. */
  async captcha(variables: NewCaptchaMutationVariables): Promise<Captcha> {
    return (await this.api.mutate(NewCaptchaDocument, variables)).newCaptcha;
  }
}
