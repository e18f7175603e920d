import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { form, FormField, validate } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { Api, isRefused, loaded } from '@kvartal/api-client';
import { Dialog, ErrorSummary, Field, FieldInput, Icon, Skeleton } from '@kvartal/ui';
import { LegalTextsDocument } from '../../generated/graphql';
import { PasswordBox } from '../forms/password-box';
import { type Outcome, Sending } from '../forms/sending';
import { FailureView } from '../shell/failure-view';
import { Start } from '../start';
import { named } from '../texts/named';
import { Say } from '../texts/say';
import { CaptchaBox } from './captcha-box';
import { Entry, type Started } from './entry';
import { loginProblem, looksLikeEmail, needed, newPassword, ticked } from './entry-rules';

const EMPTY = {
  email: '',
  login: '',
  password: '',
  passwordAgain: '',
  captcha: '',
  agreement: false,
  consent: false,
};

/** Registration: who will sign in, and the two texts that are agreed to apart from one another. */
@Component({
  selector: 'kv-register',
  imports: [
    RouterLink,
    FormField,
    Dialog,
    ErrorSummary,
    Field,
    FieldInput,
    Icon,
    Skeleton,
    PasswordBox,
    CaptchaBox,
    FailureView,
  ],
  templateUrl: './register.html',
  styleUrl: './entry.scss',
})
export class Register {
  private readonly api = inject(Api);
  private readonly entry = inject(Entry);
  private readonly router = inject(Router);
  private readonly start = inject(Start);
  protected readonly say = inject(Say);

  protected readonly portal = computed(() => this.start.portal());
  protected readonly texts = loaded(
    () => true,
    (_, signal) => this.api.query(LegalTextsDocument, {}, signal),
  );
  protected readonly reading = signal<'agreement' | 'consent' | undefined>(undefined);
  protected readonly ticks = ['agreement', 'consent'] as const;
  private readonly captcha = viewChild(CaptchaBox);
  /** The portal wants it always, or the API asked for it: many registrations came from one address. */
  private readonly captchaAsked = signal(false);
  protected readonly needsCaptcha = computed(
    () => this.captchaAsked() || this.portal()?.captchaOnRegistration === true,
  );
  private started: Started | undefined;

  protected readonly form = form(signal(EMPTY), (path) => {
    needed(path.email, () => this.say.text('entry.needEmail'));
    validate(path.email, ({ value }) =>
      !value() || looksLikeEmail(value())
        ? undefined
        : { kind: 'EMAIL_FORM', message: this.say.refusal('EMAIL_FORM', []) },
    );
    needed(path.login, () => this.say.text('entry.needLogin'));
    validate(path.login, ({ value }) => {
      const problem = value() ? loginProblem(value(), this.portal()?.loginRule.maxLength ?? 30) : undefined;
      return (
        problem && { kind: 'REG_LOGIN_FORM', message: this.say.refusal('REG_LOGIN_FORM', named(problem)) }
      );
    });
    newPassword(
      { password: path.password, again: path.passwordAgain },
      () => this.portal()?.passwordRule,
      this.say,
    );
    validate(path.captcha, ({ value }) =>
      value().trim() || !this.needsCaptcha()
        ? undefined
        : { kind: 'REQUIRED', message: this.say.text('entry.needCaptcha') },
    );
    ticked(path.agreement, 'AGREEMENT_REQUIRED', this.say);
    ticked(path.consent, 'CONSENT_REQUIRED', this.say);
  });
  protected readonly sending = new Sending(this.form, () => this.ask());

  protected async send(event?: Event): Promise<void> {
    event?.preventDefault();
    if (!(await this.sending.send()) || !this.started) return;
    const { email, expiresAt } = this.started;
    const login = this.form.login().value().trim();
    await this.router.navigate(['/register/sent'], { state: { email, expiresAt, login } });
  }

  private async ask(): Promise<Outcome> {
    const { login, email, password, passwordAgain, agreement, consent } = this.form().value();
    const captcha = this.captcha()?.answer();
    const input = {
      login: login.trim(),
      email: email.trim(),
      password,
      passwordAgain,
      agreement,
      consent,
      captcha,
    };
    const result = await this.entry.register(input);
    if (!isRefused(result)) {
      this.started = result;
      return undefined;
    }
    const isWrong = result.refusals.some(({ code }) => code === 'CAPTCHA_WRONG');
    if (isWrong) this.captchaAsked.set(true);
    void this.captcha()?.renew(isWrong);
    return result.refusals;
  }
}
